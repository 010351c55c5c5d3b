import fc from 'fast-check';
import { dayBounds, timeOfDay } from '../../src/core/day';
import { hourAt, hoursOf, lastHour } from '../../src/core/dayHours';

const hour = (at: number, zone: string) => Number(timeOfDay(at * 1000, zone).slice(0, 2));

describe('T9 · hours of a day', () => {
  it.each<[string, string, number, string]>([
    ['2026-11-18', 'Europe/Moscow', 24, 'an ordinary day'],
    ['2026-03-29', 'Europe/Berlin', 23, 'two o’clock is skipped'],
    ['2026-10-25', 'Europe/Berlin', 24, 'two o’clock comes twice, and is one span'],
    ['2026-11-18', 'Asia/Kathmandu', 24, 'three quarters off'],
    ['2026-04-24', 'Africa/Cairo', 23, 'midnight is skipped'],
    ['2026-10-04', 'Australia/Lord_Howe', 24, 'half an hour is skipped'],
    ['2026-04-05', 'Australia/Lord_Howe', 24, 'half an hour comes twice'],
    ['2018-02-17', 'America/Sao_Paulo', 24, 'the last hour comes twice'],
  ])('T9 · %s in %s has %d spans (%s), which follow one another', (day, zone, count) => {
    const hours = hoursOf(day, zone);
    const { from, to } = dayBounds(day, zone);
    expect(hours[0]!.from).toBe(from);
    expect(hours[hours.length - 1]!.to).toBe(to);
    hours.slice(1).forEach((span, index) => {
      expect(span.from).toBe(hours[index]!.to + 1);
    });
    expect(hours).toHaveLength(count);
    for (const span of hours) {
      expect(hour(span.from, zone)).toBe(span.hour);
      expect(hour(span.to, zone)).toBe(span.hour);
    }
  });

  it('T9 · every second belongs to the hour that the zone’s clocks show', () => {
    const zones = ['Europe/Moscow', 'Europe/Berlin', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Africa/Cairo'];
    const days = ['2026-03-29', '2026-10-25', '2026-04-24', '2026-10-04', '2026-04-05', '2026-11-18'];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom(...days),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (zone, day, share) => {
          const { from, to } = dayBounds(day, zone);
          const at = Math.floor(from + share * (to - from));
          expect(hourAt(hoursOf(day, zone), at)).toBe(hour(at, zone));
        },
      ),
    );
  });

  it.each([
    ['first', 0],
    ['first', 13],
    ['last', 0],
    ['last', 13],
    ['last', 23],
  ])('T9 · the %s second of hour %d belongs to it', (which, index) => {
    const hours = hoursOf('2026-11-18', 'Europe/Moscow');
    const { from, to } = hours[index]!;
    expect(hourAt(hours, which === 'first' ? from : to)).toBe(index);
  });

  it('T9 · the last hour goes back to its first second, also where it comes twice', () => {
    const moscow = hoursOf('2026-11-18', 'Europe/Moscow');
    const { to } = dayBounds('2026-11-18', 'Europe/Moscow');
    expect(lastHour(moscow)).toEqual({ from: to - 3_599, to, hour: 23 });
    const twice = hoursOf('2018-02-17', 'America/Sao_Paulo');
    const end = dayBounds('2018-02-17', 'America/Sao_Paulo').to;
    expect(lastHour(twice)).toEqual({ from: end - 7_199, to: end, hour: 23 });
  });

  it('a second after the day counts to its last hour', () => {
    const hours = hoursOf('2026-11-18', 'UTC');
    expect(hourAt(hours, hours[23]!.to + 5)).toBe(23);
    expect(hourAt([], 5)).toBe(0);
  });

  it('T9 · the hour that comes twice is two hours long', () => {
    const [, , two] = hoursOf('2026-10-25', 'Europe/Berlin');
    expect(two).toEqual({ hour: 2, from: two!.from, to: two!.from + 7_199 });
  });
});
