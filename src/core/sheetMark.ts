/**
 * The mark by which a sheet is known as ours: the table's key and the sheet's own id. A duplicated sheet carries the
 * marks of its original, so a mark that names another sheet's id belongs to a copy. Marks of the first version had
 * no id.
 */
export function sheetMark(key: string, sheetId: number): string {
  return `${key}@${sheetId}`;
}

export interface MarkedSheet {
  /** What the mark says. */
  mark: string;
  /** The sheet that carries it. */
  sheetId: number;
}

/**
 * Which of the marks are in force: one for each key. A mark with its own sheet's id wins; where there are only marks
 * without an id, the sheet with the lowest id is the original, for copies are made later.
 */
export function marksInForce<Mark extends MarkedSheet>(marks: readonly Mark[]): Map<string, Mark> {
  const inForce = new Map<string, Mark>();
  for (const mark of marks) {
    const { key, named } = partsOf(mark.mark);
    if (key === '' || (named !== undefined && named !== mark.sheetId)) continue;
    const rival = inForce.get(key);
    if (!rival || goesBefore(mark, rival)) inForce.set(key, mark);
  }
  return inForce;
}

/** Whether the mark is one of the first version, which named no sheet. */
export function isOutdated({ mark }: MarkedSheet): boolean {
  return partsOf(mark).named === undefined;
}

/** The table's key, also of a copy's mark. */
export function keyOfMark({ mark }: MarkedSheet): string {
  return partsOf(mark).key;
}

function goesBefore(mark: MarkedSheet, rival: MarkedSheet): boolean {
  if (isOutdated(mark) !== isOutdated(rival)) return isOutdated(rival);
  return mark.sheetId < rival.sheetId;
}

function partsOf(mark: string): { key: string; named: number | undefined } {
  const [, key = mark, id] = /^(.*)@(\d+)$/.exec(mark) ?? [];
  return { key, named: id === undefined ? undefined : Number(id) };
}
