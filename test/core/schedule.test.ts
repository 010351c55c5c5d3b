import {
  type Installed,
  type Schedule,
  sameSchedules,
  triggerRepair,
  wantedSchedules,
} from '../../src/core/schedule';

const wanted = wantedSchedules({ pingMinutes: 60, reportTime: '03:00' }, 'Europe/Moscow');
const [pings, report] = wanted as [Schedule, Schedule];
const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-20T12:00:00Z');
const pingTrigger = { id: 'p', handler: 'hourlyPing' };
const reportTrigger = { id: 'r', handler: 'dailyReport' };
const installed: Installed = {
  hourlyPing: { id: 'p', schedule: pings },
  dailyReport: { id: 'r', schedule: report },
};

describe('T12, M1 · wantedSchedules', () => {
  it('T12 · the report once a day in the zone of the report, M1 · the ping by its minutes', () => {
    expect(wantedSchedules({ pingMinutes: 15, reportTime: '04:30' }, 'Asia/Omsk')).toEqual([
      { handler: 'hourlyPing', everyMinutes: 15 },
      { handler: 'dailyReport', at: '04:30', timeZone: 'Asia/Omsk' },
    ]);
  });
});

describe('T12 · triggerRepair', () => {
  it.each<[string, { id: string; handler: string }[], Installed, string[], string[]]>([
    ['nothing is there', [], {}, [], ['hourlyPing', 'dailyReport']],
    ['all is well', [pingTrigger, reportTrigger], installed, [], []],
    ['one was lost', [pingTrigger], installed, [], ['dailyReport']],
    [
      'a copy stands beside',
      [pingTrigger, { ...pingTrigger, id: 'p2' }, reportTrigger],
      installed,
      ['p2'],
      [],
    ],
    ['the memory was lost', [pingTrigger, reportTrigger], {}, ['p', 'r'], ['hourlyPing', 'dailyReport']],
    [
      'other functions have triggers',
      [{ id: 'x', handler: 'myOwn' }, pingTrigger, reportTrigger],
      installed,
      [],
      [],
    ],
    [
      'an id now belongs to another function',
      [{ id: 'p', handler: 'myOwn' }, reportTrigger],
      installed,
      [],
      ['hourlyPing'],
    ],
  ])('T12 · %s', (_, existing, remembered, remove, create) => {
    const repair = triggerRepair(wanted, existing, remembered, NOW);
    expect(repair.remove).toEqual(remove);
    expect(repair.create.map(({ handler }) => handler)).toEqual(create);
  });

  it.each<[string, Schedule[], string[]]>([
    ['another time', wantedSchedules({ pingMinutes: 60, reportTime: '04:00' }, 'Europe/Moscow'), ['r']],
    ['another zone', wantedSchedules({ pingMinutes: 60, reportTime: '03:00' }, 'Asia/Omsk'), ['r']],
    ['other minutes', wantedSchedules({ pingMinutes: 5, reportTime: '03:00' }, 'Europe/Moscow'), ['p']],
  ])('T12 · %s: the old trigger goes, a new one comes', (_, now, remove) => {
    const repair = triggerRepair(now, [pingTrigger, reportTrigger], installed, NOW);
    expect(repair.remove).toEqual(remove);
    expect(repair.create).toHaveLength(1);
    expect(Object.keys(repair.keep)).toHaveLength(1);
  });

  it.each<[string, keyof Installed, number | undefined, boolean]>([
    ['pings three hours ago', 'hourlyPing', 3 * HOUR, true],
    ['pings a little later', 'hourlyPing', 3 * HOUR - 1, false],
    ['the report thirty hours ago', 'dailyReport', 30 * HOUR, true],
    ['the report a little later', 'dailyReport', 30 * HOUR - 1, false],
    ['pings at a time unknown', 'hourlyPing', undefined, false],
    ['the report at a time unknown', 'dailyReport', undefined, false],
  ])(
    'T5 · last heard from %s: only one that stands in the list and is silent is made anew',
    (_, handler, ago, anew) => {
      const heardAt = ago === undefined ? {} : { heardAt: NOW - ago };
      const remembered = { ...installed, [handler]: { ...installed[handler]!, ...heardAt } };
      const { create, remove } = triggerRepair(wanted, [pingTrigger, reportTrigger], remembered, NOW);
      expect(create.map(schedule => schedule.handler)).toEqual(anew ? [handler] : []);
      expect(remove).toEqual(anew ? [installed[handler]!.id] : []);
    },
  );

  it('T12 · after the repair each handler has exactly one trigger, wherever it began', () => {
    const handlers = ['hourlyPing', 'dailyReport', 'myOwn'];
    for (let mask = 0; mask < 3 ** 4; mask += 1) {
      const existing = [0, 1, 2, 3].map(n => ({
        id: `t${n}`,
        handler: handlers[Math.floor(mask / 3 ** n) % 3]!,
      }));
      const remembered: Installed = { hourlyPing: { id: 't1', schedule: pings } };
      const { keep, remove, create } = triggerRepair(wanted, existing, remembered, NOW);
      const after = [
        ...existing.filter(({ id }) => !remove.includes(id)),
        ...create.map(({ handler }) => ({ id: 'new', handler: handler as string })),
      ];
      for (const handler of ['hourlyPing', 'dailyReport']) {
        expect(after.filter(trigger => trigger.handler === handler)).toHaveLength(1);
      }
      expect(after.filter(({ handler }) => handler === 'myOwn')).toHaveLength(
        existing.filter(({ handler }) => handler === 'myOwn').length,
      );
      expect(Object.values(keep).every(({ id }) => existing.some(trigger => trigger.id === id))).toBe(true);
    }
  });
});

describe('T5, M15 · sameSchedules', () => {
  it.each<[string, Installed, Schedule[], boolean]>([
    ['what was made', installed, wanted, true],
    ['one is missing', { hourlyPing: installed.hourlyPing! }, wanted, false],
    ['nothing was made', {}, wanted, false],
    [
      'other minutes',
      installed,
      wantedSchedules({ pingMinutes: 30, reportTime: '03:00' }, 'Europe/Moscow'),
      false,
    ],
    [
      'another time',
      installed,
      wantedSchedules({ pingMinutes: 60, reportTime: '03:30' }, 'Europe/Moscow'),
      false,
    ],
    [
      'another zone',
      installed,
      wantedSchedules({ pingMinutes: 60, reportTime: '03:00' }, 'Asia/Omsk'),
      false,
    ],
    ['one of them is wanted', installed, [report], true],
    ['one was made for the other handler', { hourlyPing: { id: 'p', schedule: report } }, [pings], false],
    ['and the other way round', { dailyReport: { id: 'r', schedule: pings } }, [report], false],
  ])('M15 · %s: %p', (_, made, now, same) => {
    expect(sameSchedules(made, now)).toBe(same);
  });
});
