import { amoClient } from '../../src/amocrm/client';
import { type Collection, newCollection } from '../../src/core/collection';
import { hoursOf } from '../../src/core/dayHours';
import { knownUsers } from '../../src/core/knownUsers';
import { collect } from '../../src/jobs/collect';
import { keptCollection } from '../../src/jobs/keptCollection';
import { runJob } from '../../src/jobs/run';
import { type FakeServer, json, listPage, noContent, pathOf, text } from '../support/amoAnswers';
import { inMemoryOutside } from '../support/inMemoryOutside';
import { BUSY_DAY, events, FROM, goOn, NO_PINGS, story, ZONE } from '../support/reportStory';
import { Killed } from '../support/steps';

const WORKING_MS = 200_000;
const of = { accountId: 1, serviceAccounts: [], rules: [], beganAt: 0 };
const FRESH = newCollection('2026-11-18', ZONE, hoursOf('2026-11-18', ZONE), of);
const FIRST_SPAN = 900;

/**
 * A run that goes on with a collection when so much of its time is over. `slow`: which request takes all of it.
 * `killed`: with which answer the platform ends it.
 */
function collected(server: FakeServer, { begun = FRESH, spent = 0, slow = 0, ms = 40, killed = 0 } = {}) {
  const world = inMemoryOutside({
    server: (request, nth, at) => {
      if (nth === killed) world.steps.killBefore(1);
      return server(request, nth, at);
    },
    settings: { baseUrl: 'mycompany' },
    properties: { token: 'S3CRET' },
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
          back = collect(run, amoClient({ clock: world.clock, gate, account: account!, deadline }), begun);
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
