import { type Day, dayOfSerial } from '../core/day';
import { TEXTS } from '../core/texts';
import type { Run } from './run';

const COMPLETE: readonly unknown[] = Object.values(TEXTS).map(({ complete }) => complete);

/** The days that stand whole in both sheets, Report and Days, whoever changed them since. */
export function reportedDays({ outside: { workbook }, texts }: Pick<Run, 'outside' | 'texts'>): Set<Day> {
  if (!workbook.has('report') || !workbook.has('days')) return new Set();
  const complete = workbook
    .table('days', texts)
    .read()
    .filter(({ completeness }) => COMPLETE.includes(completeness));
  const inReport = new Set(daysIn(workbook.table('report', texts).read()));
  return new Set(daysIn(complete).filter(day => inReport.has(day)));
}

/** The same, read once in a run: what it reports itself is added, what others change the next run finds. */
export function reportedInRun(run: Run): Set<Day> {
  run.progress.reported ??= reportedDays(run);
  return run.progress.reported;
}

function daysIn(rows: readonly { date: unknown }[]): Day[] {
  return rows.flatMap(({ date }) => (typeof date === 'number' ? [dayOfSerial(date)] : []));
}
