/** Counts by wall-clock hour, 0 to 23. An hour that comes twice in a day fills one place. */
export type Hourly = number[];

export const HOURS = 24;

const LETTER_OF_HOUR_0 = 65; // "A"
const HOUR_AND_COUNT = /([A-X])([0-9a-z]+)/g;

export function noHours(): Hourly {
  return Array<number>(HOURS).fill(0);
}

export function sumOf(hours: Readonly<Hourly>): number {
  return hours.reduce((sum, count) => sum + count, 0);
}

export function plusHours(hours: Readonly<Hourly>, more: Readonly<Hourly>): Hourly {
  return hours.map((count, hour) => count + (more[hour] ?? 0));
}

/** The hour with the largest count, the earliest of equals; undefined where all are 0. */
export function peakHour(hours: Readonly<Hourly>): number | undefined {
  const peak = Math.max(...hours);
  return peak > 0 ? hours.indexOf(peak) : undefined;
}

/** Short ASCII text: for each hour that is not 0 its letter, A to X, and the count in base 36. */
export function hourlyText(hours: Readonly<Hourly>): string {
  return hours
    .map((count, hour) =>
      count === 0 ? '' : String.fromCharCode(LETTER_OF_HOUR_0 + hour) + count.toString(36),
    )
    .join('');
}

export function hourlyOf(text: string): Hourly {
  const hours = noHours();
  for (const [, letter, count] of text.matchAll(HOUR_AND_COUNT)) {
    hours[letter!.charCodeAt(0) - LETTER_OF_HOUR_0] = Number.parseInt(count!, 36);
  }
  return hours;
}
