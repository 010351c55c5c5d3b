import type { Cell } from '../core/cell';
import { sumOf } from '../core/hourly';
import { processOf } from '../core/process';
import { MOST_RULES, type Rule, rulesIn } from '../core/rules';
import type { Sums } from '../core/sums';
import type { Texts } from '../core/texts';
import { messageOf } from '../core/thrown';
import type { Outside } from '../ports';
import type { Run } from './run';
import type { Snapshot } from './snapshot';

/** The user's rules as they are now. */
export function readRules({ workbook }: Outside): Rule[] {
  return workbook.has('rules') ? rulesIn(workbook.rules().read()).filter(isRule) : [];
}

/** Says beside each rule how many events of the day it matched, and what is wrong with it. */
export function showMatches({ findings, outside, texts }: Run, rules: readonly Rule[], sums: Sums): void {
  const matched = matchesOf(rules, sums);
  try {
    show(outside, texts, rule => {
      // One that the user has written since has matched nothing yet.
      const place = rules.findIndex(known => JSON.stringify(known) === JSON.stringify(rule));
      return matched[place] ?? '';
    });
  } catch (error) {
    // A sheet of rules that is protected must not hold up the report.
    const what = texts.rulesUnavailable(texts.sheets.rules);
    findings.push({ level: 'WARN', what, effect: texts.effect.none, detail: messageOf(error) });
  }
}

/** Says beside each rule what is wrong with it; what it matched stays as it stands. */
export function showRuleProblems(outside: Outside, { texts }: Snapshot): void {
  show(outside, texts, () => undefined);
}

function show({ workbook }: Outside, texts: Texts, matchedBy: (rule: Rule) => Cell | undefined): void {
  workbook.rules().show(rows =>
    rulesIn(rows).map(rule => {
      if (rule === undefined) return { matched: '', problem: '' };
      if (!isRule(rule)) return { matched: '', problem: texts.ruleProblem(rule, MOST_RULES) };
      return { matched: matchedBy(rule), problem: '' };
    }),
  );
}

/** Events of the day by rule. */
export function matchesOf(rules: readonly Rule[], { processes }: Sums): number[] {
  const matched = rules.map(() => 0);
  for (const [key, { hours }] of processes) {
    const process = processOf(key);
    if ('rule' in process && process.rule in matched) matched[process.rule]! += sumOf(hours);
  }
  return matched;
}

function isRule(rule: ReturnType<typeof rulesIn>[number]): rule is Rule {
  return typeof rule === 'object';
}
