import fc from 'fast-check';
import { formatDate, parseDate } from './simpleDateFormat';
import { instantOf, offsetAt, wallClock } from './zone';

// Checked against the tables of the time zone database and java.text.SimpleDateFormat's documentation.
describe('formatDate', () => {
  const at = Date.UTC(2026, 10, 20, 21, 5, 9, 7);

  it.each([
    ['yyyy-MM-dd HH:mm:ss', 'UTC', '2026-11-20 21:05:09'],
    ['yyyy-MM-dd HH:mm:ss', 'Europe/Moscow', '2026-11-21 00:05:09'],
    ['yyyy-MM-dd HH:mm:ss', 'Asia/Kathmandu', '2026-11-21 02:50:09'],
    ['yyyy-MM-dd HH:mm:ss', 'America/New_York', '2026-11-20 16:05:09'],
    ['yyyy-MM-dd HH:mm:ss', 'GMT+3', '2026-11-21 00:05:09'],
    ['d.M.yy h:mm a', 'UTC', '20.11.26 9:05 PM'],
    ['h a', 'Europe/Moscow', '12 AM'],
    ['SSS|S|s', 'UTC', '007|7|9'],
    ['EEE EEEE u', 'UTC', 'Fri Friday 5'],
    ['MMM MMMM', 'UTC', 'Nov November'],
    ["yyyy-MM-dd'T'HH:mm:ss.SSSXXX", 'Asia/Kathmandu', '2026-11-21T02:50:09.007+05:45'],
    ['X XX XXX Z', 'America/St_Johns', '-03 -0330 -03:30 -0330'],
    ['X XX XXX Z', 'UTC', 'Z Z Z +0000'],
    ['z', 'America/New_York', 'EST'],
    ['z', 'UTC', 'UTC'],
    ['D DDD', 'UTC', '324 324'],
    ["'at' HH 'o''clock' ''", 'UTC', "at 21 o'clock '"],
    ['yyyy год', 'UTC', '2026 год'],
  ])('%s in %s', (pattern, zone, expected) => {
    expect(formatDate(at, zone, pattern)).toBe(expected);
  });

  it.each([
    ['Europe/Berlin', Date.UTC(2026, 2, 29, 0, 59), '01:59 +0100'],
    ['Europe/Berlin', Date.UTC(2026, 2, 29, 1, 0), '03:00 +0200'],
    ['Europe/Berlin', Date.UTC(2026, 9, 25, 0, 59), '02:59 +0200'],
    ['Europe/Berlin', Date.UTC(2026, 9, 25, 1, 0), '02:00 +0100'],
    ['Australia/Lord_Howe', Date.UTC(2026, 0, 1), '11:00 +1100'],
    ['Europe/Moscow', Date.UTC(2014, 9, 25, 21, 59), '01:59 +0400'],
    ['Europe/Moscow', Date.UTC(2014, 9, 25, 22, 0), '01:00 +0300'],
  ])('%s around a change', (zone, instant, expected) => {
    expect(formatDate(instant, zone, 'HH:mm Z')).toBe(expected);
  });

  it('knows the classic traps: week-year and day of the year', () => {
    expect(formatDate(Date.UTC(2026, 11, 27), 'UTC', 'YYYY yyyy')).toBe('2027 2026');
    expect(formatDate(Date.UTC(2026, 11, 26), 'UTC', 'YYYY yyyy')).toBe('2026 2026');
    expect(formatDate(Date.UTC(2028, 11, 31), 'UTC', 'YYYY-MM-DD')).toBe('2029-12-366');
  });

  it.each([
    ['w', 'The pattern letter w is not emulated'],
    ["yyyy 'x", 'Unterminated quote'],
    ['XXXX', 'Invalid ISO 8601 format'],
  ])('refuses %s', (pattern, message) => {
    expect(() => formatDate(at, 'Europe/Moscow', pattern)).toThrow(message);
  });

  it('does not guess a short zone name that Intl lacks', () => {
    expect(() => formatDate(at, 'Europe/Moscow', 'z')).toThrow('z for Europe/Moscow is not emulated');
  });
});

describe('parseDate', () => {
  it.each([
    ['20.11.2026', 'Europe/Moscow', 'dd.MM.yyyy', '2026-11-19T21:00:00.000Z'],
    ['2026-11-20T21:05:09.007+05:45', 'UTC', "yyyy-MM-dd'T'HH:mm:ss.SSSXXX", '2026-11-20T15:20:09.007Z'],
    ['20261120', 'UTC', 'yyyyMMdd', '2026-11-20T00:00:00.000Z'],
    ['12:30 AM', 'UTC', 'h:mm a', '1970-01-01T00:30:00.000Z'],
    [
      'Fri, 20 Nov 2026 12:00:00 GMT',
      'Europe/Moscow',
      'EEE, d MMM yyyy HH:mm:ss z',
      '2026-11-20T12:00:00.000Z',
    ],
    ['2026-03-29 02:30', 'Europe/Berlin', 'yyyy-MM-dd HH:mm', '2026-03-29T01:30:00.000Z'],
    ['2026-10-25 02:30', 'Europe/Berlin', 'yyyy-MM-dd HH:mm', '2026-10-25T00:30:00.000Z'],
  ])('%s in %s by %s', (text, zone, pattern, expected) => {
    expect(new Date(parseDate(text, zone, pattern)).toISOString()).toBe(expected);
  });

  it.each([
    ['32.01.2026', 'dd.MM.yyyy'],
    ['29.02.2026', 'dd.MM.yyyy'],
    ['1.1.2026 and more', 'd.M.yyyy'],
    ['13:00 PM', 'h:mm a'],
    ['', 'yyyy'],
  ])('refuses %s', (text, pattern) => {
    expect(() => parseDate(text, 'UTC', pattern)).toThrow('Unparseable date');
  });
});

describe('zones', () => {
  const instants = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2037, 0, 1) });
  const zones = fc.constantFrom(
    'Europe/Moscow',
    'Europe/Berlin',
    'Asia/Kathmandu',
    'Pacific/Apia',
    'America/New_York',
    'GMT-3:30',
  );

  it('lead from an instant to the wall and back, except into the repeated hour’s first round', () => {
    fc.assert(
      fc.property(instants, zones, (at, zone) => {
        const back = instantOf(wallClock(at, zone), zone);
        expect(back).toBeLessThanOrEqual(at);
        if (back !== at) expect(offsetAt(back, zone)).toBeGreaterThan(offsetAt(at, zone));
        expect(wallClock(back, zone)).toEqual(wallClock(at, zone));
      }),
      { numRuns: 300 },
    );
  });
});
