import fc from 'fast-check';
import type { AmoEvent } from '../../src/core/event';
import {
  beginReading,
  densitySeen,
  eventsHeld,
  isTooLarge,
  outcome,
  type PageRead,
  pagesForeseen,
  pagesToAsk,
  pagesToTry,
  partsOf,
  type Window,
  type WindowReading,
  withPages,
} from '../../src/core/windowReading';
import { SeededRandom } from '../simulator/seededRandom';

const FROM = 1_763_449_200;
/** A quarter of an hour. */
const WINDOW: Window = { from: FROM, to: FROM + 899 };

const event = (id: string, createdAt = FROM + 5): AmoEvent => ({
  ...{ id, type: 'a', createdAt, createdBy: 0, entity: undefined, subject: undefined },
});
const many = (count: number, prefix = 'e') =>
  Array.from({ length: count }, (_, nth) => event(`${prefix}${nth}`));
/** As many, one after the other over the window, the newest first as amoCRM seems to give them. */
const spread = (count: number, { from, to }: Window = WINDOW) =>
  Array.from({ length: count }, (_, nth) =>
    event(`e${nth}`, to - Math.floor((nth * (to - from + 1)) / count)),
  );

/** What a page holds, and the nth request it is. */
type Server = (page: number, nth: number) => PageRead;

const EMPTY: PageRead = { events: [], unreadable: 0, end: 'before' };
function pageOf(events: readonly AmoEvent[], page: number, { size = 100, links = 'true' } = {}): PageRead {
  const some = events.slice((page - 1) * size, page * size);
  if (some.length === 0) return EMPTY;
  const isLast = page * size >= events.length;
  const isFull = some.length === size;
  const next = links === 'true' ? !isLast : links === 'phantom';
  return { events: some, unreadable: 0, end: next || isFull ? 'later' : 'here' };
}
const still =
  (events: readonly AmoEvent[], how: { size?: number; links?: string } = {}): Server =>
  page =>
    pageOf(events, page, how);

/** Reads a window with so many pages at a time. */
function readWhole(
  server: Server,
  {
    window = WINDOW,
    foreseen = 1,
    trust = 0.7,
    room = 7,
    idle = true,
    shuffled = undefined as ((pages: number[]) => number[]) | undefined,
  } = {},
) {
  let reading: WindowReading = beginReading(window, foreseen, trust);
  const rounds: number[][] = [];
  let requests = 0;
  let held = 0;
  for (;;) {
    const wanted = [...pagesToAsk(reading, 1_000), ...(idle ? pagesToTry(reading, 1) : [])];
    const asked = [...new Set(wanted)].slice(0, room);
    expect(rounds.length).toBeLessThan(500);
    rounds.push(asked);
    const came = new Map<number, PageRead>();
    // In whatever order they arrive.
    for (const page of shuffled?.(asked) ?? asked) {
      requests += 1;
      came.set(page, server(page, requests));
    }
    reading = withPages(reading, came);
    held = Math.max(held, eventsHeld(reading));
    if (isTooLarge(reading)) return { isTooLarge: true, rounds, requests, held };
    const result = outcome(reading);
    if (result && 'again' in result) reading = result.again;
    else if (result) {
      const events = [...result.read.events];
      return { events, unreadable: result.read.unreadable, rounds, requests, held };
    }
  }
}

describe('M3, D13 · a window is read whole', () => {
  it.each([0, 1, 49, 50, 51, 99, 100, 101, 199, 200, 201, 1_000, 4_050])('D13 · with %d events', count => {
    for (const links of ['true', 'missing', 'phantom'])
      for (const foreseen of [1, 10, 60])
        for (const trust of [0.7, 0.85, 1]) {
          const { events, unreadable } = readWhole(still(spread(count), { links }), { foreseen, trust });
          expect(events).toHaveLength(count);
          expect(new Set(events!.map(({ id }) => id)).size).toBe(count);
          expect(unreadable).toBe(0);
        }
  });

  it.each([
    [0, [[1]]],
    [99, [[1]]],
    [100, [[1], [2]]],
    [250, [[1], [2], [3]]],
  ])('M3 · of %d events one page after the other, where nothing else is known', (count, rounds) => {
    const { rounds: asked } = readWhole(still(many(count)), { idle: false });
    expect(asked).toEqual(rounds);
  });

  it('H2 · H3 · a full page without a next is followed by another, one with a next that leads to nothing is the last', () => {
    expect(readWhole(still(many(200), { links: 'missing' })).events).toHaveLength(200);
    const phantom = readWhole(still(many(20), { links: 'phantom' }));
    expect(phantom.events).toHaveLength(20);
    expect(phantom.rounds).toEqual([[1], [2]]);
  });

  it('D12 · a server that falls back to pages of fifty is read as well', () => {
    expect(readWhole(still(spread(430), { size: 50 }), { foreseen: 5 }).events).toHaveLength(430);
  });

  it('M3 · what is foreseen and trusted is asked for side by side, and then nothing in vain', () => {
    const { rounds, requests } = readWhole(still(spread(1_950)), { foreseen: 20, trust: 1, idle: false });
    expect(rounds).toEqual([
      [1, 20],
      [2, 3, 4, 5, 6, 7, 8],
      [9, 10, 11, 12, 13, 14, 15],
      [16, 17, 18, 19],
      // Its end after all others.
      [20],
    ]);
    expect(requests).toBe(21);
  });

  it('M3 · the first page tells how many there may be: the one asked far ahead is there', () => {
    const { rounds, requests } = readWhole(still(spread(3_950)), { foreseen: 1, idle: false });
    expect(rounds.slice(0, 2)).toEqual([[1], [2, expect.any(Number)]]);
    expect(rounds[1]![1]).toBeGreaterThan(20);
    expect(rounds[1]![1]).toBeLessThanOrEqual(40);
    expect(requests).toBe(40);
  });

  it('M3 · where the foreseen page is not there one request is wasted, and half-way is tried', () => {
    const { rounds, requests } = readWhole(still(many(1_150)), { foreseen: 40, trust: 1, idle: false });
    expect(rounds[0]).toEqual([1, 40]);
    expect(rounds[1]).toEqual([2, 20]);
    expect(rounds[2]).toEqual([3, 11]);
    expect(requests).toBe(15);
  });

  it('M3 · where there is nothing better to ask for, further pages are tried: a crowd is found in few rounds', () => {
    const crowd = many(10_000);
    const { rounds, requests, events } = readWhole(still(crowd));
    expect(events).toHaveLength(10_000);
    expect(rounds.length).toBeLessThan(35);
    expect(requests).toBeLessThan(115);
  });

  it('M3 · any number of events, any order, any links, any forecast: each once', () => {
    fc.assert(
      fc.property(
        fc.record({
          count: fc.oneof(fc.nat(350), fc.constantFrom(100, 200, 700, 1_999)),
          links: fc.constantFrom('true', 'missing', 'phantom'),
          foreseen: fc.nat(60),
          trust: fc.constantFrom(0.7, 0.85, 1),
          room: fc.integer({ min: 1, max: 7 }),
          idle: fc.boolean(),
          order: fc.constantFrom('newest', 'oldest', 'none'),
        }),
        ({ count, links, foreseen, trust, room, idle, order }) => {
          const events = spread(count);
          if (order === 'oldest') events.reverse();
          const mixed =
            order === 'none' ? [...events].sort((a, b) => (hash(a.id) < hash(b.id) ? -1 : 1)) : events;
          const { events: found, requests } = readWhole(still(mixed, { links }), {
            foreseen,
            trust,
            room,
            idle,
          });
          expect(found!.map(({ id }) => id).sort()).toEqual(events.map(({ id }) => id).sort());
          // The pages there are, and what it takes to find their end.
          expect(requests).toBeLessThanOrEqual(Math.ceil(count / 100) + 16);
        },
      ),
      { numRuns: 300 },
    );
  });
  const hash = (text: string) =>
    [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9_973, 7);
});

describe('D9 · borders', () => {
  const one = (createdAt: number, window = WINDOW) => readWhole(still([event('x', createdAt)]), { window });

  it.each([
    ['its first second', WINDOW.from, 1, 0],
    ['its last second', WINDOW.to, 1, 0],
    ['the second before: a neighbour that we asked for', WINDOW.from - 1, 0, 0],
    ['the second after', WINDOW.to + 1, 0, 0],
    ['two seconds before: amoCRM should not have sent it', WINDOW.from - 2, 0, 1],
    ['two seconds after', WINDOW.to + 2, 0, 1],
    ['milliseconds', WINDOW.from * 1_000, 0, 1],
    ['zero', 0, 0, 1],
  ])('D9 · an event at %s', (_, createdAt, events, unreadable) => {
    const found = one(createdAt);
    expect([found.events!.length, found.unreadable]).toEqual([events, unreadable]);
  });

  it('D9 · a window of one second takes its own and no neighbour', () => {
    const second = { from: FROM, to: FROM };
    const all = [event('1', FROM - 1), event('2', FROM), event('3', FROM), event('4', FROM + 1)];
    const found = readWhole(still(all), { window: second });
    expect([found.events!.map(({ id }) => id), found.unreadable]).toEqual([['2', '3'], 0]);
  });

  it('D2 · D6 · D7 · records that cannot be read are counted, each once however often it is seen', () => {
    const broken: Server = page => ({
      ...still([...many(100), event('e0')])(page, 1),
      unreadable: page === 2 ? 5 : 0,
    });
    // The list has moved, it seems: the second pass sees them again.
    const { events, unreadable, requests } = readWhole(broken, { idle: false });
    expect([events!.length, unreadable, requests]).toEqual([100, 5, 5]);
  });
});

describe('D3, D4 · a list that moves while it is read', () => {
  it('D3 · an event on two pages is counted once, and the window is read again', () => {
    const shifted: Server = (page, nth) =>
      pageOf(nth === 1 ? many(150) : [...many(3, 'new'), ...many(150)], page);
    const { events, rounds } = readWhole(shifted, { idle: false });
    expect(events).toHaveLength(153);
    // The second time it is known how many there are.
    expect(rounds).toEqual([[1], [2], [1, 2], [2]]);
  });

  it('D4 · an event that was pushed off a page boundary is found by the second pass', () => {
    const all = many(180);
    const moved: Server = (page, nth) =>
      // e99 has moved on to the second page, and e100 to the first, which was read before.
      nth === 2
        ? { events: [event('e99'), ...all.slice(101)], unreadable: 0, end: 'here' }
        : pageOf(all, page);
    expect(readWhole(moved).events).toHaveLength(180);
  });

  it('D4 · so is one that neighbours hid, where one of them stood twice', () => {
    const neighbours = Array.from({ length: 100 }, (_, nth) => event(`n${nth}`, FROM - 1));
    const moved: Server = (page, nth) =>
      nth === 2
        ? { events: [neighbours[99]!], unreadable: 0, end: 'here' }
        : pageOf(nth === 1 ? [...neighbours, event('x')] : [event('x'), ...neighbours], page);
    expect(readWhole(moved).events!.map(({ id }) => id)).toEqual(['x']);
  });

  it('D4 · a page that comes empty although more stand behind it is no end', () => {
    const all = many(650);
    const gap: Server = (page, nth) => (page === 3 && nth < 8 ? EMPTY : pageOf(all, page));
    const { events } = readWhole(gap, { foreseen: 7, trust: 1 });
    expect(events).toHaveLength(650);
  });

  it('I9 · a list that moves for ever is read three times and no more', () => {
    const restless: Server = (page, nth) =>
      page === 1
        ? { events: many(100, `${nth}-`), unreadable: 0, end: 'later' }
        : { events: [event('same'), event('same')], unreadable: 0, end: 'here' };
    expect(readWhole(restless, { idle: false }).requests).toBe(8);
  });

  it('D3 · D5 · events that are added while it is read take no other one away, wherever and whenever', () => {
    const places = fc.record({ after: fc.nat(30), at: fc.nat(1_200) });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_200 }),
        fc.array(places, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 14 }),
        fc.constantFrom(0.7, 0.85, 1),
        fc.boolean(),
        fc.integer(),
        (count, added, foreseen, trust, idle, seed) => {
          const random = new SeededRandom(`${seed}`);
          const listAfter = (nth: number) => {
            const list = spread(count);
            for (const [index, { after, at }] of added.entries())
              if (nth > after) list.splice(Math.min(at, list.length), 0, event(`late${index}`));
            return list;
          };
          const server: Server = (page, nth) => pageOf(listAfter(nth), page);
          const shuffled = (pages: number[]) =>
            pages
              .map(page => ({ page, place: random.unit() }))
              .sort((a, b) => a.place - b.place)
              .map(({ page }) => page);
          const { events } = readWhole(server, { foreseen, trust, idle, shuffled });
          const found = new Set(events!.map(({ id }) => id));
          expect(spread(count).filter(({ id }) => !found.has(id))).toEqual([]);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('D3 · a list that stands still is read once', () => {
    expect(readWhole(still(many(260)), { idle: false }).requests).toBe(3);
  });
});

describe('D13 · windows that are too large', () => {
  it('D13 · one that shows early to have far more than one may have is read in parts, after a few requests', () => {
    const { isTooLarge: large, requests } = readWhole(still(spread(40_000)), { idle: false });
    expect(large).toBe(true);
    expect(requests).toBeLessThan(4);
  });

  it('D13 · one that shows it late is read on, but for more than 240 pages', () => {
    expect(readWhole(still(many(23_950))).events).toHaveLength(23_950);
    const { isTooLarge: large, requests } = readWhole(still(many(40_000)));
    expect(large).toBe(true);
    expect(requests).toBeLessThan(260);
  });

  it('D13 · a second cannot be parted: it is read to its end', () => {
    const second = { from: FROM + 5, to: FROM + 5 };
    const { events, requests } = readWhole(still(many(30_000)), { window: second });
    expect(events).toHaveLength(30_000);
    expect(requests).toBeLessThan(320);
  });

  it('D13 · the parts cover it without a gap, down to seconds', () => {
    for (const seconds of [2, 3, 7, 900, 28_800]) {
      const window = { from: FROM, to: FROM + seconds - 1 };
      const parts = partsOf(withPages(beginReading(window, 400, 0.7), new Map([[1, pageOf(many(200), 1)]])));
      expect(parts[0]!.window.from).toBe(FROM);
      expect(parts.at(-1)!.window.to).toBe(window.to);
      for (const [nth, part] of parts.slice(1).entries())
        expect(part.window.from).toBe(parts[nth]!.window.to + 1);
      expect(parts.length).toBeGreaterThan(1);
      expect(parts.length).toBeLessThanOrEqual(8);
      expect(parts.every(({ pages }) => pages.size === 0)).toBe(true);
    }
  });
});

describe('M3 · what the first pages tell', () => {
  const begunWith = (events: readonly AmoEvent[], pages: number, { foreseen = 3, trust = 0.7 } = {}) =>
    Array.from({ length: pages }, (_, nth) => nth + 1).reduce(
      (reading, page) => withPages(reading, new Map([[page, pageOf(events, page)]])),
      beginReading(WINDOW, foreseen, trust),
    );

  it('M3 · how busy it is, and whether that was seen next to where the next window begins', () => {
    const newestFirst = spread(4_500);
    expect(densitySeen(begunWith(newestFirst, 2))!.perSecond).toBeCloseTo(5, 0);
    expect(densitySeen(begunWith(newestFirst, 2))!.isNear).toBe(true);
    expect(densitySeen(begunWith([...newestFirst].reverse(), 2))!.isNear).toBe(false);
    expect(pagesForeseen(begunWith(newestFirst, 2))).toBeCloseTo(45, 0);
  });

  it('M3 · in no order they tell nothing but that they are there', () => {
    const mixed = spread(900).map((_, nth, all) => all[(nth * 7) % 900]!);
    expect(densitySeen(begunWith(mixed, 2))).toBeUndefined();
    expect(pagesForeseen(begunWith(mixed, 2))).toBe(3);
    expect(pagesForeseen(begunWith(mixed, 8))).toBe(8);
  });

  it('M3 · what happened all at once tells nothing of the time around it', () => {
    expect(densitySeen(begunWith(many(900), 2))).toBeUndefined();
    expect(pagesForeseen(begunWith(many(900), 2))).toBe(3);
  });

  it('M3 · a good forecast is worth more, until it proves wrong', () => {
    const trusted = { foreseen: 20, trust: 0.85 };
    expect(pagesForeseen(begunWith(spread(4_500), 2, trusted))).toBe(20);
    expect(pagesForeseen(begunWith(spread(4_500), 22, trusted))).toBeCloseTo(45, 0);
  });

  it('M3 · before the first page, and when the list ends with it, there is nothing to tell', () => {
    expect(densitySeen(beginReading(WINDOW, 3, 0.7))).toBeUndefined();
    expect(densitySeen(begunWith(spread(50), 1))).toBeUndefined();
  });

  it('D13 · the events in memory are those of all its pages, and of the passes before', () => {
    expect(eventsHeld(begunWith(spread(450), 5))).toBe(450);
    const twice: Server = page => ({ ...pageOf([...many(100), event('e0')], page) });
    expect(readWhole(twice, { idle: false }).held).toBe(201);
  });
});
