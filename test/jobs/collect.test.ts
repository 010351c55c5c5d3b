import { amoClient } from '../../src/amocrm/client';
import { type Collection, newCollection } from '../../src/core/collection';
import { hoursOf } from '../../src/core/dayHours';
import { knownUsers, usersDocuments } from '../../src/core/knownUsers';
import { storedSums, totalOf, totalsByHour } from '../../src/core/sums';
import { collect } from '../../src/jobs/collect';
import { keptCollection } from '../../src/jobs/keptCollection';
import { runJob } from '../../src/jobs/run';
import type { HttpResult } from '../../src/ports';
import {
  type FakeServer,
  json,
  listPage,
  noConnection,
  noContent,
  pathOf,
  queryOf,
  text,
  timedOut,
} from '../support/amoAnswers';
import { inMemoryOutside } from '../support/inMemoryOutside';
import { BUSY_DAY, events, FROM, goOn, NO_PINGS, story, ZONE } from '../support/reportStory';
import type { WireEvent } from '../support/smallAccount';
import { Killed } from '../support/steps';

const WORKING_MS = 200_000;
const of = { accountId: 1, serviceAccounts: [], rules: [], beganAt: 0 };
const FRESH = newCollection('2026-11-18', ZONE, hoursOf('2026-11-18', ZONE), of);
const FIRST_SPAN = 900;

/**
 * A run that goes on with a collection when so much of its time is over. `slow`: which request takes all of it.
 * `killed`: with which answer the platform ends it.
 */
function collected(
  server: FakeServer,
  { begun = FRESH, spent = 0, slow = 0, ms = 40, killed = 0, users = {} as Record<string, string> } = {},
) {
  const world = inMemoryOutside({
    server: (request, nth, at) => {
      if (nth === killed) world.steps.killBefore(1);
      return server(request, nth, at);
    },
    settings: { baseUrl: 'mycompany' },
    properties: { token: 'S3CRET', ...users },
    workingMs: WORKING_MS,
    latency: nth => (nth === slow ? WORKING_MS : ms),
  });
  let back: Collection | undefined;
  let failure: unknown;
  const run = () =>
    runJob(
      world.outside,
      { name: 'dailyReport', holds: 'dailyReport', needsAccount: true, effectOfFailure: () => '' },
      run => {
        world.clock.pass(spent);
        const { account, deadline, gate } = run;
        try {
          back = collect(
            run,
            amoClient({ clock: world.clock, gate, account: account!, deadline }),
            begun,
            () => new Map(),
          );
        } catch (error) {
          failure = error;
        }
        return undefined;
      },
    );
  try {
    run();
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
  expect(world.steps.died).toBe(killed > 0);
  world.steps.revive();
  return { back, failure, world, kept: keptCollection(world.outside, 'collection') };
}
/** A page after which there is always another one. */
const onAndOn: FakeServer = (_, nth) =>
  listPage('events', [{ id: `e${nth}`, type: 'a', created_at: FROM, created_by: 0 }], { next: true });

/** The events of an account, found as amoCRM finds them: with the borders, newest first. */
function listing(all: readonly WireEvent[]): FakeServer {
  const newestFirst = [...all].sort((a, b) => Number(b.created_at) - Number(a.created_at));
  return request => {
    const query = queryOf(request);
    const [from, to] = ['from', 'to'].map(end => Number(query[`filter[created_at][${end}]`]));
    const found = newestFirst.filter(({ created_at: at }) => Number(at) >= from! && Number(at) <= to!);
    const begin = (Number(query['page']) - 1) * 100;
    const page = found.slice(begin, begin + 100);
    return page.length === 0 ? noContent : listPage('events', page, { next: begin + 100 < found.length });
  };
}

const at10 = (id: string, more: Partial<WireEvent> = {}): WireEvent => ({
  ...{ id, type: 'a', created_at: FROM + 36_005, created_by: 0 },
  ...more,
});

describe('M4, M11 · what is counted', () => {
  it('M11 · by type, actor and hour; authors are users only', () => {
    const all = [
      at10('1'),
      at10('2', { type: 'incoming_call' }),
      at10('3', { created_by: 101 }),
      at10('4', { created_by: 102 }),
      at10('5', { created_by: 555 }),
      at10('6', { type: 'custom_field_7_value_changed', created_by: null }),
      at10('7', { created_by: 104 }),
      // The neighbours of the day.
      at10('8', { created_at: FROM - 1 }),
      at10('9', { created_at: FROM + 86_400 }),
    ];
    const users = Object.fromEntries([
      ...usersDocuments(new Set([101, 104])),
      ...usersDocuments(new Set([101]), 'present'),
    ]);
    const { kept } = collected(listing(all), { users, begun: { ...FRESH, serviceAccounts: [102] } });
    const { types, authors } = storedSums(kept!.sums);
    expect(types).toEqual({
      '0:a': 'K1',
      '1:incoming_call': 'K1',
      // What people do is counted whatever its type.
      '4:': 'K1',
      '2:a': 'K1',
      '3:a': 'K1',
      '3:custom_field_value_changed': 'K1',
      '5:': 'K1',
    });
    // Neither strangers nor those who left.
    expect(authors).toEqual({ '101': 'K1.0', '102': 'K1.0' });
  });

  it('T9 · to the hour that the clocks show, whatever hours a window spans; M6 · in order of time', () => {
    const paid = { lead_status: { id: 142, pipeline_id: 7 } };
    const all = [
      at10('2', { created_at: FROM + 39_600, type: 'lead_added', entity_type: 'lead', entity_id: 2 }),
      at10('3', { created_at: FROM + 43_199, type: 'lead_added', entity_type: 'lead', entity_id: 3 }),
      at10('1', { type: 'lead_status_changed', value_after: [paid] }),
    ];
    const { kept } = collected(listing(all));
    expect(totalsByHour(kept!.sums).slice(10, 12)).toEqual([1, 2]);
    // The first event is the example.
    expect(storedSums(kept!.sums).processes).toEqual({
      '0:lead_status_changed': { 's7/142': 'K1.1.' },
      '0:lead_added': { '': 'L2.2.lead:2' },
    });
  });

  it('D9 · half a second counts to its second', () => {
    const { kept } = collected(listing([at10('1', { created_at: FROM + 36_000.5 })]));
    expect(totalOf(kept!.sums)).toBe(1);
  });
});

describe('M3, N2, H16 · rounds in which something fails', () => {
  const busy = events('a', 6_000);
  const listed = listing(busy);
  /** A server over the busy day that fails as told. */
  const failing =
    (fault: (nth: number) => HttpResult | undefined): FakeServer =>
    (request, nth, at) =>
      fault(nth) ?? listed(request, nth, at);
  const total = ({ kept }: ReturnType<typeof collected>) => totalOf(kept!.sums) + totalOf(kept!.tail);

  it.each<[string, (nth: number) => HttpResult | undefined]>([
    ['nothing fails', () => undefined],
    ['N2 · a connection is lost, and all that left with it', nth => (nth === 20 ? noConnection : undefined)],
    ['N3 · answers are lost for a while', nth => (nth > 15 && nth < 24 ? timedOut : undefined)],
    ['H16 · every fourth request fails', nth => (nth % 4 === 0 ? text('', 502) : undefined)],
    ['H15 · every fifth is refused as too many', nth => (nth % 5 === 0 ? text('', 429) : undefined)],
    ['H17 · a page in place of JSON', nth => (nth % 9 === 0 ? text('<html></html>', 200) : undefined)],
    ['N4 · answers are cut', nth => (nth % 6 === 0 ? text('{"_embedded":{"events":[', 200) : undefined)],
  ])('I1 · %s: each event counts once', (_, fault) => {
    const all = collected(failing(fault));
    expect(all.failure).toBeUndefined();
    expect(total(all)).toBe(6_000);
    expect(all.kept).toMatchObject({ phase: 'collected', unreadable: 0 });
    expect(all.kept!.requests).toBe(all.world.requests.length);
  });

  it('N2 · after a batch was lost fewer leave together, and then more again', () => {
    const { world } = collected(failing(nth => (nth === 20 ? noConnection : undefined)));
    const batches = [...new Set(world.requests.map(({ sent }) => sent))].map(
      sent => world.requests.filter(one => one.sent === sent).length,
    );
    const lost = batches.findIndex((_, index) => batches.slice(0, index + 1).reduce((a, b) => a + b) >= 20);
    expect(batches.slice(lost, lost + 5)).toEqual([5, 2, 3, 4, 5]);
  });

  it('H9 · a block in the middle of a round ends the run; what was read whole before it stays', () => {
    const block = text('<html></html>', 403, { 'content-type': 'text/html' });
    const all = collected(failing(nth => (nth === 33 ? block : undefined)));
    expect(all.failure).toMatchObject({ code: 'blocked' });
    expect(total(all)).toBeGreaterThan(0);
    expect(total(all)).toBe(busy.filter(({ created_at: at }) => Number(at) < all.kept!.next).length);
    const [last] = all.world.requests.slice(-1);
    expect(all.world.requests.filter(({ sent }) => sent === last!.sent).length).toBeGreaterThan(1);
  });
});

describe('T2, D13 · a run that ends in the middle of a window', () => {
  it('T2 · with nothing read although it had a run’s whole time: the window is read in parts from now on', () => {
    const { back, kept, failure } = collected(onAndOn, { slow: 1 });
    expect(failure).toBeUndefined();
    expect(kept).toMatchObject({ next: FROM, span: Math.ceil(FIRST_SPAN / 8), requests: 1 });
    expect(back).toEqual(kept);
  });

  it('T2 · begun when half of the run was over: the next one has time enough for the same window', () => {
    const { back, kept, failure } = collected(onAndOn, { slow: 1, spent: WORKING_MS / 2 });
    expect(failure).toBeUndefined();
    expect(kept).toMatchObject({ next: FROM, span: FIRST_SPAN });
    expect(back).toEqual(kept);
  });

  it('T2 · with a window read before it: the next run goes on there, with windows as long as this one’s', () => {
    const { back, kept, failure } = collected(
      (request, nth, at) => (nth === 1 ? noContent : onAndOn(request, nth, at)),
      { slow: 2 },
    );
    expect(failure).toBeUndefined();
    expect(kept).toMatchObject({ next: FROM + FIRST_SPAN, span: 4 * FIRST_SPAN, requests: 2 });
    expect(back).toEqual(kept);
  });

  it('D13 · a single second that no run is long enough for is told as it is', () => {
    const { failure } = collected(onAndOn, { slow: 1, begun: { ...FRESH, span: 1 } });
    expect(failure).toMatchObject({ code: 'too-crowded' });
  });
});

describe('H16, I3 · a window that amoCRM does not give', () => {
  const broken: FakeServer = () => text('', 502);
  const refusing: FakeServer = () => json({ title: 'x', status: 400 }, 400);

  it.each<[string, FakeServer, number, string, number]>([
    ['the first one breaks', broken, FIRST_SPAN, 'server-error', Math.ceil(FIRST_SPAN / 8)],
    ['the first one, of a second, breaks', broken, 1, 'server-error', 1],
    ['the first one is refused', refusing, FIRST_SPAN, 'refused', FIRST_SPAN],
  ])('H16 · %s: what is asked next', (_, server, span, code, next) => {
    const { failure, kept } = collected(server, { begun: { ...FRESH, span } });
    expect(failure).toMatchObject({ code });
    expect(kept).toMatchObject({ next: FROM, span: next });
  });

  it('I3 · one that breaks after others were read: those stay, and windows are as long as they were', () => {
    const { failure, kept } = collected((_, nth) => (nth === 1 ? noContent : text('', 502)));
    expect(failure).toMatchObject({ code: 'server-error' });
    expect(kept).toMatchObject({ next: FROM + FIRST_SPAN, span: 4 * FIRST_SPAN });
  });
});

describe('T1, Q4 · what is kept, and when', () => {
  it('T1 · killed without warning: what was read until twenty seconds before is there, written once', () => {
    // Windows of 900, 3,600, 14,400 and 28,800 seconds, and a fifth one, each read in five seconds.
    const { kept, world } = collected(() => noContent, { ms: 5_000, killed: 5 });
    expect(kept).toMatchObject({ phase: 'reading', next: FROM + 47_700, requests: 4 });
    expect(world.steps.log.filter(step => step === 'properties.change collection')).toHaveLength(1);
  });

  it('T2 · a day that is read already asks for nothing and writes nothing', () => {
    const begun: Collection = { ...FRESH, phase: 'collected' };
    const { back, world } = collected(onAndOn, { begun });
    expect(back).toEqual(begun);
    expect(world.requests).toEqual([]);
    expect(world.steps.log.filter(step => /^properties\.change .*(sums|collection)/.test(step))).toEqual([]);
  });
});

describe('M4 · the register of users', () => {
  it('Q4 · is written when somebody is new, and at no other time', () => {
    const { amo, world, run } = story({}, NO_PINGS);
    const written = () => world.steps.log.filter(step => step.startsWith('properties.change users')).length;
    run();
    expect(written()).toBe(1);
    run();
    expect(written()).toBe(1);
    amo.users = [101, 103];
    run();
    expect(written()).toBe(2);
    expect([...knownUsers(Object.fromEntries(world.properties))].sort()).toEqual([101, 102, 103]);
  });

  it('M4 · lost in the middle of a day: asked for anew, so that people do not count as automation', () => {
    const many = [...BUSY_DAY, ...events('task_added', 3_000, { created_by: 101 })];
    const { world, tables, run } = story(
      { events: many },
      { ...NO_PINGS, latency: () => 1_000, workingMs: 40_000 },
    );
    run();
    expect(tables.report).toEqual([]);
    world.properties.delete('users.0');
    expect([...world.properties.keys()].filter(name => name.startsWith('users'))).toEqual([]);
    const before = world.requests.length;
    goOn(world);
    const paths = world.requests.slice(before).map(({ request }) => pathOf(request));
    expect(paths.filter(path => path === '/api/v4/users')).toHaveLength(1);
    expect(tables.days).toMatchObject([{ events: 3_306, automated: 229, manual: 3_077 }]);
  });
});
