import type { World } from '../emulator/world';
import { NOON, smallWorld } from './support/smallWorld';

const CODE = `
function tick(e) { return e; }
function other() {}
function make(build) { return ScriptApp.newTrigger('tick').timeBased()[build]().create(); }
function install(steps) {
  let builder = ScriptApp.newTrigger(steps.handler || 'tick').timeBased();
  for (const [method, argument] of steps.list) builder = builder[method](argument);
  return builder.create().getUniqueId();
}
function atDate(e) { return ScriptApp.newTrigger('tick').timeBased().at(e.at).create().getUniqueId(); }
function list() {
  return ScriptApp.getProjectTriggers().map(t =>
    [t.getHandlerFunction(), String(t.getEventType()), t.getEventType() === ScriptApp.EventType.CLOCK,
      String(t.getTriggerSource()), t.getTriggerSourceId()]);
}
function removeAll() { for (const t of ScriptApp.getProjectTriggers()) ScriptApp.deleteTrigger(t); }
function removeTwice() { const [t] = ScriptApp.getProjectTriggers(); ScriptApp.deleteTrigger(t); ScriptApp.deleteTrigger(t); }
function twenty() { for (let i = 0; i < 21; i += 1) ScriptApp.newTrigger('tick').timeBased().everyHours(1).create(); }
function renew(e) {
  for (const t of ScriptApp.getProjectTriggers()) if (t.getUniqueId() === e.triggerUid) ScriptApp.deleteTrigger(t);
  ScriptApp.newTrigger('renew').timeBased().after(60000).create();
}
function slow() { Utilities.sleep(180000); }`;

type Step = [string, unknown];

function install(world: World, list: Step[], handler = 'tick'): string {
  const { error, value } = world.run('install', { event: { list, handler } });
  if (error) throw new Error(error.message);
  return value as string;
}

const local = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at);

describe('installing', () => {
  it.each<[Step[], string]>([
    [[['everyMinutes', 5]], 'everyMinutes(5)'],
    [[['everyHours', 1]], 'everyHours(1)'],
    [
      [
        ['everyHours', 6],
        ['nearMinute', 0],
      ],
      'everyHours(6) nearMinute(0)',
    ],
    [
      [
        ['everyDays', 1],
        ['atHour', 3],
        ['nearMinute', 0],
      ],
      'everyDays(1) atHour(3) nearMinute(0) Europe/Moscow',
    ],
    [
      [
        ['atHour', 3],
        ['everyDays', 2],
        ['inTimezone', 'Asia/Kathmandu'],
      ],
      'everyDays(2) atHour(3) Asia/Kathmandu',
    ],
    [[['after', 60_000]], 'at 2026-11-20T09:01:00.000Z'],
  ])('%j is written down', (steps, schedule) => {
    const world = smallWorld(CODE);
    install(world, steps);
    expect(world.triggers[0]?.schedule.split(' ').sort()).toEqual(schedule.split(' ').sort());
    expect(world.triggers[0]).toMatchObject({ handler: 'tick', owner: 'owner@example.com' });
    expect(world.run('list').value).toEqual([['tick', 'CLOCK', true, 'CLOCK', null]]);
  });

  it.each<[Step[], string]>([
    [
      [['everyMinutes', 7]],
      'The value you passed to everyMinutes was invalid. It must be one of 1, 5, 10, 15 or 30.',
    ],
    [[['everyMinutes', 60]], 'The value you passed to everyMinutes was invalid'],
    [[['everyHours', 3]], 'It must be one of 1, 2, 4, 6, 8 or 12.'],
    [
      [
        ['everyDays', 1],
        ['atHour', 24],
      ],
      'It must be between 0 and 23.',
    ],
    [
      [
        ['everyDays', 1],
        ['nearMinute', 60],
      ],
      'It must be between 0 and 59.',
    ],
    [
      [
        ['everyDays', 1],
        ['inTimezone', 'Mars/Olympus'],
      ],
      'Invalid argument: timezone',
    ],
    [
      [
        ['everyDays', 1],
        ['everyHours', 1],
      ],
      'already set to everyDays',
    ],
    [
      [
        ['everyMinutes', 5],
        ['nearMinute', 1],
      ],
      'nearMinute needs everyHours',
    ],
    [[['atHour', 3]], 'it has no time'],
    [[['everyDays', 1.5]], "don't match the method signature"],
  ])('%j is refused', (steps, message) => {
    expect(() => install(smallWorld(CODE), steps)).toThrow(message);
  });

  it('needs a function that the bundle declares, a time to come and room', () => {
    const world = smallWorld(CODE);
    expect(() => install(world, [['everyHours', 1]], 'nobody')).toThrow('Script function not found: nobody');
    expect(world.run('atDate', { event: { at: new Date(NOON - 1) } }).error?.message).toBe(
      'Invalid argument: date',
    );
    expect(world.run('twenty').error?.message).toMatch('This script has too many triggers.');
    expect(world.triggers).toHaveLength(20);
    expect(world.run('list', { user: 'second@example.com' }).value).toEqual([]);
    expect(world.run('removeAll', { user: 'second@example.com' }).error).toBeUndefined();
    expect(world.triggers).toHaveLength(20);
    expect(world.run('removeTwice').error?.message).toBe('Invalid argument: trigger');
    expect(world.run('removeAll').error).toBeUndefined();
    expect(world.triggers).toHaveLength(0);
  });
});

describe('firing', () => {
  it('hands over the documented event in UTC, as the trigger’s owner', () => {
    const world = smallWorld(CODE);
    const id = install(world, [
      ['everyDays', 1],
      ['atHour', 3],
      ['nearMinute', 30],
    ]);
    const [outcome] = world.advanceTo(NOON + 86_400_000, { jitter: 0 });
    expect(outcome).toMatchObject({ functionName: 'tick', context: 'clock', triggerId: id });
    expect(outcome?.value).toEqual({
      authMode: 'FULL',
      year: 2026,
      month: 11,
      'day-of-month': 21,
      'day-of-week': 6,
      'week-of-year': 47,
      hour: 0,
      minute: 30,
      second: 0,
      timezone: 'UTC',
      triggerUid: id,
    });
    expect(world.now()).toBe(NOON + 86_400_000);
  });

  it.each([
    [
      'Europe/Berlin',
      Date.UTC(2026, 2, 27, 12),
      ['2026-03-28 02:30', '2026-03-29 03:30', '2026-03-30 02:30'],
    ],
    [
      'Europe/Berlin',
      Date.UTC(2026, 9, 23, 12),
      ['2026-10-24 02:30', '2026-10-25 02:30', '2026-10-26 02:30'],
    ],
    [
      'Asia/Kathmandu',
      Date.UTC(2026, 9, 23, 12),
      ['2026-10-24 02:30', '2026-10-25 02:30', '2026-10-26 02:30'],
    ],
  ])('keeps to the wall clock of %s over its changes', (zone, now, expected) => {
    const world = smallWorld(CODE, { now });
    install(world, [
      ['everyDays', 1],
      ['atHour', 2],
      ['nearMinute', 30],
      ['inTimezone', zone],
    ]);
    const fired = world.advanceTo(now + 3 * 86_400_000, { jitter: 0 });
    expect(fired.map(({ startedAt }) => local(startedAt, zone))).toEqual(expected);
  });

  it('is off by up to a quarter of an hour near a minute, and never comes twice or not at all', () => {
    const world = smallWorld(CODE);
    install(world, [
      ['everyDays', 1],
      ['atHour', 3],
      ['nearMinute', 0],
    ]);
    const nominal = Date.UTC(2026, 10, 21);
    const fired = world
      .advanceTo(NOON + 60 * 86_400_000)
      .map(({ startedAt }, day) => startedAt - nominal - day * 86_400_000);
    expect(fired).toHaveLength(60);
    expect(Math.max(...fired)).toBeLessThanOrEqual(15 * 60_000);
    expect(Math.min(...fired)).toBeGreaterThanOrEqual(-15 * 60_000);
    expect(Math.max(...fired) - Math.min(...fired)).toBeGreaterThan(15 * 60_000);
  });

  it('keeps a random minute from day to day, and a phase from hour to hour', () => {
    const world = smallWorld(CODE, { seed: 5 });
    install(world, [
      ['everyDays', 1],
      ['atHour', 3],
    ]);
    const days = world
      .advanceTo(NOON + 5 * 86_400_000)
      .map(({ startedAt }) => local(startedAt, 'Europe/Moscow').slice(11, 14));
    expect(days).toEqual(Array(5).fill('03:'));
    world.run('removeAll');
    install(world, [['everyHours', 2]]);
    const from = world.now();
    const hours = world.advanceTo(from + 86_400_000, { jitter: 0 }).map(({ startedAt }) => startedAt);
    expect(hours).toHaveLength(12);
    expect(new Set(hours.map(at => at % 7_200_000)).size).toBe(1);
    world.run('removeAll');
    install(world, [['everyMinutes', 15]]);
    expect(world.advanceTo(world.now() + 86_400_000)).toHaveLength(96);
  });

  it('fires in the order of time, a late one after the long one before it', () => {
    const world = smallWorld(CODE);
    install(world, [['after', 120_000]], 'other');
    install(world, [['after', 60_000]], 'slow');
    const fired = world.advanceTo(NOON + 600_000, { jitter: 0 });
    expect(fired.map(({ functionName, startedAt }) => [functionName, startedAt - NOON])).toEqual([
      ['slow', 60_000],
      ['other', 240_000],
    ]);
  });

  it('leaves spent one-offs in the list; one may replace itself', () => {
    const world = smallWorld(CODE);
    install(world, [['after', 1000]]);
    install(world, [['after', 1000]], 'renew');
    expect(world.advanceTo(NOON + 250_000, { jitter: 0 })).toHaveLength(6);
    expect(world.triggers.map(({ handler, spent }) => [handler, spent])).toEqual([
      ['tick', true],
      ['renew', false],
    ]);
    expect(world.advanceTo(NOON + 310_000, { jitter: 0 })).toHaveLength(1);
  });

  it('loses what falls into a jump, and what the test lets be lost', () => {
    const world = smallWorld(CODE);
    install(world, [['everyMinutes', 30]]);
    world.jumpTo(NOON + 86_400_000);
    expect(world.advanceTo(NOON + 86_400_000 + 3_600_000, { jitter: 0 })).toHaveLength(2);
    expect(world.advanceTo(NOON + 2 * 86_400_000, { each: () => 'lost' })).toHaveLength(0);
    expect(() => world.jumpTo(NOON)).toThrow('The clock cannot go back');
  });
});
