import fc from 'fast-check';
import {
  dayBefore,
  dayBounds,
  dayOf,
  dayOfSerial,
  serialOf,
  serialOfDay,
  shiftDay,
  slotOf,
  timeOfDay,
  timeZoneName,
} from '../../src/core/day';

const at = (iso: string) => Date.parse(iso);
const hours = ({ from, to }: { from: number; to: number }) => (to + 1 - from) / 3600;

describe('dayBounds', () => {
  it.each([
    ['2026-11-18', 'Europe/Moscow', '2026-11-17T21:00:00Z', 24],
    ['2026-11-18', 'UTC', '2026-11-18T00:00:00Z', 24],
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00Z', 23],
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00Z', 25],
    ['2026-11-01', 'America/New_York', '2026-11-01T04:00:00Z', 25],
    ['2026-11-18', 'Asia/Kathmandu', '2026-11-17T18:15:00Z', 24],
    ['2026-11-18', 'Pacific/Kiritimati', '2026-11-17T10:00:00Z', 24],
    ['2026-11-18', 'Pacific/Pago_Pago', '2026-11-18T11:00:00Z', 24],
    ['2026-04-05', 'Australia/Lord_Howe', '2026-04-04T13:00:00Z', 24.5],
    // Midnight is skipped: the day begins at one o'clock.
    ['2026-04-24', 'Africa/Cairo', '2026-04-23T22:00:00Z', 23],
    // The date line was crossed: this day was never there.
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00Z', 0],
    ['2028-02-29', 'Europe/Moscow', '2028-02-28T21:00:00Z', 24],
    ['2026-12-31', 'Europe/Moscow', '2026-12-30T21:00:00Z', 24],
  ])('%s in %s begins at %s and has %d hours', (day, zone, from, length) => {
    const bounds = dayBounds(day, zone);
    expect(new Date(bounds.from * 1000).toISOString()).toBe(new Date(from).toISOString());
    expect(hours(bounds)).toBe(length);
  });

  it('holds exactly the seconds that the zone calls that day', () => {
    const zones = ['Europe/Moscow', 'Europe/Berlin', 'America/Sao_Paulo', 'Asia/Kathmandu', 'Africa/Cairo'];
    fc.assert(
      fc.property(fc.integer({ min: 1.6e9, max: 1.9e9 }), fc.constantFrom(...zones), (second, zone) => {
        const day = dayOf(second * 1000, zone);
        const { from, to } = dayBounds(day, zone);
        expect(second).toBeGreaterThanOrEqual(from);
        expect(second).toBeLessThanOrEqual(to);
        expect(dayOf(from * 1000 - 1, zone)).toBe(shiftDay(day, -1));
        expect(dayOf((to + 1) * 1000, zone)).toBe(shiftDay(day, 1));
      }),
      { numRuns: 200 },
    );
  });
});

describe('dayBefore', () => {
  it.each([
    ['2026-11-18T21:00:00Z', 'Europe/Moscow', '2026-11-18'],
    ['2026-11-18T20:59:59Z', 'Europe/Moscow', '2026-11-17'],
    ['2027-01-01T00:00:00Z', 'UTC', '2026-12-31'],
    ['2028-03-01T12:00:00Z', 'UTC', '2028-02-29'],
  ])('at %s in %s is %s', (now, zone, day) => {
    expect(dayBefore(at(now), zone)).toBe(day);
  });
});

describe('serials', () => {
  it('count days from 1899-12-30, as spreadsheets do', () => {
    expect(serialOfDay('1899-12-31')).toBe(1);
    expect(serialOfDay('2026-11-18')).toBe(46344);
    expect(dayOfSerial(46344)).toBe('2026-11-18');
  });

  it('read a date cell an hour off as its day', () => {
    expect(dayOfSerial(46344 - 1 / 24)).toBe('2026-11-18');
    expect(dayOfSerial(46344 + 1 / 24)).toBe('2026-11-18');
  });

  it('show the wall clock of the zone, twice the same on a 25-hour day', () => {
    const zone = 'Europe/Berlin';
    expect(serialOf(at('2026-10-25T00:30:00Z'), zone)).toBe(serialOf(at('2026-10-25T01:30:00Z'), zone));
    expect(serialOf(at('2026-11-18T10:51:00.900Z'), 'Europe/Moscow')).toBeCloseTo(
      46344 + (13 * 60 + 51) / 1440,
      9,
    );
    expect(timeOfDay(at('2026-11-18T10:51:00Z'), 'Europe/Moscow')).toBe('13:51');
  });
});

describe('a zone', () => {
  it('is looked up once, however many instants are read in it: looking it up is what costs', () => {
    const looked = jest.spyOn(Intl, 'DateTimeFormat');
    dayBounds('2026-11-18', 'Asia/Vladivostok');
    dayBounds('2026-11-19', 'Asia/Vladivostok');
    expect(looked).toHaveBeenCalledTimes(1);
    looked.mockRestore();
  });
});

describe('slotOf (M1)', () => {
  it.each([
    ['2026-11-18T13:44:59+03:00', 60, 'Europe/Moscow', '2026-11-18T14:00:00+03:00'],
    ['2026-11-18T14:14:00+03:00', 60, 'Europe/Moscow', '2026-11-18T14:00:00+03:00'],
    ['2026-11-17T23:50:00+03:00', 60, 'Europe/Moscow', '2026-11-18T00:00:00+03:00'],
    ['2026-11-18T13:46:00+05:45', 60, 'Asia/Kathmandu', '2026-11-18T14:00:00+05:45'],
    ['2026-11-18T14:04:00+03:00', 5, 'Europe/Moscow', '2026-11-18T14:05:00+03:00'],
  ])('%s with a ping every %d minutes in %s belongs to %s', (time, minutes, zone, slot) => {
    expect(slotOf(at(time), minutes, zone)).toBe(at(slot));
  });
});

describe('timeZoneName', () => {
  it.each(['+03:00', '-0500', '3', '', ' UTC', 'Europe/Moscow; x', 'Europe/Moscow\n'])(
    'refuses %j also where the engine would take it: newer ones know zones that are mere offsets',
    text => {
      const engine = jest
        .spyOn(Intl, 'DateTimeFormat')
        .mockReturnValue({ resolvedOptions: () => ({ timeZone: text }) } as Intl.DateTimeFormat);
      try {
        expect(timeZoneName('Etc/GMT-3')).toBe(text);
        expect(timeZoneName(text)).toBeUndefined();
      } finally {
        engine.mockRestore();
      }
    },
  );

  it.each([
    ['Europe/Moscow', 'Europe/Moscow'],
    ['europe/moscow', 'Europe/Moscow'],
    ['UTC', 'UTC'],
    ['Moscow', undefined],
    ['+03:00', undefined],
    ['GMT+3', undefined],
    ['', undefined],
    ['Europe/Moscow; x', undefined],
  ])('%p is %p', (text, name) => {
    expect(timeZoneName(text)).toBe(name);
  });
});
