import { nameIn } from '../core/directory';
import { machineLike } from '../core/machineLike';
import type { Naming } from '../core/processName';
import type { Sums } from '../core/sums';
import { SUGGESTED } from './propertyNames';
import type { Run } from './run';

/** Tells of users who work like a machine, of each once: what they do may belong to automation. */
export function suggestServiceAccounts(
  { findings, outside, settings, texts }: Run,
  sums: Sums,
  { directory }: Naming,
): void {
  const { properties } = outside;
  const before = idsIn(properties.recall()[SUGGESTED]);
  const found = machineLike(sums.authors, new Set([...settings.serviceAccounts, ...before]));
  if (found.size === 0) return;
  for (const [id, signs] of found) {
    const what = texts.report.machineLike(
      nameIn(directory, 'responsible', String(id)) ?? String(id),
      id,
      signs,
    );
    const todo = texts.report.machineLikeTodo(id);
    findings.push({ level: 'WARN', what, effect: texts.effect.none, todo });
  }
  properties.change({ write: new Map([[SUGGESTED, [...before, ...found.keys()].join(',')]]) });
}

function idsIn(text: string | undefined): number[] {
  return (text ?? '')
    .split(',')
    .filter(part => part !== '')
    .map(Number);
}
