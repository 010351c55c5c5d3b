/**
 * Where each column of a sheet stood before somebody inserted, deleted or moved some: it is the column with the same
 * header and the same cells.
 * @param ignored rows, from 1, whose cells may have changed
 * @returns by position now, from 1, the position before; a column that was not there before, or was beyond what was
 *   read, is missing
 */
export function columnOrigins(
  before: readonly (readonly unknown[])[],
  now: readonly (readonly unknown[])[],
  ignored: ReadonlySet<number>,
): Map<number, number> {
  const textOf = (values: readonly (readonly unknown[])[], at: number) =>
    JSON.stringify(values.filter((_, row) => !ignored.has(row + 1)).map(cells => cells[at])).replace(
      /(,"")+\]$/,
      ']',
    );
  const free = new Map<string, number[]>();
  for (let at = 0; at < (before[0]?.length ?? 0); at += 1) {
    const text = textOf(before, at);
    free.set(text, [...(free.get(text) ?? []), at + 1]);
  }
  const origins = new Map<number, number>();
  for (let at = 0; at < (now[0]?.length ?? 0); at += 1) {
    const origin = free.get(textOf(now, at))?.shift();
    if (origin !== undefined) origins.set(at + 1, origin);
  }
  return origins;
}
