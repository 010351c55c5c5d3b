import type { Row } from '../core/cell';
import { dayOf, shiftDay } from '../core/day';
import type { Ping } from '../core/ping';
import { pingOfRow } from '../core/report';
import type { ColumnOf } from '../core/tables';
import { ensureSheets } from './ensureSheets';
import type { Run } from './run';

/** So many rows are left over before a roll-over is worth its calls. */
const FEWEST_ROWS = 24;

/**
 * Moves old pings from the Pings sheet to the archive sheet, so that the sheet people work with stays quick. They are
 * deleted only when the archive has been read back with them in it; a ping is known by its time, so a run that ends
 * in between leaves nothing doubled for the next one.
 */
export function archivePings(run: Run): void {
  const { outside, progress, settings, startedAt, texts, zone } = run;
  const { workbook } = outside;
  if (!workbook.has('pings')) return;
  const oldest = shiftDay(dayOf(startedAt, zone), -settings.keepPingsDays);
  const isOldPing = (ping: Ping | undefined) => ping !== undefined && dayOf(ping.at * 1000, zone) < oldest;
  const isOld = (row: Row<ColumnOf<'pings'>>) => isOldPing(pingOfRow(row));
  // What this run has read of them when it made the report tells on most nights that there is nothing to do.
  if (progress.pingsInSheet && progress.pingsInSheet.filter(isOldPing).length < FEWEST_ROWS) return;
  const old = workbook.table('pings', texts).read().filter(isOld);
  if (old.length < FEWEST_ROWS) return;

  run.findings.push(...ensureSheets(outside, run));
  workbook.ensureTable('pingsArchive', texts);
  const archive = workbook.table('pingsArchive', texts);
  const entries = () => new Set(archive.read().map(({ entry }) => String(entry)));
  const present = entries();
  archive.append(old.filter(({ entry }) => !present.has(String(entry))));
  workbook.flush();
  const safe = entries();
  const moved = new Set(old.map(({ entry }) => String(entry)).filter(entry => safe.has(entry)));
  workbook.table('pings', texts).replace({
    belongs: ({ entry }) => moved.has(String(entry)),
    rows: [],
    follows: () => false,
  });
  workbook.flush();
  run.findings.push({ level: 'INFO', what: texts.report.archived(moved.size, texts.sheets.pingsArchive) });
}
