import { resolve } from 'node:path';

import { waitingRows } from '../../src/core/waitingRows';
import { inProcessNetwork } from '../emulator/inProcess';
import type { Outcome } from '../emulator/outcome';
import { World } from '../emulator/world';
import { instantOfShifted } from '../emulator/zone';
import { locateColumns } from '../local/columns';
import { type Rehearsal, type RehearsalOptions, rehearse } from '../local/rehearsal';
import { believableDay } from '../simulator/generator';
import type { OracleReport } from '../simulator/oracle';
import { Simulator, type SimulatorOptions } from '../simulator/simulator';
import type { NewEvent } from '../simulator/state';
import { shiftDate } from '../simulator/wallClock';

export const BUNDLE = resolve(__dirname, '../../dist');
export const DAY = '2026-11-18';

/** A company with some hundred events on a day and its neighbours, so that borders matter. */
export function company(options: SimulatorOptions & { date?: string; perDay?: number } = {}): Simulator {
  const { date = DAY, perDay = 430, timeZone = 'Europe/Moscow', ...rest } = options;
  const days = [-1, 0, 1].map(offset =>
    believableDay({ date: shiftDate(date, offset), timeZone, seed: 'bundle', events: perDay }),
  );
  return new Simulator({
    users: days[1]!.users,
    customFields: days[1]!.customFields,
    pipelines: days[1]!.pipelines,
    events: days.flatMap(day => day.events),
    timeZone,
    ...rest,
  });
}

/** From the empty spreadsheet to the report, with the bundle that would be pushed to Google. */
export function tryOut(simulator: Simulator, options: Partial<RehearsalOptions> = {}): Rehearsal {
  return rehearse({
    bundleDir: BUNDLE,
    network: inProcessNetwork(simulator),
    address: simulator.host,
    token: simulator.token,
    settings: [],
    locale: 'ru_RU',
    sheetZone: 'Europe/Moscow',
    firstDay: DAY,
    days: 1,
    pings: 2,
    again: false,
    ...options,
  });
}

/** An emulated account without anything done in it yet. */
export function newWorld(
  simulator: Simulator,
  options: Partial<ConstructorParameters<typeof World>[0]> = {},
): World {
  return new World({
    bundleDir: BUNDLE,
    now: Date.parse(`${DAY}T05:00:00Z`),
    network: inProcessNetwork(simulator),
    ...options,
  });
}

/** A table as the user sees it, without the header. */
export function shown(world: World, key: string): string[][] {
  return world.workbook.display(locateColumns(world.workbook, key).sheet).slice(1);
}

/** A column of a table, as the cells hold it. */
export function column(world: World, key: string, name: string): unknown[] {
  const { sheet, columns } = locateColumns(world.workbook, key);
  return Array.from(
    { length: sheet.lastRow - 1 },
    (_, row) => sheet.cell(row + 2, columns.get(name)!)?.value ?? '',
  );
}

/** Rows of the log that wait for a run that writes to the sheet anyway: what each says. */
export function waitingForLog(world: World): string[] {
  return waitingRows(Object.fromEntries(world.properties().entries())['logWaits']).map(({ what }) =>
    String(what),
  );
}

/** The first three columns of the report that the oracle's answer makes in Russian. */
export function expectedRows(
  { date, top }: OracleReport,
  names: (type: string) => string,
): [string, string, string][] {
  const day = date.split('-').reverse().join('.');
  if (top.length === 0) return [[day, 'Нет событий', '0']];
  return top.map(([type, count]) => [day, names(type), String(count)]);
}

/** Every text that a person or a file could get to see, for the search for secrets. */
export function everythingVisible(world: World, outcomes: readonly Outcome[] = []): string {
  const { workbook, mail, menus } = world;
  const cells = workbook.sheets.flatMap(sheet =>
    Array.from({ length: sheet.lastRow }, (_, row) =>
      Array.from({ length: sheet.lastColumn }, (_, at) => {
        const cell = sheet.cell(row + 1, at + 1);
        return cell ? [cell.value, cell.note ?? ''] : [];
      }),
    ),
  );
  const runs = outcomes.map(({ console, dialogs, error, toasts }) => ({ console, dialogs, error, toasts }));
  return JSON.stringify([cells, mail, menus, workbook.metadata.all(), runs]);
}

export function event(at: string, type: string, createdBy: NewEvent['createdBy'] = 0): NewEvent {
  return { at: Date.parse(at), type, createdBy };
}

/** The instant at which a zone's clocks show this. */
export function wall(day: string, time: string, zone: string): number {
  return instantOfShifted(Date.parse(`${day}T${time}Z`), zone);
}

export { shiftDate as shift };
