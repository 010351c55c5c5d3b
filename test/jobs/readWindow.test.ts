import { amoClient } from '../../src/amocrm/client';
import { hoursOf } from '../../src/core/dayHours';
import { storedSums, sumsOfEvents, totalOf, totalsByHour } from '../../src/core/sums';
import { readWindow } from '../../src/jobs/readWindow';
import { runJob } from '../../src/jobs/run';
import { type FakeServer, json, listPage, noContent, pathOf, queryOf, text } from '../support/amoAnswers';
import { inMemoryOutside } from '../support/inMemoryOutside';
import { FROM, ZONE } from '../support/reportStory';
import type { WireEvent } from '../support/smallAccount';

const HOURS = hoursOf('2026-11-18', ZONE);
const BY = {
  ...{ present: new Set([101]), users: new Set([101, 104]) },
  serviceAccounts: new Set([102]),
};
/** From ten to a quarter past. */
const WINDOW = { from: FROM + 36_000, to: FROM + 36_899 };

const event = (id: string, more: Partial<WireEvent> = {}): WireEvent => ({
  ...{ id, type: 'a', created_at: WINDOW.from + 5, created_by: 0 },
  ...more,
});
const many = (count: number, prefix = 'e') =>
  Array.from({ length: count }, (_, nth) => event(`${prefix}${nth}`));

/** Reads the window from pages that may change between requests. */
function read(server: FakeServer, window = WINDOW, windowsBefore = 0) {
  const world = inMemoryOutside({
    server,
    settings: { baseUrl: 'mycompany' },
    properties: { token: 'S3CRET' },
  });
  let got: ReturnType<typeof readWindow>;
  let failure: unknown;
  runJob(
    world.outside,
    { name: 'dailyReport', holds: 'dailyReport', needsAccount: true, effectOfFailure: () => '' },
    run => {
      const { account, deadline, gate } = run;
      const amo = amoClient({ clock: world.clock, gate, account: account!, deadline });
      try {
        const attribution = { hours: HOURS, by: BY };
        for (let nth = 0; nth < windowsBefore; nth += 1) readWindow(run, amo, window, attribution);
        got = readWindow(run, amo, window, attribution);
      } catch (error) {
        failure = error;
      }
      return undefined;
    },
  );
  const found = got && { ...got, events: got.events.length, sums: sumsOfEvents(got.events) };
  return { found, events: got?.events, failure, world };
}
/** The pages of a list that does not change. */
const pagesOf =
  (events: readonly unknown[], size = 100): FakeServer =>
  request => {
    const page = Number(queryOf(request)['page']);
    const items = events.slice((page - 1) * size, page * size);
    return items.length === 0 ? noContent : listPage('events', items, { next: page * size < events.length });
  };

describe('M4, M11 · readWindow', () => {
  it('M9 · says how many requests this window took, whatever the run sent before', () => {
    const { requests } = read(pagesOf(many(250))).found!;
    expect(read(pagesOf(many(250)), WINDOW, 2).found).toMatchObject({ events: 250, requests });
  });

  it('M11 · counts by type, actor and hour; authors are users only', () => {
    const events = [
      event('1'),
      event('2', { type: 'incoming_call' }),
      event('3', { created_by: 101 }),
      event('4', { created_by: 102 }),
      event('5', { created_by: 555 }),
      event('6', { type: 'custom_field_7_value_changed', created_by: null }),
      event('7', { created_by: 104 }),
    ];
    const { found, world } = read(pagesOf(events));
    const at10 = 'K1';
    expect(storedSums(found!.sums)).toMatchObject({
      types: {
        '0:a': at10,
        '1:incoming_call': at10,
        // What people do is counted whatever its type.
        '4:': at10,
        '2:a': at10,
        '3:a': at10,
        '3:custom_field_value_changed': at10,
        '5:': at10,
      },
      // Neither strangers nor those who left.
      authors: { '101': `${at10}.0`, '102': `${at10}.0` },
    });
    expect(Object.keys(storedSums(found!.sums).types)).toHaveLength(7);
    expect(Object.keys(storedSums(found!.sums).authors)).toHaveLength(2);
    expect(found).toMatchObject({ unreadable: 0, events: 7, requests: 1, ms: 40 });
    expect(world.requests.map(({ request }) => pathOf(request))).toEqual(['/api/v4/events']);
  });

  it('H1 · an empty window is empty', () => {
    const { found } = read(() => noContent);
    expect(found).toMatchObject({ unreadable: 0, events: 0, requests: 1 });
    expect(totalOf(found!.sums)).toBe(0);
  });

  it.each([
    [1, 1],
    [99, 1],
    [100, 2],
    [101, 2],
    [260, 3],
    // A last page of fifty may be one that amoCRM has cut.
    [250, 4],
  ])('D13 · %d events on pages of a hundred take %d requests', (count, requests) => {
    const { found } = read(pagesOf(many(count)));
    expect(found).toMatchObject({ events: count, requests });
    expect(totalOf(found!.sums)).toBe(count);
  });

  it('H2 · H3 · a full page without a next is followed by asking for one, and one with a next to nothing is the last', () => {
    const withoutNext: FakeServer = request => {
      const page = Number(queryOf(request)['page']);
      return page > 2 ? noContent : listPage('events', many(100, `${page}-`));
    };
    expect(read(withoutNext).found).toMatchObject({ events: 200, requests: 3 });
    const phantom: FakeServer = request =>
      queryOf(request)['page'] === '1' ? listPage('events', many(20), { next: true }) : noContent;
    expect(read(phantom).found).toMatchObject({ events: 20, requests: 2 });
  });

  it('T9 · an event counts to the hour that the clocks show, whatever hours the window spans', () => {
    const window = { from: FROM + 36_000, to: FROM + 43_199 };
    const { found } = read(
      pagesOf([
        event('1'),
        event('2', { created_at: FROM + 39_600 }),
        event('3', { created_at: FROM + 43_199 }),
      ]),
      window,
    );
    expect(totalsByHour(found!.sums).slice(10, 12)).toEqual([1, 2]);
  });

  it('M6 · gives each event with the process it is of, in order of time; people’s doings are no process', () => {
    const paid = { lead_status: { id: 142, pipeline_id: 7 } };
    const { events } = read(
      pagesOf([
        event('2', { created_at: WINDOW.from + 9, type: 'lead_added' }),
        event('3', { created_at: WINDOW.from + 9, type: 'lead_added', created_by: 101 }),
        event('1', { type: 'lead_status_changed', value_after: [paid] }),
        event('0', { created_at: WINDOW.to + 1 }),
      ]),
    );
    expect(events!.map(({ event: { id }, hour, process }) => [id, hour, process])).toEqual([
      ['1', 10, '0:lead_status_changed|s7/142'],
      ['2', 10, '0:lead_added|'],
      ['3', 10, undefined],
    ]);
  });
});

describe('D9 · borders', () => {
  const at = (created_at: unknown, id = 'x') => event(id, { created_at });

  it.each([
    ['its first second', WINDOW.from, 1, 0],
    ['its last second', WINDOW.to, 1, 0],
    ['the second before: a neighbour that we asked for', WINDOW.from - 1, 0, 0],
    ['the second after', WINDOW.to + 1, 0, 0],
    ['two seconds before: amoCRM should not have sent it', WINDOW.from - 2, 0, 1],
    ['two seconds after', WINDOW.to + 2, 0, 1],
    ['milliseconds', WINDOW.from * 1000, 0, 1],
    ['zero', 0, 0, 1],
    ['half a second', WINDOW.from + 0.5, 1, 0],
  ])('D9 · an event at %s', (_, created_at, events, unreadable) => {
    expect(read(pagesOf([at(created_at)])).found).toMatchObject({ events, unreadable });
  });

  it('D9 · a window of one second takes its own and no neighbour', () => {
    const second = { from: WINDOW.from, to: WINDOW.from };
    const { found, world } = read(
      pagesOf([
        at(WINDOW.from - 1, '1'),
        at(WINDOW.from, '2'),
        at(WINDOW.from, '3'),
        at(WINDOW.from + 1, '4'),
      ]),
      second,
    );
    expect(found).toMatchObject({ events: 2, unreadable: 0 });
    expect(queryOf(world.requests[0]!.request)).toMatchObject({
      'filter[created_at][from]': `${WINDOW.from - 1}`,
      'filter[created_at][to]': `${WINDOW.from + 1}`,
    });
  });

  it('D2 · D6 · D7 · records that cannot be read are counted, each once however often it is seen', () => {
    const broken = [
      {},
      null,
      { ...event('1'), created_at: 'soon' },
      { ...event('2'), type: '' },
      { ...event(''), id: '' },
    ];
    expect(read(pagesOf([event('ok'), ...broken])).found).toMatchObject({ events: 1, unreadable: 5 });
    // The list moves: the second pass sees them again.
    const twice = [...many(100), event('e0'), ...broken];
    expect(read(pagesOf(twice)).found).toMatchObject({ events: 100, unreadable: 5 });
  });
});

describe('D3, D4 · a list that moves while it is read', () => {
  it('D3 · an event on two pages is counted once, and the window is read again', () => {
    const shifted: FakeServer = (request, nth) => {
      const events = nth === 1 ? many(150) : [...many(3, 'new'), ...many(150)];
      return pagesOf(events)(request, nth, 0);
    };
    const { found, world } = read(shifted);
    expect(found).toMatchObject({ events: 153, requests: 4 });
    expect(totalOf(found!.sums)).toBe(153);
    expect(world.requests.map(({ request }) => queryOf(request)['page'])).toEqual(['1', '2', '1', '2']);
  });

  it('D4 · an event that was pushed off a page boundary is found by the second pass', () => {
    const all = many(180);
    const moved: FakeServer = (request, nth, at) =>
      // e99 has moved on to the second page, and e100 to the first, which was read before.
      nth === 2 ? listPage('events', [event('e99'), ...all.slice(101)]) : pagesOf(all)(request, nth, at);
    const { found } = read(moved);
    expect(found).toMatchObject({ events: 180, requests: 4 });
    expect(totalOf(found!.sums)).toBe(180);
  });

  it('D4 · one that shows neighbours alone, and one of them twice, has moved as well: what it hid is found', () => {
    const neighbours = Array.from({ length: 100 }, (_, nth) =>
      event(`n${nth}`, { created_at: WINDOW.from - 1 }),
    );
    // While its first page was read the event stood on the second one, and then on the first.
    const moved: FakeServer = (request, nth, at) =>
      nth === 2
        ? listPage('events', [neighbours[99]])
        : pagesOf(nth === 1 ? [...neighbours, event('x')] : [event('x'), ...neighbours])(request, nth, at);
    expect(read(moved).found).toMatchObject({ events: 1, requests: 4 });
  });

  it('I9 · a list that moves for ever is read three times and no more', () => {
    const restless: FakeServer = (request, nth) => {
      const page = Number(queryOf(request)['page']);
      const items =
        page === 1
          ? many(100, `${Math.floor(nth / 2)}-`)
          : [event('same'), event(`${Math.floor((nth - 1) / 2)}-0`)];
      return listPage('events', items, { next: page === 1 });
    };
    const { found } = read(restless);
    expect(found!.requests).toBe(6);
  });

  it('D3 · the same event twice on one page means the same', () => {
    const { found } = read(pagesOf([event('1'), event('1'), event('2')]));
    expect(found).toMatchObject({ events: 2, requests: 2 });
  });

  it('D3 · a list that stands still is read once', () => {
    expect(read(pagesOf(many(260))).found!.requests).toBe(3);
  });
});

describe('D13, H18 · a window that is not read whole', () => {
  const endless: FakeServer = (_, nth) => listPage('events', many(100, `${nth}-`), { next: true });

  it('D13 · one with more than forty pages is given up, to be read in parts', () => {
    const { found, failure, world } = read(endless);
    expect([found, failure]).toEqual([undefined, undefined]);
    expect(world.requests).toHaveLength(41);
  });

  it('D13 · a second cannot be parted: it is read to its end', () => {
    const second = { from: WINDOW.from + 5, to: WINDOW.from + 5 };
    const { found } = read((request, nth, at) => (nth > 60 ? noContent : endless(request, nth, at)), second);
    expect(found).toMatchObject({ events: 6_000, requests: 61 });
  });

  it.each<[string, FakeServer, string]>([
    [
      'breaks on its second page',
      (request, nth, at) => (nth === 1 ? pagesOf(many(150))(request, nth, at) : text('', 502)),
      'server-error',
    ],
    ['is no list', () => json({ _embedded: { events: {} } }), 'malformed'],
    ['is refused', () => json({ title: 'x', status: 400 }, 400), 'refused'],
  ])('I3 · one that %s gives no sums at all', (_, server, code) => {
    const { found, failure } = read(server);
    expect(found).toBeUndefined();
    expect(failure).toMatchObject({ code });
  });
});
