/**
 * Our tables, each declared once: the columns by key, in the order in which a new sheet gets them, and what they
 * hold. Keys never change: they stand in the sheet's metadata, so that users may rename and move columns.
 */

/** Keys of the developer metadata by which sheets and columns are found, whatever their titles. */
export const SHEET_MARK = 'amoMonitor.sheet';
export const COLUMN_MARK = 'amoMonitor.column';

export type ColumnKind = 'text' | 'integer' | 'boolean' | 'date' | 'datetime' | 'time';

/** `time` is a full date-time that shows only the hour and minute. */
export const TABLES = {
  report: { date: 'date', event: 'text', count: 'integer', peakMs: 'integer', peakTime: 'time' },
  days: {
    date: 'date',
    completeness: 'text',
    events: 'integer',
    automated: 'integer',
    manual: 'integer',
    pings: 'integer',
    pingsFailed: 'integer',
    medianMs: 'integer',
    peakMs: 'integer',
    peakTime: 'time',
    requests: 'integer',
    note: 'text',
  },
  pings: {
    time: 'datetime',
    ms: 'integer',
    min: 'integer',
    max: 'integer',
    samples: 'integer',
    status: 'integer',
    cause: 'text',
    slot: 'time',
    counted: 'text',
    entry: 'text',
  },
  log: {
    when: 'datetime',
    job: 'text',
    level: 'text',
    what: 'text',
    effect: 'text',
    todo: 'text',
    seconds: 'integer',
    requests: 'integer',
  },
} as const satisfies Record<string, Record<string, ColumnKind>>;

export type TableKey = keyof typeof TABLES;
export type ColumnOf<Key extends TableKey> = Extract<keyof (typeof TABLES)[Key], string>;

/** The sheets in the order in which set-up makes them. */
export const SHEET_ORDER = ['report', 'days', 'pings', 'log', 'settings'] as const;
export type SheetKey = (typeof SHEET_ORDER)[number];

export const SETTINGS_COLUMNS = ['setting', 'value', 'meaning', 'problem', 'key'] as const;

/** Columns that only the code needs. They are hidden when they are made. */
export const HIDDEN_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  settings: ['key'],
  pings: ['entry'],
};
