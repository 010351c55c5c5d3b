import type { Context, Execution } from '../contract';
import { spreadsheetApp, Workbook, type WorkbookOptions } from './index';

/** 2026-11-18 12:00 UTC, a Wednesday. */
export const NOON = Date.UTC(2026, 10, 18, 12);

export interface FakeExecution extends Execution {
  readonly calls: { call: string; cost: number }[];
}

/** An execution without a world: everything is granted, time stands still, calls are noted. */
export function fakeExecution(
  options: { user?: string; context?: Context; scopes?: readonly string[]; now?: number } = {},
): FakeExecution {
  const scopes = options.scopes ?? ['spreadsheets.currentonly'];
  const calls: FakeExecution['calls'] = [];
  return {
    id: 'fake',
    user: options.user ?? 'owner@example.com',
    context: options.context ?? 'menu',
    calls,
    realm: {
      array: items => [...items],
      grid: (rows, columns, blank) =>
        rows.map(row => (row ? [...row] : new Array<typeof blank>(columns).fill(blank))),
      object: entries => ({ ...entries }),
      date: at => new Date(at),
      isDate: (value): value is Date => value instanceof Date,
      exception: message => Object.assign(new Error(message), { name: 'Exception' }),
    },
    now: () => options.now ?? NOON,
    call: (call, cost) => {
      calls.push({ call, cost });
    },
    needScope: (scope, call) => {
      if (!scopes.includes(scope)) throw new Error(`${call} needs ${scope}`);
    },
    needAuthorisation: () => undefined,
  };
}

type App = GoogleAppsScript.Spreadsheet.SpreadsheetApp;

interface BookOptions extends Partial<WorkbookOptions> {
  user?: string;
  context?: Context;
  scopes?: readonly string[];
}

/** A new workbook and a script that sees it. */
export function openBook({ user, context, scopes, ...options }: BookOptions = {}) {
  const workbook = new Workbook({ locale: 'ru_RU', timeZone: 'Europe/Moscow', now: () => NOON, ...options });
  const execution = fakeExecution({
    ...(user !== undefined && { user }),
    ...(context !== undefined && { context }),
    ...(scopes !== undefined && { scopes }),
  });
  return { workbook, execution, ...scriptOf(workbook, execution) };
}

/** Another execution's view of the same workbook. */
export function scriptOf(workbook: Workbook, execution = fakeExecution()) {
  const app = spreadsheetApp(execution, workbook, () => ({ ui: true })) as App;
  const book = app.getActiveSpreadsheet();
  return { app, book, sheet: book.getSheets()[0]! };
}
