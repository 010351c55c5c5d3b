/**
 * Where each column of a sheet stood before somebody inserted, deleted or moved some: it is the column with the same
 * header and the same cells. Both looks begin with the header; rows that the sheet has more at its end are blank.
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
  before[0]!.forEach((_, at) => {
    const text = textOf(before, at);
    free.set(text, [...(free.get(text) ?? []), at + 1]);
  });
  const origins = new Map<number, number>();
  now[0]!.forEach((_, at) => {
    const origin = free.get(textOf(now, at))?.shift();
    if (origin !== undefined) origins.set(at + 1, origin);
  });
  return origins;
}
