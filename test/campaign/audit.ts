import { MAX_VALUE_BYTES } from '../emulator/stores';
import { type Manners, politeness } from '../simulator/politeness';
import { leaks } from './secrets';
import type { Stage } from './stage';
import { type Expected, judgeWorkbook } from './workbookOracle';

export interface AuditOptions extends Expected {
  /** Which triggers must stand, each once. Default: the two jobs'. */
  triggers?: readonly string[];
  /** Undefined: politeness is not looked at. */
  manners?: Manners;
}

const JOBS = ['dailyReport', 'hourlyPing'];

/** Everything that must be so when the dust has settled. One sentence for each thing that is not; none is right. */
export function audit(stage: Stage, options: AuditOptions): string[] {
  const { manners, triggers = JOBS } = options;
  return [
    ...judgeWorkbook(stage, options),
    ...scheduleProblems(stage, triggers),
    ...heldLeases(stage),
    ...largeProperties(stage),
    ...uncaught(stage),
    ...formulas(stage),
    ...leaks(stage, [stage.simulator.token]),
    ...(manners ? politeness(stage.simulator.ledger, manners).map(what => `impolite: ${what}`) : []),
    ...stage.simulator.ledger.violations.map(what => `careless: ${what}`),
  ];
}

function scheduleProblems({ world }: Stage, wanted: readonly string[]): string[] {
  const found = world.triggers.map(({ disabled, handler, plan, spent }) => {
    const state = disabled ? ' (disabled)' : spent ? ' (spent)' : '';
    return `${handler}${plan.kind === 'once' ? ' once' : ''}${state}`;
  });
  return found.sort().join() === [...wanted].sort().join()
    ? []
    : [`triggers: ${found.join(', ') || '(none)'} instead of ${wanted.join(', ') || '(none)'}`];
}

/** Leases are gone or over. */
function heldLeases({ world }: Stage): string[] {
  return world
    .properties()
    .entries()
    .filter(([key, value]) => key.startsWith('lease') && leaseEnd(value) > world.now())
    .map(([key]) => `property ${key}: still held`);
}

/** No property is above its limit. */
export function largeProperties({ world }: Stage): string[] {
  return world
    .properties()
    .entries()
    .map(([key, value]) => ({ key, bytes: Buffer.byteLength(value) }))
    .filter(({ bytes }) => bytes > MAX_VALUE_BYTES)
    .map(({ key, bytes }) => `property ${key}: ${bytes} bytes`);
}

function leaseEnd(text: string): number {
  try {
    return Number((JSON.parse(text) as { until?: unknown }).until ?? Number.POSITIVE_INFINITY);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** The product tells its failures; an exception that reaches the platform was nobody's doing but its own. */
function uncaught({ performed }: Stage): string[] {
  return performed.flatMap(({ functionName, mishaps, outcome }) => {
    if (!outcome?.error || outcome.killed || mishaps > 0) return [];
    return [`uncaught: ${functionName}: ${outcome.error.message}`];
  });
}

/** No text of the CRM's became a formula; the users' own formulas are marked as theirs. */
function formulas({ world }: Stage): string[] {
  return world.workbook.sheets.flatMap(sheet =>
    sheet.rows.flatMap(row =>
      (row ?? []).flatMap(cell =>
        cell && cell.formula !== '' && !cell.formula.includes('"user-')
          ? [`formula: ${cell.formula} in ${sheet.title}`]
          : [],
      ),
    ),
  );
}
