/** Counts by wall-clock hour, 0 to 23. An hour that comes twice in a day fills one place. */
export type Hourly = number[];

export const HOURS = 24;

export function noHours(): Hourly {
  return Array<number>(HOURS).fill(0);
}

export function sumOf(hours: Readonly<Hourly>): number {
  return hours.reduce((sum, count) => sum + count, 0);
}

/** Short ASCII text: base-36 numbers, nothing for 0, zeros at the end left out. */
export function hourlyText(hours: Readonly<Hourly>): string {
  return hours
    .map(count => (count === 0 ? '' : count.toString(36)))
    .join(',')
    .replace(/,+$/, '');
}

export function hourlyOf(text: string): Hourly {
  const hours = noHours();
  text.split(',').forEach((count, hour) => {
    if (hour < HOURS && count !== '') hours[hour] = Number.parseInt(count, 36);
  });
  return hours;
}
