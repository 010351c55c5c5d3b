/** How many of the points of a sweep are played: all with `AUTH_SWEEP=all`. */
const IS_WHOLE = process.env['AUTH_SWEEP'] === 'all';

/** About `count` of them in even strides, the last one always; a sweep that is asked for whole plays all. */
export function everyNth<T>(all: readonly T[], count: number): readonly T[] {
  if (IS_WHOLE || all.length <= count) return all;
  const stride = all.length / count;
  return Array.from({ length: count }, (_, nth) => all[Math.ceil((nth + 1) * stride) - 1]!);
}
