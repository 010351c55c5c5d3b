/**
 * What a cell holds, as the core sees it. Dates and times are serials (see `day.ts`): wall clocks without a zone.
 * An empty cell is the empty text.
 */
export type Cell = string | number | boolean;

/** A row of one of our tables: its cells by column key. */
export type Row<Column extends string = string> = Record<Column, Cell>;
