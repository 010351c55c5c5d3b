import type { Stage } from './stage';
import { placeOf, tableRows } from './tables';

/**
 * What two worlds with the same history of amoCRM must have in common, however their runs were interrupted. Left out
 * here, and nowhere else, is what may differ; the cells left out are judged by the oracle all the same, but for those
 * marked (*).
 */
export const EXEMPT: Readonly<Record<string, readonly string[]>> = {
  // The slowest of the pings that could be taken.
  report: ['peakMs', 'peakTime'],
  // requests (*): what it took. note (*): remarks about failed pings and about our own interruptions.
  days: [
    'pings',
    'pingsFailed',
    'medianMs',
    'p95Ms',
    'p99Ms',
    'peakMs',
    'peakTime',
    'slowestHour',
    'requests',
    'ownRequests',
    'ownShare',
    'note',
  ],
  hours: [],
  processes: [],
  // What was seen before a kill may be forgotten, as long as it is counted as such.
  loops: ['count', 'missed', 'first'],
};

const DETAILS = ['hours', 'processes', 'loops', 'latency'];

/** Our sheets with their headers and, for those that are a function of the day, their cells. */
export function picture({ world }: Stage): Record<string, unknown> {
  const { workbook } = world;
  const seen: Record<string, unknown> = {
    triggers: world.triggers.map(({ handler, schedule }) => `${handler} ${schedule}`).sort(),
  };
  for (const key of [...DETAILS, 'report', 'days', 'pings', 'pingsArchive', 'log', 'settings']) {
    const place = placeOf(workbook, key);
    if (!place) continue;
    const { columns, sheet } = place;
    const shown = [...columns].filter(([name]) => !EXEMPT[key]?.includes(name));
    seen[`${key}: title`] = sheet.title;
    seen[`${key}: header`] = [...columns].map(([name, at]) => `${name}@${at} ${sheet.value(1, at)}`);
    seen[`${key}: hidden columns`] = [...sheet.hiddenColumns.keys()];
    if (key === 'settings') {
      seen[`${key}: rows`] = workbook.display(sheet).slice(1);
    } else if (key in EXEMPT) {
      seen[`${key}: rows`] = tableRows(workbook, key)!.map(({ row }) =>
        shown.map(([name, at]) => [name, sheet.value(row, at), sheet.cell(row, at)?.format]),
      );
    }
  }
  return seen;
}

/** What differs, in a sentence each. */
export function differences(found: Record<string, unknown>, wanted: Record<string, unknown>): string[] {
  const names = new Set([...Object.keys(found), ...Object.keys(wanted)]);
  return [...names].flatMap(name => {
    const [here, there] = [JSON.stringify(found[name]), JSON.stringify(wanted[name])];
    return here === there ? [] : [`differs from the unbroken run in ${name}: ${here} instead of ${there}`];
  });
}
