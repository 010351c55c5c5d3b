import { newCollection } from '../../src/core/collection';
import { hoursOf } from '../../src/core/dayHours';
import { NO_PLAN, type ReportPlan } from '../../src/core/reportPlan';
import { keepCollection, keptCollection } from '../../src/jobs/keptCollection';
import { changePlan, keepPlan, keptPlan } from '../../src/jobs/keptPlan';
import { planFor, type Wanted } from '../../src/jobs/planFor';
import { runJob } from '../../src/jobs/run';
import { LockBusy } from '../../src/ports';
import { type InMemory, inMemoryOutside } from '../support/inMemoryOutside';
import { logged, ping } from '../support/reportStory';

const NIGHT = '2026-11-19T03:05:00+03:00';
const world = (plan: Partial<ReportPlan> = {}, pings: string[] = []) => {
  const one = inMemoryOutside({ settings: {}, now: NIGHT, properties: logged(pings.map(at => ping(at, 5))) });
  keepPlan(one.outside, { ...NO_PLAN, ...plan });
  return one;
};
function planned(one: InMemory, wanted: Wanted, amo: { accountId?: number } = { accountId: 5 }): ReportPlan {
  runJob(one.outside, { name: 'dailyReport', needsAccount: false, effectOfFailure: () => '' }, run => {
    planFor(run, wanted, amo.accountId);
    return undefined;
  });
  return keptPlan(one.outside);
}

describe('T6, M13 · planFor', () => {
  it.each<[string, Partial<ReportPlan>, string[], string | undefined]>([
    ['the first night', {}, [], '2026-11-18'],
    [
      'the first night after days of pings',
      {},
      ['2026-11-16T12:00:00+03:00', '2026-11-14T23:00:00+03:00'],
      '2026-11-14',
    ],
    ['a night after today’s pings alone', {}, ['2026-11-19T01:00:00+03:00'], '2026-11-18'],
    ['the night of the set-up’s own day', { since: '2026-11-20' }, [], '2026-11-18'],
    ['any other night', { since: '2026-11-01' }, ['2026-11-16T12:00:00+03:00'], '2026-11-01'],
  ])('T6 · %s: every day from then on', (_, plan, pings, since) => {
    expect(planned(world(plan, pings), 'nightly')).toEqual({ ...NO_PLAN, accountId: 5, since, open: true });
  });

  it.each<[Wanted, { from: string; to: string }[]]>([
    ['yesterday', [{ from: '2026-11-18', to: '2026-11-18' }]],
    [{ from: '2026-11-01', to: '2026-11-03' }, [{ from: '2026-11-01', to: '2026-11-03' }]],
    ['due', []],
  ])('M13 · %j asks for %j', (wanted, asked) => {
    expect(planned(world(), wanted)).toMatchObject({ asked, open: true, accountId: 5 });
  });

  it('D15 · another account begins with nothing to make up for, and without the other’s collections', () => {
    const one = world({
      accountId: 4,
      since: '2026-11-01',
      last: '2026-11-10',
      failures: 3,
      tries: { '2026-11-11': 3 },
    });
    const hours = hoursOf('2026-11-17', 'UTC');
    const collection = newCollection('2026-11-17', 'UTC', hours, {
      accountId: 4,
      serviceAccounts: [],
      rules: [],
      beganAt: 1,
    });
    keepCollection(one.outside, 'collection', collection);
    keepCollection(one.outside, 'reported', collection);
    expect(planned(one, 'yesterday')).toEqual({
      ...{ ...NO_PLAN, accountId: 5, open: true },
      // Pings taken until now measured another company.
      pingsFrom: Date.parse(NIGHT) / 1000,
      asked: [{ from: '2026-11-18', to: '2026-11-18' }],
    });
    expect(keptCollection(one.outside, 'collection')).toBeUndefined();
    expect(keptCollection(one.outside, 'reported')).toBeUndefined();
  });

  it.each([4, undefined])(
    'D15 · where amoCRM does not tell, the plan stays as it is (of account %p)',
    accountId => {
      const plan = { accountId, since: '2026-11-01', failures: 3 };
      const one = world(plan);
      planned(one, { from: '2026-10-01', to: '2026-10-01' }, {});
      expect(keptPlan(one.outside)).toMatchObject({
        ...plan,
        asked: [{ from: '2026-10-01', to: '2026-10-01' }],
      });
    },
  );

  it('D15 · pings of the account before ask for no day', () => {
    const one = world({ accountId: 4 }, ['2026-11-16T12:00:00+03:00']);
    expect(planned(one, 'nightly').since).toBe('2026-11-18');
    const later = world({ accountId: 5, pingsFrom: Date.parse('2026-11-17T00:00:00+03:00') / 1000 }, [
      '2026-11-16T12:00:00+03:00',
      '2026-11-17T12:00:00+03:00',
    ]);
    expect(planned(later, 'nightly').since).toBe('2026-11-17');
    const since = '2026-11-17T00:00:00+03:00';
    const first = world({ accountId: 5, pingsFrom: Date.parse(since) / 1000 }, [since]);
    expect(planned(first, 'nightly').since).toBe('2026-11-17');
  });

  it('D15 · the same account goes on', () => {
    const plan = {
      accountId: 5,
      since: '2026-11-01',
      last: '2026-11-10',
      failures: 3,
      tries: { '2026-11-11': 3 },
    };
    expect(planned(world(plan), 'due')).toMatchObject({ ...plan, open: true });
  });
});

describe('T3 · changePlan', () => {
  it('T3 · changes the plan as it is now, under the lock', () => {
    const one = world({ since: '2026-11-01' });
    one.steps.log.length = 0;
    changePlan(one.outside, plan => ({ ...plan, last: '2026-11-02' }));
    expect(keptPlan(one.outside)).toMatchObject({ since: '2026-11-01', last: '2026-11-02' });
    expect(one.steps.log.slice(0, 3)).toEqual([
      'mutex.during',
      'properties.readAll',
      'properties.change reports',
    ]);
    one.mutex.busy = true;
    expect(() => changePlan(one.outside, plan => plan)).toThrow(LockBusy);
  });
});
