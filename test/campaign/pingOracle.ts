import type { CellValue, EpochMs } from '../emulator/contract';
import { offsetAt } from '../emulator/zone';
import type { Performed, SentRequest, Stage } from './stage';
import { dateOfSerial, secondsOfSerial, type TableRow, tableRows } from './tables';
import { wallSeconds } from './wallSeconds';

/** A ping as it stands in the sheets, together with the execution that must have taken it. */
export interface FoundPing {
  date: string;
  /** Wall-clock seconds, as the cell holds them. */
  time: number;
  ms: number | undefined;
  counted: boolean;
}

const EPOCH = Date.UTC(1899, 11, 30);
const YES: readonly CellValue[] = ['да', 'yes', true];

/** A ping as the journal knows it: the requests that must have been one, or an execution that should have made some. */
interface Taking {
  by: Performed;
  probes: readonly SentRequest[];
  /** Between these it must say that it was taken. */
  from: EpochMs;
  to: EpochMs;
}

/** All pings of the sheets, the archive's too; and what is wrong with them, judged by the journal of requests. */
export function judgePings(
  stage: Stage,
  days: readonly string[],
): { pings: FoundPing[]; problems: string[] } {
  const { workbook } = stage.world;
  const rows = [...(tableRows(workbook, 'pingsArchive') ?? []), ...(tableRows(workbook, 'pings') ?? [])];
  const all = stage.performed.flatMap(takings);
  const owed = all.filter(taking => isOwed(taking) && days.includes(dateOf(taking.from, stage.zone)));
  const fits = (taking: Taking, row: TableRow) => fitsIn(taking, row, stage.zone);
  const takenBy = matched([...owed, ...all.filter(taking => !owed.includes(taking))], rows, fits);
  const problems: string[] = [];
  const pings = rows.map(pingOf);
  rows.forEach((row, index) => {
    const taking = takenBy.get(row);
    const { counted, ms, time } = pings[index]!;
    if (!taking) {
      const near = all.find(one => one.probes.length > 0 && isWithin(one, time, stage.zone));
      const why = near ? `: ${differences(near, row).join(', ')}` : '';
      problems.push(`pings: nobody took the ping of ${named(row)}, or it stands twice${why}`);
    } else if (counted && ms !== undefined && isDuringCollection(stage, taking)) {
      problems.push(`pings: ${named(row)}: counts for the peak although we ourselves were collecting`);
    }
  });
  const found = new Set(takenBy.values());
  for (const taking of owed.filter(one => !found.has(one))) {
    problems.push(`pings: the ping of ${new Date(taking.from).toISOString()} is not in the sheet`);
  }
  return { pings, problems };
}

/**
 * A row for as many as can have one, each row for one of them; who comes first never goes without because of somebody
 * who comes later. By augmenting paths: executions overlap, and the nearest row may be the only one for another.
 */
function matched<One, Row>(
  ones: readonly One[],
  rows: readonly Row[],
  fits: (one: One, row: Row) => boolean,
) {
  const taken = new Map<Row, One>();
  const find = (one: One, tried: Set<Row>): boolean =>
    rows.some(row => {
      if (tried.has(row) || !fits(one, row)) return false;
      tried.add(row);
      const other = taken.get(row);
      if (other !== undefined && !find(other, tried)) return false;
      taken.set(row, one);
      return true;
    });
  for (const one of ones) find(one, new Set());
  return taken;
}

/** Each unbroken row of probes among an execution's requests; a ping's own execution counts without any, too. */
function takings(by: Performed): Taking[] {
  const found: Taking[] = [];
  let burst: SentRequest[] = [];
  let from = by.startedAt;
  const end = (): void => {
    const last = burst.at(-1);
    if (last) found.push({ by, probes: burst, from, to: last.leftAt + last.tookMs });
    burst = [];
  };
  for (const request of by.requests) {
    if (isProbe(request)) burst.push(request);
    else {
      end();
      from = request.leftAt + request.tookMs;
    }
  }
  end();
  if (found.length > 0 || !/^(hourlyPing|pingNow)$/.test(by.functionName)) return found;
  return [{ by, probes: [], from: by.startedAt, to: by.endedAt }];
}

function isProbe({ path }: SentRequest): boolean {
  return path === '/api/v4/account';
}

function pingOf({ cells }: TableRow): FoundPing {
  const { counted, ms, time } = cells;
  const serial = Number(time);
  return {
    date: dateOfSerial(serial + 0.5 / 86_400),
    time: secondsOfSerial(serial),
    ms: typeof ms === 'number' ? ms : undefined,
    counted: YES.includes(counted ?? ''),
  };
}

/** It asked amoCRM and nothing went wrong with the execution: so its ping must be there. */
function isOwed({ by, probes }: Taking): boolean {
  const { lockHeld, mishaps, outcome } = by;
  const undisturbed = mishaps === 0 && !lockHeld && outcome !== undefined && !outcome.error;
  return undisturbed && probes.length > 0;
}

/** Something happened to the execution, or inside it, so that its figures are not those of the network alone. */
function isVague({ by }: Pick<Taking, 'by'>): boolean {
  return by.mishaps > 0 || by.inside > 0;
}

/** What the row says and the journal contradicts. */
function differences({ by, probes }: Taking, { cells }: TableRow): string[] {
  const times = probes.filter(({ isAccount }) => isAccount).map(({ tookMs }) => tookMs);
  times.sort((a, b) => a - b);
  if (isVague({ by })) return [];
  const expected: Record<string, CellValue> = {
    ms: medianOf(times) ?? '',
    min: times[0] ?? '',
    max: times.at(-1) ?? '',
    samples: times.length,
  };
  // Without a request of ours the row may only say that there was none.
  return Object.entries(expected)
    .filter(([name, value]) => cells[name] !== value && !(probes.length === 0 && cells[name] === ''))
    .map(([name, value]) => `${name} is ${JSON.stringify(cells[name])} instead of ${JSON.stringify(value)}`);
}

/** Whether anybody was asking for events while the probes were under way. */
function isDuringCollection({ performed }: Stage, { by, probes }: Taking): boolean {
  const [first, last] = [probes[0], probes.at(-1)];
  if (!first || !last) return false;
  return performed.some(({ requests }) => {
    const asking = requests.filter(({ path }) => path.startsWith('/api/v4/events?'));
    const [begin, end] = [asking[0], asking.at(-1)];
    if (!begin || !end) return false;
    // The same execution asks for one thing after the other.
    const overlap = begin.leftAt < last.leftAt + last.tookMs && first.leftAt < end.leftAt + end.tookMs;
    return overlap && (requests !== by.requests || (begin.leftAt < first.leftAt && last.leftAt < end.leftAt));
  });
}

export function medianOf(sorted: readonly number[]): number | undefined {
  if (sorted.length === 0) return undefined;
  const upper = sorted[Math.floor(sorted.length / 2)]!;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1]!;
  return Math.round((lower + upper) / 2);
}

function fitsIn(taking: Taking, row: TableRow, zone: string): boolean {
  // An answer was seen: by one that asked.
  if (taking.probes.length === 0 && row.cells['status'] !== 0) return false;
  return (
    isWithin(taking, secondsOfSerial(Number(row.cells['time'])), zone) &&
    differences(taking, row).length === 0
  );
}

function isWithin({ from, to }: Taking, time: number, zone: string): boolean {
  return wallSeconds(from, zone) <= time && time <= wallSeconds(to, zone) + 1;
}

function dateOf(at: number, zone: string): string {
  return new Date(at + offsetAt(at, zone)).toISOString().slice(0, 10);
}

function named({ cells }: TableRow): string {
  return new Date(EPOCH + secondsOfSerial(Number(cells['time'])) * 1000).toISOString().slice(0, 19);
}
