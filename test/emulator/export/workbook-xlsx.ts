import type { Blob } from 'node:buffer';
import type Stream from 'node:stream';
import writeExcelFile, {
  type CellObject,
  type Feature,
  type Sheet as XlsxSheet,
} from 'write-excel-file/node';
import type { Cell, Sheet, Workbook } from '../spreadsheet';
import { scaledBackgrounds } from '../spreadsheet/model/color-scale';
import { excelTitles } from './excel-titles';

/** Excel measures a column's width in digits of its standard font. */
const PIXELS_A_DIGIT = 7;
const DEFAULT_WIDTH = 100;
/** Excel's own limit. */
const EXCEL_TEXT = 32_767;

type Content = Blob | Buffer | Stream;

/**
 * The workbook as an .xlsx file. A date is the number that the sheet holds, under its date format: no Date and so no
 * time zone is involved. Formulas are written as the text of the formula: they were never computed. Colour scales are
 * painted as they stand: the library writes no conditional formats.
 */
export async function workbookXlsx(workbook: Workbook): Promise<Buffer> {
  const titles = excelTitles(workbook.sheets.map(({ title }) => title));
  const sheets = workbook.sheets.map((sheet, i) => sheetOf(sheet, titles[i]!));
  // The font of a new Google Sheet.
  const font = { fontFamily: 'Arial', fontSize: 10 };
  return writeExcelFile(sheets, { ...font, features: [hiding(workbook)] }).toBuffer();
}

function sheetOf(sheet: Sheet, title: string): XlsxSheet<Content> {
  const { lastRow, lastColumn } = sheet;
  const scaled = scaledBackgrounds(sheet);
  const drawn = (cell: Cell | undefined) => cell && cellOf(cell, scaled.get(cell));
  return {
    sheet: title,
    columns: Array.from({ length: lastColumn }, (_, i) => ({
      width: (sheet.columnWidths.get(i + 1) ?? DEFAULT_WIDTH) / PIXELS_A_DIGIT,
    })),
    data: Array.from({ length: lastRow }, (_, i) =>
      Array.from({ length: lastColumn }, (_unused, j) => drawn(sheet.cell(i + 1, j + 1)) ?? null),
    ),
    orientation: 'landscape' as const,
    ...(sheet.frozenRows > 0 && { stickyRowsCount: sheet.frozenRows }),
    ...(sheet.frozenColumns > 0 && { stickyColumnsCount: sheet.frozenColumns }),
  };
}

/** @param scaled the background that a colour scale gives, before the cell's own */
function cellOf(cell: Cell, scaled: string | undefined): CellObject | null {
  const value = contentOf(cell);
  const look = { ...lookOf(cell), ...(scaled !== undefined && { backgroundColor: scaled }) };
  if (value === undefined) return Object.keys(look).length > 0 ? look : null;
  // The library's formats are for numbers, dates and texts.
  const format = typeof value === 'boolean' || cell.format === 'General' ? {} : { format: cell.format };
  return { value, ...format, ...look };
}

function contentOf({ value, formula }: Cell): string | number | boolean | undefined {
  if (formula !== '') return formula.slice(0, EXCEL_TEXT);
  if (typeof value === 'string') return value === '' ? undefined : value.slice(0, EXCEL_TEXT);
  return value;
}

function lookOf({ style }: Cell): CellObject {
  const align = (['left', 'center', 'right'] as const).find(side => side === style.horizontal);
  const vertical = ({ top: 'top', middle: 'center', bottom: 'bottom' } as const)[style.vertical ?? ''];
  return {
    ...(style.fontWeight === 'bold' && { fontWeight: 'bold' }),
    ...(style.fontStyle === 'italic' && { fontStyle: 'italic' }),
    ...(style.fontSize !== undefined && { fontSize: style.fontSize }),
    ...(style.fontColor !== undefined && { textColor: style.fontColor }),
    ...(style.background !== undefined && { backgroundColor: style.background }),
    ...(align && { align }),
    ...(vertical && { alignVertical: vertical }),
    ...(style.wrap === 'WRAP' && { wrap: true }),
  };
}

/** What the library leaves to its users: hidden sheets and columns, and the sheet to open at. */
function hiding({ sheets, activeSheetId }: Workbook): Feature<Content> {
  const visible = sheets.filter(({ hidden }) => !hidden);
  const front = visible.find(({ id }) => id === activeSheetId) ?? visible[0];
  return {
    files: {
      transform: {
        'xl/workbook.xml': {
          transformElementAttributes: (tag, attributes, index) => {
            if (tag === 'sheet' && sheets[index ?? -1]?.hidden) return { ...attributes, state: 'hidden' };
            if (tag !== 'workbookView') return attributes;
            return { ...attributes, activeTab: front ? sheets.indexOf(front) : 0 };
          },
        },
        'xl/worksheets/sheet{id}.xml': {
          transformElementAttributes: (tag, attributes, _index, _options, { sheetIndex }) => {
            const hidden = tag === 'col' && sheets[sheetIndex]?.hiddenColumns.has(Number(attributes['min']));
            return hidden ? { ...attributes, hidden: 1 } : attributes;
          },
        },
      },
    },
  };
}
