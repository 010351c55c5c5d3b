import { LATER } from './asking';
import { oracleReport } from './oracle';
import { Simulator } from './simulator';
import type { NewEvent } from './state';
import { shiftDate, startOfDay } from './wallClock';

const robot = (iso: string, type = 'task_added'): NewEvent => ({ at: Date.parse(iso), type, createdBy: 0 });

function account(events: NewEvent[], timeZone = 'Europe/Moscow'): Simulator {
  return new Simulator({ timeZone, events, users: [{ id: 1, name: 'А', isAdmin: true }] });
}

describe('who counts', () => {
  const by = (createdBy: NewEvent['createdBy'], type: string): NewEvent => ({
    ...robot('2026-11-18T09:00:00Z', type),
    createdBy,
  });
  const simulator = account([
    by(0, 'a'),
    by(null, 'b'),
    by('absent', 'c'),
    by(2, 'd'),
    by(1, 'e'),
    by('1', 'f'),
    by(-5, 'g'),
    by(0, 'incoming_chat_message'),
    by(0, 'site_visit_note_added'),
    by(2, 'incoming_call'),
  ]);
  const counted = (options = {}) => Object.keys(oracleReport(simulator, '2026-11-18', options).counts);

  test('nobody, strangers, and by default clients', () => {
    expect(counted()).toEqual([
      'a',
      'b',
      'c',
      'd',
      'g',
      'incoming_call',
      'incoming_chat_message',
      'site_visit_note_added',
    ]);
    expect(oracleReport(simulator, '2026-11-18')).toMatchObject({ total: 10, automated: 8 });
  });

  test('without clients: only theirs with no author go', () => {
    expect(counted({ clientActionsCount: false })).toEqual(['a', 'b', 'c', 'd', 'g', 'incoming_call']);
  });

  test('service accounts count, remembered users do not', () => {
    expect(counted({ serviceAccounts: [1] })).toEqual(expect.arrayContaining(['e', 'f']));
    expect(counted({ rememberedUsers: [2] })).not.toContain('d');
  });
});

test('fields are one type; ties are ordered by key; the top is cut', () => {
  const at = '2026-11-18T09:00:00Z';
  const types = [
    'b',
    'b',
    'a',
    'a',
    'c',
    'custom_field_1_value_changed',
    'custom_field_2_value_changed',
    'custom_field_value_changed',
  ];
  const simulator = account(types.map(type => robot(at, type)));
  expect(oracleReport(simulator, '2026-11-18', { topEvents: 3 }).top).toEqual([
    ['custom_field_value_changed', 3],
    ['a', 2],
    ['b', 2],
  ]);
});

test('the day is the calendar day of the zone, its last second included', () => {
  const simulator = account([
    robot('2026-11-17T20:59:59.999Z'),
    robot('2026-11-17T21:00:00Z'),
    robot('2026-11-18T20:59:59.999Z'),
    robot('2026-11-18T21:00:00Z'),
  ]);
  expect(oracleReport(simulator, '2026-11-18').total).toBe(2);
  expect(oracleReport(simulator, '2026-11-18', { timeZone: 'UTC' }).total).toBe(2);
  expect(oracleReport(simulator, '2026-11-17', { timeZone: 'UTC' }).total).toBe(2);
});

describe('days when the clocks change', () => {
  const everyHalfHour = (from: string, to: string) => {
    const events: NewEvent[] = [];
    for (let at = Date.parse(from); at < Date.parse(to); at += 1_800_000)
      events.push(robot(new Date(at).toISOString()));
    return events;
  };
  const wide = (date: string) =>
    everyHalfHour(`${shiftDate(date, -1)}T00:00:00Z`, `${shiftDate(date, 2)}T00:00:00Z`);

  test('spring: 23 hours, the third of them missing', () => {
    const { total, hours } = oracleReport(account(wide('2026-03-29'), 'Europe/Berlin'), '2026-03-29');
    expect(total).toBe(46);
    expect(hours.slice(0, 5)).toEqual([2, 2, 0, 2, 2]);
  });

  test('autumn: 25 hours, the third of them double', () => {
    const { total, hours } = oracleReport(account(wide('2026-10-25'), 'Europe/Berlin'), '2026-10-25');
    expect(total).toBe(50);
    expect(hours.slice(0, 5)).toEqual([2, 2, 4, 2, 2]);
  });

  test('half an hour, a skipped midnight, an offset of 5:45', () => {
    expect(oracleReport(account(wide('2026-04-05'), 'Australia/Lord_Howe'), '2026-04-05').total).toBe(49);
    const beirut = oracleReport(account(wide('2026-03-29'), 'Asia/Beirut'), '2026-03-29');
    expect([beirut.total, beirut.hours[0]]).toEqual([46, 0]);
    expect(oracleReport(account(wide('2026-11-18'), 'Asia/Kathmandu'), '2026-11-18').total).toBe(48);
  });
});

test('what was not visible yet can be left out', () => {
  const simulator = account([
    robot('2026-11-18T20:00:00Z'),
    { ...robot('2026-11-18T20:59:58Z'), visibleFrom: LATER },
  ]);
  expect(oracleReport(simulator, '2026-11-18').total).toBe(2);
  expect(oracleReport(simulator, '2026-11-18', { visibleAt: LATER - 1 }).total).toBe(1);
});

test('a day without events', () => {
  expect(oracleReport(account([]), '2026-11-18')).toEqual({
    date: '2026-11-18',
    total: 0,
    automated: 0,
    counts: {},
    hours: new Array(24).fill(0),
    top: [],
  });
});

test('the start of a day, wherever it is', () => {
  expect(startOfDay('2026-11-18', 'Europe/Moscow')).toBe(Date.parse('2026-11-17T21:00:00Z'));
  expect(startOfDay('2026-11-18', 'Pacific/Kiritimati')).toBe(Date.parse('2026-11-17T10:00:00Z'));
  expect(startOfDay('2026-11-18', 'Etc/GMT+12')).toBe(Date.parse('2026-11-18T12:00:00Z'));
  expect(startOfDay('2026-03-29', 'Asia/Beirut')).toBe(Date.parse('2026-03-28T22:00:00Z'));
});
