import type { Outside } from '../ports';

/**
 * A copy of the spreadsheet is a monitor of its own: whatever came along of the original's memory goes, so that nothing
 * is collected or mailed twice. What its tables hold stays.
 * @returns whether this is a copy that nobody has worked with before
 */
export function startAfreshInCopy({ properties, workbook }: Outside): boolean {
  if (!workbook.isCopy()) return false;
  properties.change({ remove: Object.keys(properties.readAll()) });
  workbook.stampDocument();
  return true;
}
