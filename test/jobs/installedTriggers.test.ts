import type { ScheduledFunction } from '../../src/core/entryPoints';
import { NO_PLAN } from '../../src/core/reportPlan';
import { SCHEMA_VERSION } from '../../src/core/tables';
import { TEXTS } from '../../src/core/texts';
import {
  installTriggers,
  keptTriggers,
  tendTriggers,
  uninstallTriggers,
} from '../../src/jobs/installedTriggers';
import { keepPlan, keptPlan } from '../../src/jobs/keptPlan';
import { runJob } from '../../src/jobs/run';
import { takeSnapshot } from '../../src/jobs/snapshot';
import { TooManyTriggers } from '../../src/ports';
import { type InMemory, inMemoryOutside, USER, type WorldParts } from '../support/inMemoryOutside';

const { ru } = TEXTS;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const OTHER = 'colleague@example.com';

const world = (parts: WorldParts = {}) => inMemoryOutside({ settings: {}, ...parts });
const install = (one: InMemory) => installTriggers(one.outside, takeSnapshot(one.outside));
/** What a job does on the side when a trigger has called it. */
function tend(one: InMemory, calledBy: ScheduledFunction = 'dailyReport'): boolean {
  return tendBy(one, calledBy);
}
function tendBy(one: InMemory, calledBy: ScheduledFunction | undefined): boolean {
  let repaired = false;
  runJob(
    one.outside,
    { name: 'dailyReport', calledBy, needsAccount: false, effectOfFailure: () => '' },
    run => {
      repaired = tendTriggers(run, calledBy);
      return undefined;
    },
  );
  return repaired;
}
const kept = ({ properties }: InMemory) => keptTriggers(Object.fromEntries(properties));
const handlers = ({ triggers }: InMemory, owner?: string) =>
  triggers
    .filter(trigger => owner === undefined || trigger.owner === owner)
    .map(({ handler }) => handler)
    .sort();
const BOTH = ['dailyReport', 'hourlyPing'];
const set = (one: InMemory, key: string, value: string | number) => {
  one.contents.settings.find(row => row.key === key)!.value = value;
};

describe('T12 · installTriggers', () => {
  it('T12 · works under the lock and remembers what it made, for whom and when', () => {
    const one = world({ settings: { reportTime: '04:30', pingMinutes: 15 } });
    expect(install(one)).toBeUndefined();
    expect(one.steps.log).toContain('mutex.during');
    expect(one.steps.log.indexOf('mutex.during')).toBeLessThan(one.steps.log.indexOf('triggers.existing'));
    expect(kept(one)).toEqual({
      installed: {
        hourlyPing: {
          ...{ id: one.triggers[0]!.id, heardAt: one.clock.now() },
          schedule: { handler: 'hourlyPing', everyMinutes: 15 },
        },
        dailyReport: {
          ...{ id: one.triggers[1]!.id, heardAt: one.clock.now() },
          schedule: { handler: 'dailyReport', at: '04:30', timeZone: 'Europe/Moscow' },
        },
      },
      ...{ owner: USER, checkedAt: one.clock.now(), isOff: false },
    });
  });

  it('T1 · T12 · a killed installation is mended by the next one', () => {
    for (let nth = 1; nth <= 12; nth += 1) {
      const one = world();
      const snapshot = takeSnapshot(one.outside);
      one.steps.killBefore(nth);
      try {
        installTriggers(one.outside, snapshot);
      } catch {
        // killed
      }
      one.steps.revive();
      installTriggers(one.outside, snapshot);
      expect(handlers(one)).toEqual(BOTH);
    }
  });

  it.each([undefined, '', 'x', 'null', '{}', '5'])('A10 · a memory of %j knows nothing', text => {
    expect(keptTriggers(text === undefined ? {} : { triggers: text })).toEqual({
      ...{ installed: {}, owner: undefined, checkedAt: 0, isOff: false },
    });
  });

  it('T14 · a memory as the first version wrote it is understood', () => {
    const installed = { hourlyPing: { id: 'p', schedule: { handler: 'hourlyPing', everyMinutes: 60 } } };
    expect(keptTriggers({ triggers: JSON.stringify(installed) })).toMatchObject({ installed, checkedAt: 0 });
  });

  it('A10 · a half memory is none', () => {
    const half = { dailyReport: { id: 'd' }, hourlyPing: { id: 'p', schedule: { handler: 'dailyReport' } } };
    expect(keptTriggers({ triggers: JSON.stringify({ installed: half }) }).installed).toEqual({});
    expect(keptTriggers({ triggers: '{"installed":{"dailyReport":{}}}' }).installed).toEqual({});
    expect(
      keptTriggers({ triggers: '{"installed":{"hourlyPing":{"schedule":{"handler":"hourlyPing"}}}}' })
        .installed,
    ).toEqual({});
  });
});

describe('T5 · a second editor', () => {
  it('T5 · is told whose triggers run, and adds none', () => {
    const one = world();
    install(one);
    one.user = OTHER;
    one.clock.pass(HOUR);
    const before = structuredClone(Object.fromEntries(one.properties));
    expect(install(one)).toBe(USER);
    expect(handlers(one)).toEqual(BOTH);
    expect(Object.fromEntries(one.properties)).toEqual(before);
  });

  it.each<[string, number, number, string | undefined]>([
    ['while they are heard of', 3 * HOUR - 1, 0, USER],
    ['when they have been silent for three hours', 3 * HOUR, 0, undefined],
    ['when one ran two hours ago', 9 * HOUR, 7 * HOUR, USER],
    ['when the last ran three hours ago', 9 * HOUR, 6 * HOUR, undefined],
  ])('T5 · %s: whoever left the company does not keep the schedule', (_, now, lastRun, owner) => {
    const one = world();
    install(one);
    const begin = one.clock.now();
    if (lastRun) one.properties.set('usage', JSON.stringify({ lastTriggerRun: begin + lastRun }));
    one.user = OTHER;
    one.clock.pass(now);
    expect(install(one)).toBe(owner);
    expect(handlers(one, OTHER)).toEqual(owner === undefined ? BOTH : []);
    expect(kept(one).owner).toBe(owner ?? OTHER);
  });

  it('T5 · after a take-over the first one’s triggers go as soon as they fire, the second one’s stay', () => {
    const one = world();
    install(one);
    one.user = OTHER;
    one.clock.pass(4 * HOUR);
    install(one);
    one.user = USER;
    one.clock.pass(HOUR);
    expect(tend(one)).toBe(true);
    expect(handlers(one, USER)).toEqual([]);
    expect(handlers(one, OTHER)).toEqual(BOTH);
    expect(kept(one).owner).toBe(OTHER);
  });

  it.each([
    [undefined, USER],
    [USER, undefined],
  ])('T5 · where Google does not tell who somebody is (%p, then %p), set-up goes on', (first, second) => {
    const one = world();
    one.user = first;
    install(one);
    one.user = second;
    expect(install(one)).toBeUndefined();
    expect(kept(one).owner).toBe(second);
  });

  it('G7 · after switching off anybody may set up at once', () => {
    const one = world();
    install(one);
    uninstallTriggers(one.outside);
    one.user = OTHER;
    expect(install(one)).toBeUndefined();
    expect(handlers(one)).toEqual(BOTH);
    expect(kept(one)).toMatchObject({ owner: OTHER, isOff: false });
  });
});

describe('T4, T5, M15 · tendTriggers', () => {
  const later = (parts: WorldParts = {}) => {
    const one = world(parts);
    install(one);
    one.clock.pass(50 * MINUTE);
    return one;
  };

  it('T5 · all is well: nothing changes but when it was looked at', () => {
    const one = later();
    const before = structuredClone(one.triggers);
    expect(tend(one)).toBe(false);
    expect(one.triggers).toEqual(before);
    expect(kept(one).checkedAt).toBe(one.clock.now());
  });

  it('T5 · looks once in 50 minutes', () => {
    const one = world();
    install(one);
    one.triggers.length = 0;
    one.clock.pass(50 * MINUTE - 1);
    expect(tend(one)).toBe(false);
    expect(handlers(one)).toEqual([]);
    one.clock.pass(1);
    expect(tend(one)).toBe(true);
    expect(handlers(one)).toEqual(BOTH);
  });

  it.each<[string, (one: InMemory) => void, boolean]>([
    ['lost', one => one.triggers.splice(1, 1), true],
    [
      'doubled',
      one => one.triggers.push({ id: 'x', handler: 'hourlyPing' }, { id: 'y', handler: 'dailyReport' }),
      true,
    ],
    ['forgotten', one => one.properties.delete('triggers'), false],
  ])('T4 · T5 · a %s one is repaired and told, and other functions’ are left alone', (_, harm, told) => {
    const one = later();
    one.triggers.push({ id: 'mine', handler: 'myOwn' });
    harm(one);
    expect(tend(one)).toBe(true);
    expect(handlers(one)).toEqual([...BOTH, 'myOwn']);
    expect(one.contents.tables.log.map(({ what }) => what)).toEqual(told ? [ru.triggersRepaired] : []);
    expect(tend(one)).toBe(false);
  });

  it.each<[string, string | number, object]>([
    ['pingMinutes', 15, { hourlyPing: { schedule: { everyMinutes: 15 } } }],
    ['reportTime', '05:00', { dailyReport: { schedule: { at: '05:00' } } }],
    ['timeZone', 'Asia/Omsk', { dailyReport: { schedule: { timeZone: 'Asia/Omsk' } } }],
  ])('M15 · T10 · a change of %s takes effect with the next run, however soon', (key, value, installed) => {
    const one = world();
    install(one);
    const before = one.triggers.map(({ id }) => id);
    set(one, key, value);
    expect(tend(one)).toBe(true);
    expect(kept(one).installed).toMatchObject(installed);
    expect(handlers(one)).toEqual(BOTH);
    expect(one.triggers.filter(({ id }) => before.includes(id))).toHaveLength(1);
  });

  it('T5 · a person’s run leaves them alone: the triggers may be another’s', () => {
    const one = later();
    one.triggers.length = 0;
    one.byTrigger = false;
    expect(tend(one)).toBe(false);
    expect(handlers(one)).toEqual([]);
  });

  it('T5 · of a monitor that was switched off whoever still has triggers loses them when they fire', () => {
    const one = later();
    one.user = OTHER;
    uninstallTriggers(one.outside);
    expect(handlers(one, USER)).toEqual(BOTH);
    one.user = USER;
    // Its story does not even begin.
    expect(tend(one)).toBe(false);
    expect(one.triggers).toEqual([]);
    expect(one.contents.tables.log).toEqual([]);
    const { isOff, installed } = kept(one);
    expect([isOff, installed]).toEqual([true, {}]);
  });

  it('Q6 · without the lock they wait for the next run', () => {
    const one = later();
    one.triggers.length = 0;
    one.mutex.busy = true;
    expect(tend(one)).toBe(false);
    one.mutex.busy = false;
    expect(tend(one)).toBe(true);
  });
});

describe('T5, T8, M15 · every job that a trigger calls', () => {
  const PING = { name: 'hourlyPing', needsAccount: true, effectOfFailure: () => '' } as const;
  const READY: WorldParts = { settings: { baseUrl: 'mycompany' }, properties: { token: 'S3CRET' } };

  it.each<[string, () => undefined]>([
    ['works', () => undefined],
    [
      'fails',
      () => {
        throw new Error('x');
      },
    ],
  ])('T5 · looks after the triggers, also one that %s', (_, story) => {
    const one = world(READY);
    runJob(one.outside, PING, story);
    expect(handlers(one)).toEqual(BOTH);
  });

  it('G7 · T5 · after somebody else has switched the monitor off, the triggers go with the first that fires', () => {
    const one = world(READY);
    install(one);
    one.user = OTHER;
    uninstallTriggers(one.outside);
    one.properties.delete('token');
    one.user = USER;
    expect(runJob(one.outside, PING, () => undefined)).toBe(false);
    expect(one.triggers).toEqual([]);
  });

  it('G7 · I7 · where they cannot be removed the run ends all the same, and the next one tries again', () => {
    const one = world(READY);
    install(one);
    one.user = OTHER;
    uninstallTriggers(one.outside);
    one.user = USER;
    one.steps.interfere = port => {
      if (port === 'triggers.remove') throw new Error('Service error');
    };
    expect(runJob(one.outside, PING, () => undefined)).toBe(false);
    expect(handlers(one)).toEqual(BOTH);
    one.steps.interfere = undefined;
    expect(runJob(one.outside, PING, () => undefined)).toBe(false);
    expect(one.triggers).toEqual([]);
  });

  it('T8 · with twenty triggers there already it says what Google says, and fails nothing', () => {
    const one = world(READY);
    for (let nth = 0; nth < 20; nth += 1) one.triggers.push({ id: `t${nth}`, handler: 'myOwn' });
    expect(runJob(one.outside, PING, () => undefined)).toBe(true);
    expect(one.contents.tables.log).toMatchObject([
      {
        ...{ level: 'WARN', what: ru.unexpected('This script has too many triggers') },
        ...{ effect: ru.triggersFailedEffect, todo: ru.unexpectedTodo },
      },
    ]);
    expect(one.triggers).toHaveLength(20);
  });

  it('T8 · nor does it say then that anything was put right', () => {
    const one = world();
    one.steps.interfere = port => {
      if (port === 'triggers.create') throw new Error('Server error');
    };
    expect(tend(one)).toBe(false);
  });

  it('Q9 · G7 · a storage that cannot be read is told, and no reason to remove a trigger', () => {
    const one = world(READY);
    install(one);
    let times = 0;
    one.steps.interfere = port => {
      times += port === 'properties.readAll' ? 1 : 0;
      if (port === 'properties.readAll' && times <= 2) throw new Error('storage');
    };
    expect(runJob(one.outside, PING, () => undefined)).toBe(false);
    expect(handlers(one)).toEqual(BOTH);
    expect(one.contents.tables.log).toMatchObject([{ level: 'ERROR', what: ru.unexpected('storage') }]);
  });

  it('T8 · or which functions have them, where Google’s limit is known', () => {
    const one = world(READY);
    one.steps.interfere = port => {
      if (port === 'triggers.create') throw new TooManyTriggers(['myOwn', 'another']);
    };
    runJob(one.outside, PING, () => undefined);
    expect(one.contents.tables.log).toMatchObject([
      { level: 'WARN', what: ru.tooManyTriggers('myOwn, another'), todo: ru.tooManyTriggersTodo },
    ]);
  });

  it('T1 · T8 · a new schedule that cannot be had leaves the old one running', () => {
    const one = world(READY);
    install(one);
    set(one, 'pingMinutes', 5);
    one.steps.interfere = port => {
      if (port === 'triggers.create') throw new Error('Server error');
    };
    runJob(one.outside, PING, () => undefined);
    expect(handlers(one)).toEqual(BOTH);
    one.steps.interfere = undefined;
    runJob(one.outside, PING, () => undefined);
    expect(handlers(one)).toEqual(BOTH);
    expect(kept(one).installed.hourlyPing?.schedule).toMatchObject({ everyMinutes: 5 });
  });

  it.each<[string, ScheduledFunction, number, ScheduledFunction[]]>([
    ['the report after 3 hours', 'dailyReport', 3 * HOUR, ['hourlyPing']],
    ['the report a little earlier', 'dailyReport', 3 * HOUR - 1, []],
    ['a ping after 3 hours', 'hourlyPing', 3 * HOUR, []],
    ['a ping after 30 hours', 'hourlyPing', 30 * HOUR, ['dailyReport']],
    ['a ping a little earlier', 'hourlyPing', 30 * HOUR - 1, []],
    ['the report after 30 hours', 'dailyReport', 30 * HOUR, ['hourlyPing']],
  ])('T5 · %s of silence knows itself to be alive, and makes the silent one anew', (_, job, later, anew) => {
    const one = world();
    install(one);
    const before = structuredClone(one.triggers);
    one.clock.pass(later);
    expect(tend(one, job)).toBe(anew.length > 0);
    const gone = before.filter(({ id }) => !one.triggers.some(trigger => trigger.id === id));
    expect(gone.map(({ handler }) => handler)).toEqual(anew);
    expect(handlers(one)).toEqual(BOTH);
    expect(kept(one).installed[job]?.heardAt).toBe(one.clock.now());
    for (const handler of anew) expect(kept(one).installed[handler]?.heardAt).toBe(one.clock.now());
  });

  it('T5 · the nightly call is remembered also right after an hourly one, so that it is not taken for silent', () => {
    const one = world();
    install(one);
    one.clock.pass(24 * HOUR);
    tend(one, 'hourlyPing');
    one.clock.pass(MINUTE);
    tend(one, 'dailyReport');
    expect(kept(one).installed.dailyReport?.heardAt).toBe(one.clock.now());
    one.clock.pass(24 * HOUR);
    expect(tend(one, 'hourlyPing')).toBe(false);
  });

  it('T5 · T14 · of one remembered without a time, silence counts from now on', () => {
    const one = world();
    install(one);
    const { installed, ...others } = kept(one);
    const old = Object.fromEntries(
      Object.entries(installed).map(([handler, { id, schedule }]) => [handler, { id, schedule }]),
    );
    one.properties.set('triggers', JSON.stringify({ ...others, installed: old }));
    one.clock.pass(HOUR);
    expect(tend(one, 'hourlyPing')).toBe(false);
    const since = one.clock.now();
    expect(kept(one).installed.dailyReport?.heardAt).toBe(since);
    one.clock.pass(30 * HOUR - 1);
    expect(tend(one, 'hourlyPing')).toBe(false);
    one.clock.pass(HOUR);
    expect(tend(one, 'hourlyPing')).toBe(true);
  });

  it('T5 · a one-off trigger looks after them too, and is none of them', () => {
    const one = world();
    install(one);
    one.clock.pass(4 * HOUR);
    expect(tendBy(one, undefined)).toBe(true);
    expect(handlers(one)).toEqual(BOTH);
  });

  it('T10 · another report time moves the next report too', () => {
    const one = world(READY);
    install(one);
    keepPlan(one.outside, { ...NO_PLAN, since: '2026-11-19', dueAt: 5 });
    set(one, 'reportTime', '06:00');
    runJob(one.outside, PING, () => undefined);
    expect(keptPlan(one.outside).dueAt).toBe(Date.parse('2026-11-20T06:30:00+03:00'));
    keepPlan(one.outside, { ...NO_PLAN, since: '2026-11-19', open: true, dueAt: 5 });
    set(one, 'reportTime', '07:00');
    runJob(one.outside, PING, () => undefined);
    expect(keptPlan(one.outside)).toMatchObject({ open: true, dueAt: 5 });
  });

  it('T14 · sheets of a newer version mean that a newer code is in charge of them', () => {
    const one = world(READY);
    one.contents.schemaVersion = SCHEMA_VERSION + 1;
    runJob(one.outside, PING, () => undefined);
    expect(one.triggers).toEqual([]);
  });
});

describe('G7 · uninstallTriggers', () => {
  it('G7 · removes ours, the one-off ones too, and remembers that we are off', () => {
    const one = world();
    install(one);
    one.triggers.push({ id: 'c', handler: 'continueReport' }, { id: 'mine', handler: 'myOwn' });
    uninstallTriggers(one.outside);
    expect(handlers(one)).toEqual(['myOwn']);
    expect(kept(one)).toEqual({ installed: {}, owner: undefined, checkedAt: one.clock.now(), isOff: true });
  });
});
