/** One row: the built bundle reports a company's day in virtual time, from the empty spreadsheet to the whole report. */

import { TEXTS } from '../../src/core/texts';
import { person } from '../campaign/person';
import { serialOfDate, tableRows } from '../campaign/tables';
import type { Bundle } from '../emulator/bundle';
import { inProcessNetwork } from '../emulator/inProcess';
import type { Outcome } from '../emulator/outcome';
import { World } from '../emulator/world';
import { instantOfShifted } from '../emulator/zone';
import { typeSetting } from '../local/typeSetting';
import { eventTypes } from '../simulator/eventTypeNames';
import { Simulator } from '../simulator/simulator';
import { shiftDate } from '../simulator/wallClock';
import { boundSeconds, jitterOf, type PlayedRow, pagesOf, type RowFigures, type RowOrder } from './benchRows';
import { type Company, DAY, type ExpectedDay, ZONE } from './company';
import { oneByOne } from './oneByOne';
import { type Nights, reportNights } from './reportNights';

const NEXT_DAY = shiftDate(DAY, 1);
const DEFAULT_PACE = 5;

export function playRow(order: RowOrder, company: Company, bundle: Bundle): PlayedRow {
  const { latencyMs, requestsPerSecond, way } = order;
  const jitter = jitterOf(latencyMs);
  const simulator = new Simulator({
    ...company.options,
    latency: { min: latencyMs - jitter, max: latencyMs + jitter, byHour: [] },
  });
  const network = inProcessNetwork(simulator);
  const world = new World({
    bundleDir: bundle,
    now: wall(shiftDate(DAY, -1), '12:00'),
    network: way === 'together' ? network : oneByOne(network),
    sheetTimeZone: ZONE,
  });
  // The bench as a whole has an end of its own.
  world.hangMs = Number.POSITIVE_INFINITY;
  setUp(world, simulator, requestsPerSecond);
  const { length: before } = simulator.ledger.requests;
  const nights = reportNights(world, world.now(), () => isWhole(world));
  const asked = simulator.ledger.requests.slice(before);
  const figures = figuresOf(order, nights, asked.filter(({ status }) => status === 429).length);
  const problems = [...troubles(nights, simulator), ...differences(world, company.expected)];
  return { order, figures, problems };
}

/**
 * A person sets the product up on the day before, so that an ordinary night comes: one day to report, and a look back
 * at an empty one. Pings come in its first hours only, enough for the schedule to be seen alive.
 */
function setUp(world: World, { host, token }: Simulator, requestsPerSecond: number): void {
  must(world.run('onOpen', { context: 'simple-trigger' }));
  must(world.run('setUp', { context: 'menu', answers: person({ address: host, token }) }));
  if (requestsPerSecond !== DEFAULT_PACE) typeSetting(world, 'requestsPerSecond', String(requestsPerSecond));
  const midnight = wall(NEXT_DAY, '00:00');
  const each = ({ handler }: { handler: string }, at: number) =>
    handler === 'hourlyPing' && at < midnight ? 'lost' : undefined;
  for (const outcome of world.advanceTo(wall(NEXT_DAY, '02:30'), { jitter: 0, each })) must(outcome);
}

function figuresOf(order: RowOrder, nights: Nights, http429: number): RowFigures {
  const { events, latencyMs, requestsPerSecond } = order;
  const { largestProperty, outcomes, stateBytes } = nights;
  const seconds = sum(outcomes.map(({ endedAt, startedAt }) => endedAt - startedAt)) / 1000;
  const bound = boundSeconds(order);
  return {
    events,
    latencyMs,
    requestsPerSecond,
    seconds,
    boundSeconds: rounded(bound),
    ratio: rounded(seconds / bound),
    requests: sum(outcomes.map(({ requests }) => requests)),
    minRequests: pagesOf(events),
    executions: outcomes.length,
    http429,
    sheetCalls: Math.max(0, ...outcomes.map(({ priced }) => priced.spreadsheet)),
    propertyCalls: sum(outcomes.map(({ priced }) => priced.properties)),
    largestProperty,
    stateBytes,
    eventsHeld: Math.max(0, ...outcomes.flatMap(heldIn)),
  };
}

/** The product tells engineers in the console how many events it held at once. */
function heldIn({ console }: Outcome): number[] {
  return console.flatMap(line => [...line.matchAll(/\bheld=(\d+)/g)].map(([, number]) => Number(number)));
}

/** What must not happen in a night without misfortunes. */
function troubles({ isWhole, outcomes }: Nights, { ledger }: Simulator): string[] {
  return [
    ...(isWhole ? [] : ['the day was never complete']),
    ...outcomes.flatMap(({ error, functionName }) => (error ? [`${functionName}: ${error.message}`] : [])),
    ...ledger.violations.slice(0, 1),
  ];
}

/** Where Days and Report show something else than the oracle. */
function differences(world: World, { automated, top, total }: ExpectedDay): string[] {
  const names = new Map(eventTypes('ru', []).map(({ key, lang }) => [key, lang]));
  const expectedTop = top.map(([type, count]) => [names.get(type) ?? type, count]);
  const shownTop = rowsOfTheDay(world, 'report').map(({ count, event }) => [event, count]);
  const [days] = rowsOfTheDay(world, 'days');
  return [
    ...different('events', days?.['events'], total),
    ...different('automated events', days?.['automated'], automated),
    ...different('the report', shownTop, expectedTop),
  ];
}

function isWhole(world: World): boolean {
  return rowsOfTheDay(world, 'days').some(({ completeness }) => completeness === TEXTS.ru.complete);
}

function different(what: string, shown: unknown, expected: unknown): string[] {
  const texts = [shown, expected].map(value => JSON.stringify(value));
  return texts[0] === texts[1] ? [] : [`${what}: ${texts[0]} instead of ${texts[1]}`];
}

function rowsOfTheDay({ workbook }: World, table: string) {
  const serial = serialOfDate(DAY);
  return (tableRows(workbook, table) ?? []).map(({ cells }) => cells).filter(({ date }) => date === serial);
}

function must({ error, functionName }: Outcome): void {
  if (error) throw new Error(`${functionName}: ${error.stack || error.message}`);
}

function wall(day: string, time: string): number {
  return instantOfShifted(Date.parse(`${day}T${time}Z`), ZONE);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

/** To the millisecond. */
function rounded(number: number): number {
  return Math.round(number * 1000) / 1000;
}
