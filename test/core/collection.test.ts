import fc from 'fast-check';
import { ACTORS, type Actor } from '../../src/core/actor';
import {
  type Collection,
  daySums,
  eventsSoFar,
  newCollection,
  reopened,
  shareRead,
  type WindowRead,
  withSmallerSpan,
  withWindow,
} from '../../src/core/collection';
import { dayBounds } from '../../src/core/day';
import { type HourSpan, hourAt, hoursOf, lastHour } from '../../src/core/dayHours';
import { collectionIn, keepingCollection } from '../../src/core/storedCollection';
import { type AttributedEvent, type Sums, storedSums, totalOf } from '../../src/core/sums';
import { windowAt } from '../../src/core/windowPlan';
import type { Window } from '../../src/core/windowReading';
import { attributedEvent } from '../support/attributedEvents';

const OF = { accountId: 5, serviceAccounts: [102], rules: [], beganAt: 1_000 };
const DAY = '2026-11-18';
const ZONE = 'Europe/Moscow';
const HOURS = hoursOf(DAY, ZONE);
const { from: FROM, to: TO } = dayBounds(DAY, ZONE);

/** A day's event as these tests need it: the second, counted from the day's first, and who did what. */
interface Happening {
  second: number;
  type: string;
  actor: number;
  /** The lead that it happened to. */
  card: number | undefined;
  /** From which phase on amoCRM shows it: late events come later. */
  visible: 'reading' | 'settling' | 'late';
}

const begun = () => newCollection(DAY, ZONE, HOURS, OF);

/** The next window, where they are read one after the other. */
function nextWindow(collection: Collection, hours = HOURS, mostPages = 40): Window | undefined {
  const { perSecond } = collection;
  const density =
    perSecond === undefined ? undefined : { perSecond, isNear: false, until: collection.next - 1 };
  return windowAt(collection, collection, hours, { density, mostPages })?.window;
}
const SEEN = {
  reading: ['reading'],
  settling: ['reading', 'settling'],
  late: ['reading', 'settling', 'late'],
};

/** What a window holds. */
function read(
  { from, to }: Window,
  happenings: readonly Happening[],
  phase: keyof typeof SEEN,
  hours = HOURS,
): WindowRead {
  const events = happenings
    .filter(({ second, visible }) => {
      const at = hours[0]!.from + second;
      return at >= from && at <= to && SEEN[phase].includes(visible);
    })
    .sort((a, b) => a.second - b.second)
    .map(one => eventOf(one, hours));
  return { events, unreadable: 0 };
}

function eventOf({ second, type, actor, card }: Happening, hours: readonly HourSpan[]): AttributedEvent {
  const at = hours[0]!.from + second;
  const who = ACTORS[actor]!;
  return attributedEvent({
    ...{ type, actor: who, at, hour: hourAt(hours, at), author: AUTHORS[who] },
    entity: card === undefined ? undefined : { type: 'lead', id: card },
    subject: { kind: 'tag', id: `${second % 3}` },
  });
}

const AUTHORS: Partial<Record<Actor, number>> = { person: 101, former: 104, service: 102 };

/** The plain count, by other means: one event after the other, into objects. */
function counted(happenings: readonly Happening[], hours = HOURS) {
  const zeros = () => Array<number>(24).fill(0);
  const types: Record<string, number[]> = {};
  const authors: Record<string, number[]> = {};
  const processes: Record<string, number[]> = {};
  const operations = ACTORS.map(() => new Set<unknown>());
  const operationsOf: Record<string, Set<unknown>> = {};
  for (const { second, type, actor, card } of happenings) {
    const { hour } = hours.find(({ to }) => hours[0]!.from + second <= to)!;
    const counts = type.startsWith('custom_field') ? 'custom_field_value_changed' : type;
    // What people do is of no interest beyond its number.
    const keyed = `${actor}:${actor > 3 ? '' : counts}`;
    types[keyed] ??= zeros();
    types[keyed][hour]! += 1;
    const author = actor === 4 ? '101' : actor === 2 ? '102' : undefined;
    if (author) {
      authors[author] ??= zeros();
      authors[author][hour]! += 1;
    }
    const operation = card === undefined ? {} : `${card} ${second}`;
    operations[actor]!.add(operation);
    if (actor > 3) continue;
    const process = `${keyed}|t${second % 3}`;
    processes[process] ??= zeros();
    processes[process][hour]! += 1;
    operationsOf[process] ??= new Set();
    operationsOf[process].add(operation);
  }
  return {
    ...{ types, authors, processes, operations: operations.map(({ size }) => size) },
    operationsOf: Object.fromEntries(Object.entries(operationsOf).map(([key, { size }]) => [key, size])),
  };
}

function finished(
  collection: Collection,
  happenings: readonly Happening[],
  phase: 'reading' | 'late' = 'reading',
): Collection {
  let now = collection;
  for (let windows = 0; ; windows += 1) {
    expect(windows).toBeLessThan(5_000);
    const window = nextWindow(now, HOURS);
    if (!window) return now;
    const sees = phase === 'late' ? 'late' : (now.phase as 'reading' | 'settling');
    now = withWindow(now, window, read(window, happenings, sees), HOURS);
  }
}

/** Sums in the shape of the plain count. */
const plain = ({ types, authors, processes, operations }: Sums) => ({
  types: Object.fromEntries(types),
  authors: Object.fromEntries([...authors].map(([id, { hours }]) => [id, hours])),
  processes: Object.fromEntries([...processes].map(([key, { hours }]) => [key, hours])),
  operations,
  operationsOf: Object.fromEntries([...processes].map(([key, sums]) => [key, sums.operations])),
});

const NOTHING = counted([]);

describe('M13 · T1 · a collection over any number of runs', () => {
  const zoned: [string, string][] = [
    ['2026-11-18', 'Europe/Moscow'],
    ['2026-03-29', 'Europe/Berlin'],
    ['2026-10-25', 'Europe/Berlin'],
    ['2026-11-18', 'Asia/Kathmandu'],
    ['2026-04-24', 'Africa/Cairo'],
    ['2018-02-17', 'America/Sao_Paulo'],
  ];
  const seconds = fc.oneof(
    fc.integer({ min: 0, max: 25 * 3_600 - 1 }),
    fc.constantFrom(0, 899, 900, 43_200, 86_399), // crowded seconds, and borders
    fc.integer({ min: 82_000, max: 86_399 }),
  );
  const happening = fc.record({
    second: seconds,
    type: fc.constantFrom('a', 'b', 'custom_field_1_value_changed', 'custom_field_2_value_changed'),
    actor: fc.nat(5),
    card: fc.constantFrom(undefined, 1, 2),
  });
  /** What happens to a window: it is read, cut in half, or its run is killed before or after it is kept. */
  const fate = fc.constantFrom('kept', 'kept', 'read', 'killed', 'too large', 'at the end');

  it('M13 · T1 · T9 · counts each event once, whatever the windows are and wherever runs end', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zoned),
        fc.array(happening, { maxLength: 400 }),
        fc.array(fate, { minLength: 1, maxLength: 40 }),
        ([day, zone], all, fates) => {
          const hours = hoursOf(day, zone);
          const { from, to } = dayBounds(day, zone);
          const happenings = all
            .filter(({ second }) => from + second <= to)
            .map(one => ({ ...one, visible: 'reading' as const }));
          let properties: Record<string, string> = {};
          const keep = (collection: Collection) => {
            const { documents, head } = keepingCollection(properties, collection);
            properties = { ...properties, ...Object.fromEntries(documents), collection: head };
          };
          const stored = () => collectionIn(properties, 'collection')!;
          let collection = newCollection(day, zone, hours, OF);
          keep(collection);
          for (let step = 0; ; step += 1) {
            expect(step).toBeLessThan(2_000);
            // In the end the faults go away.
            const fateNow = step < 60 ? fates[step % fates.length]! : 'kept';
            const window = nextWindow(collection, hours, fateNow === 'at the end' ? 1 : 40);
            if (!window) break;
            if (fateNow === 'killed') {
              // What it had read since it last kept something is read again.
              collection = stored();
              continue;
            }
            if (fateNow === 'too large') {
              collection = withSmallerSpan(collection, window) ?? collection;
              // As a run does it that had no time for the window; another one finds the smaller one.
              if (step % 3 === 0) keep(collection);
              continue;
            }
            const found = read(window, happenings, 'settling', hours);
            collection = withWindow(collection, window, found, hours);
            if (fateNow === 'kept') keep(collection);
          }
          expect(collection.phase).toBe('collected');
          expect(plain(daySums(collection))).toEqual(counted(happenings, hours));
          expect(plain(collection.again)).toEqual(NOTHING);
          expect(eventsSoFar(collection)).toBe(happenings.length);
          expect(collection.late).toBe(0);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('T1 · D5 · T9 · no window reaches from before the last hour into it, which is summed apart', () => {
    for (const [day, zone] of zoned) {
      const hours = hoursOf(day, zone);
      const tail = lastHour(hours).from;
      const happenings = [tail - 1, tail, tail + 1].map(at => ({
        ...{ second: at - hours[0]!.from, type: 'a', actor: 0, card: 1, visible: 'reading' as const },
      }));
      let collection = newCollection(day, zone, hours, OF);
      let reachesTail = false;
      for (let window = nextWindow(collection, hours); window; window = nextWindow(collection, hours)) {
        expect(window.from < tail && window.to >= tail).toBe(false);
        reachesTail ||= window.to === tail - 1;
        collection = withWindow(collection, window, read(window, happenings, 'reading', hours), hours);
      }
      expect(reachesTail).toBe(true);
      expect([totalOf(collection.sums), totalOf(collection.tail)]).toEqual([1, 2]);
      expect(eventsSoFar(collection)).toBe(3);
      expect(totalOf(daySums(collection))).toBe(3);
    }
  });

  it('M13 · windows follow one another without a gap and end with the day, then comes its last hour again', () => {
    const windows: Window[] = [];
    const phases: string[] = [];
    let collection = begun();
    for (let window = nextWindow(collection, HOURS); window; window = nextWindow(collection, HOURS)) {
      windows.push(window);
      phases.push(collection.phase);
      collection = withWindow(collection, window, read(window, [], 'reading'), HOURS);
    }
    const whole = windows.filter((_, index) => phases[index] === 'reading');
    expect(whole[0]!.from).toBe(FROM);
    expect(whole[whole.length - 1]!.to).toBe(TO);
    whole.slice(1).forEach(({ from }, index) => {
      expect(from).toBe(whole[index]!.to + 1);
    });
    expect(phases.filter(phase => phase === 'settling')).toHaveLength(1);
    expect(windows[windows.length - 1]).toEqual({ from: TO - 3_599, to: TO });
    expect(nextWindow(collection, HOURS)).toBeUndefined();
  });
});

describe('D5 · late events', () => {
  const at = (second: number, visible: Happening['visible'], type = 'a'): Happening => ({
    ...{ second, type, actor: 0, visible, card: 1 },
  });
  const early = [at(10, 'reading'), at(86_000, 'reading'), at(86_100, 'reading')];

  it('D5 · those that appear while the day is read are found when its last hour is settled, and are not called late', () => {
    const collection = finished(begun(), [...early, at(86_200, 'settling'), at(86_399, 'settling')]);
    expect(collection).toMatchObject({ phase: 'collected', late: 0, isCorrection: false });
    expect(eventsSoFar(collection)).toBe(5);
    expect(totalOf(collection.tail)).toBe(4);
  });

  it('D5 · I3 · a settle pass that finds less changes nothing: events do not vanish', () => {
    let collection = finishedReading(early);
    expect(collection.phase).toBe('settling');
    const window = nextWindow(collection, HOURS)!;
    collection = withWindow(collection, window, read(window, [early[1]!], 'settling'), HOURS);
    expect(collection.phase).toBe('collected');
    expect(plain(daySums(collection))).toEqual(counted(early));
  });

  it('D5 · the day is looked at once more later: the exact number, and the sums with them', () => {
    const reported = finished(begun(), early);
    const again = reopened({ ...reported, late: 9 }, HOURS);
    expect(again).toMatchObject({
      ...{ phase: 'late', next: TO - 3_599, to: TO, isCorrection: true, late: 0, day: DAY },
    });
    expect(nextWindow(again, HOURS)).toEqual({ from: TO - 3_599, to: TO });
    const all = [...early, at(86_300, 'late'), at(86_301, 'late', 'b')];
    const corrected = finished(again, all, 'late');
    expect(corrected).toMatchObject({ phase: 'collected', late: 2, isCorrection: true });
    expect(plain(daySums(corrected))).toEqual(counted(all));
    expect(plain(corrected.again)).toEqual(NOTHING);
  });

  it.each([
    ['the same', early],
    ['less', [early[0]!]],
  ])('D5 · I3 · when it then finds %s, nothing was late', (_, found) => {
    const corrected = finished(reopened(finished(begun(), early), HOURS), found, 'late');
    expect(corrected).toMatchObject({ phase: 'collected', late: 0 });
    expect(plain(daySums(corrected))).toEqual(counted(early));
  });

  it('T1 · a settle pass in several windows, cut in between, counts what both found', () => {
    let collection = finishedReading(early);
    const late = [...early, at(82_900, 'settling'), at(86_350, 'settling')];
    collection = withSmallerSpan(collection, nextWindow(collection, HOURS)!)!;
    const first = nextWindow(collection, HOURS)!;
    expect(first.to - first.from + 1).toBe(450);
    collection = withWindow(collection, first, read(first, late, 'settling'), HOURS);
    expect(collection.phase).toBe('settling');
    // Nothing of it is counted before it is whole.
    expect(eventsSoFar(collection)).toBe(3);
    expect(eventsSoFar(finished(collection, late))).toBe(5);
  });

  it('D9 · what could not be read is counted while the day is read, and not again', () => {
    let collection = begun();
    for (let window = nextWindow(collection, HOURS); window; window = nextWindow(collection, HOURS)) {
      collection = withWindow(
        collection,
        window,
        { ...read(window, [], 'reading'), unreadable: window.to === TO ? 2 : 0 },
        HOURS,
      );
    }
    expect(collection.unreadable).toBe(2);
  });

  function finishedReading(happenings: readonly Happening[]): Collection {
    let collection = begun();
    for (
      let window = nextWindow(collection, HOURS)!;
      collection.phase === 'reading';
      window = nextWindow(collection, HOURS)!
    ) {
      collection = withWindow(collection, window, read(window, happenings, 'reading'), HOURS);
    }
    return collection;
  }
});

describe('T2 · windows', () => {
  const afterOne = (seconds: number, events: number, span: number) =>
    withWindow(
      { ...begun(), span },
      { from: FROM, to: FROM + seconds - 1 },
      { unreadable: 0, events: Array<AttributedEvent>(events).fill(attributedEvent()) },
      HOURS,
    );

  it.each([
    [900, 0, 900, 3_600, 'four times as long'],
    [3_600, 0, 3_600, 14_400, 'and so on'],
    [14_400, 9_000, 14_400, 28_800, 'never longer than eight hours, whatever it held'],
    [1, 5_000, 1, 4, 'a crowd'],
    [113, 1_130, 900, 900, 'a smaller one is no reason for small ones later'],
  ])(
    'T2 · after one of %d s with %d events, of %d, the next may have %d (%s)',
    (seconds, events, span, most) => {
      expect(afterOne(seconds, events, span)).toMatchObject({ span: most, perSecond: events / seconds });
    },
  );

  it('T2 · what the last hour held the second time says nothing of how busy it is', () => {
    const settling = { ...begun(), phase: 'settling' as const, next: TO - 3_599, perSecond: 2 };
    const window = { from: TO - 3_599, to: TO - 1_800 };
    expect(withWindow(settling, window, read(window, [], 'settling'), HOURS).perSecond).toBe(2);
  });

  it('I3 · the day’s very last second is read, too', () => {
    const window = { from: TO - 9, to: TO - 1 };
    const collection = { ...begun(), next: window.from };
    const before = withWindow(collection, window, read(window, [], 'reading'), HOURS);
    expect(before.phase).toBe('reading');
    expect(nextWindow(before, HOURS)).toEqual({ from: TO, to: TO });
    const last = { from: TO, to: TO };
    expect(withWindow(before, last, read(last, [], 'reading'), HOURS).phase).toBe('settling');
  });

  it('T2 · D13 · one that was not read to its end is parted, down to a second', () => {
    let collection: Collection | undefined = begun();
    const spans: number[] = [];
    while (collection) {
      const window: Window = nextWindow(collection, HOURS)!;
      spans.push(window.to - window.from + 1);
      collection = withSmallerSpan(collection, window);
    }
    expect(spans).toEqual([900, 113, 15, 2, 1]);
  });

  it('T2 · a part of what was asked, not of what was planned; nothing else changes', () => {
    const collection = { ...begun(), next: TO - 9, span: 3_600 };
    expect(withSmallerSpan(collection, nextWindow(collection, HOURS)!)).toEqual({ ...collection, span: 2 });
  });
});

describe('M16 · progress', () => {
  it.each<[Partial<Collection>, number]>([
    [{}, 0],
    [{ next: FROM + 21_600 }, 0.25],
    [{ next: FROM + 64_800 }, 0.75],
    [{ phase: 'settling', next: TO - 3_599 }, 1],
    [{ phase: 'collected' }, 1],
    [{ phase: 'late', next: TO - 3_599 }, 1],
  ])('M16 · of %j the share is %d', (more, share) => {
    expect(shareRead({ ...begun(), ...more }, HOURS)).toBeCloseTo(share, 10);
  });

  it('T9 · a day of 25 hours is half read at half past twelve', () => {
    const hours = hoursOf('2026-10-25', 'Europe/Berlin');
    const collection = newCollection('2026-10-25', 'Europe/Berlin', hours, OF);
    expect(shareRead({ ...collection, next: collection.next + 12.5 * 3_600 }, hours)).toBe(0.5);
  });

  it('D15 · a new one is of the account and the day, and empty', () => {
    expect(begun()).toMatchObject({
      ...{ ...OF, day: DAY, zone: ZONE, phase: 'reading', next: FROM, to: TO, span: 900 },
      ...{ unreadable: 0, requests: 0, isCorrection: false, late: 0 },
    });
    expect(storedSums(begun().sums)).toEqual({
      ...{ types: {}, authors: {}, processes: {}, operations: [0, 0, 0, 0, 0, 0] },
    });
    expect(lastHour(HOURS).to).toBe(TO);
  });
});
