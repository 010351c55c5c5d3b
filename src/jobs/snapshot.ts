import type { Account } from '../amocrm/operations/account';
import type { AmoAccount } from '../amocrm/request';
import type { Cell } from '../core/cell';
import {
  type Language,
  readSettings,
  type SettingProblem,
  type Settings,
  type SettingsReading,
} from '../core/settings';
import { languageOf, TEXTS, type Texts } from '../core/texts';
import { MASK, pastedToken } from '../core/token';
import type { Outside, SettingsSheet } from '../ports';

/** The account that a check or a report last met, and at which address. */
export type KnownAccount = Account & { host: string };

/** What a run knows when it starts; later edits of the sheet concern the next run. */
export interface Snapshot {
  settings: Settings;
  problems: SettingProblem[];
  language: Language;
  texts: Texts;
  /** The zone of the account's calendar day. */
  zone: string;
  /** What no log, mail or dialog may show. */
  secrets: string[];
  /** Where to ask and with which token; undefined while one of the two is missing. */
  account: AmoAccount | undefined;
  knownAccount: KnownAccount | undefined;
}

/** Property names. */
const TOKEN = 'token';
const LAST_GOOD = 'settings';
const ACCOUNT = 'account';

/**
 * Reads the settings sheet and what is remembered. On the way a token typed into the sheet moves to the properties,
 * the problem column is brought up to date, and new good values are remembered.
 */
export function takeSnapshot(outside: Outside): Snapshot {
  const { workbook, properties } = outside;
  const stored = properties.readAll();
  const sheet = workbook.has('settings') ? workbook.settings() : undefined;
  const rows = sheet?.read() ?? [];
  const lastGood = textRecord(stored[LAST_GOOD]);
  const { settings, problems, lastGood: goodNow } = readSettings(rows, lastGood);
  const language = languageOf(settings.language, workbook.locale);
  const texts = TEXTS[language];

  const token = tokenFrom(outside, sheet, rows, stored[TOKEN], problems);
  sheet?.showProblems(
    rows.map((_, row) => {
      const found = problems.find(problem => problem.row === row);
      return found ? texts.settings.problem(found.problem) : '';
    }),
  );
  if (sheet && JSON.stringify(goodNow) !== JSON.stringify(lastGood)) {
    properties.change({ write: new Map([[LAST_GOOD, JSON.stringify(goodNow)]]) });
  }

  const host = settings.baseUrl;
  const remembered = accountIn(stored[ACCOUNT]);
  const knownAccount = remembered?.host === host ? remembered : undefined;
  return {
    settings,
    problems: problems.map(({ problem }) => problem),
    language,
    texts,
    zone: settings.timeZone ?? knownAccount?.timeZone ?? workbook.timeZone,
    secrets: token === undefined ? [] : [token],
    account: host !== undefined && token !== undefined ? { host, token } : undefined,
    knownAccount,
  };
}

/**
 * The token, with one that was typed into the sheet moved to the properties first. Its cell keeps a mask, also where
 * the row stands twice.
 */
function tokenFrom(
  { properties }: Outside,
  sheet: SettingsSheet | undefined,
  rows: readonly { key: string; value: Cell }[],
  stored: string | undefined,
  problems: SettingsReading['problems'],
): string | undefined {
  const cells = rows.flatMap(({ key, value }, row) =>
    key === 'token' ? [{ row, text: String(value).trim() }] : [],
  );
  const typed = cells.map(({ text }) => text.split(MASK).join('')).filter(text => text !== '');
  const pasted = typed.map(pastedToken).find(token => token !== undefined);
  if (pasted !== undefined) properties.change({ write: new Map([[TOKEN, pasted]]) });
  const token = pasted ?? stored;
  const shown = token === undefined ? '' : MASK;
  for (const { row, text } of cells) if (text !== shown) sheet?.setValue(row, shown);

  const row = cells[0]?.row;
  if (typed.length > 0 && pasted === undefined)
    problems.push({ row, problem: { key: 'token', kind: 'bad-token' } });
  else if (token === undefined) problems.push({ row, problem: { key: 'token', kind: 'required' } });
  return token;
}

export function storeToken({ properties }: Outside, token: string): void {
  properties.change({ write: new Map([[TOKEN, token]]) });
}

/** Remembers the account, and gives the snapshot that knows it. */
export function rememberAccount(outside: Outside, snapshot: Snapshot, account: Account): Snapshot {
  const host = snapshot.account?.host;
  if (host === undefined) return snapshot;
  const knownAccount: KnownAccount = { ...account, host };
  outside.properties.change({ write: new Map([[ACCOUNT, JSON.stringify(knownAccount)]]) });
  const zone = snapshot.settings.timeZone ?? account.timeZone ?? outside.workbook.timeZone;
  return { ...snapshot, knownAccount, zone };
}

/** The problems as sentences that name their row. */
export function problemSentences({ problems, texts }: Snapshot): string[] {
  return problems.map(problem => texts.settings.named(problem.key, texts.settings.problem(problem)));
}

function textRecord(text: string | undefined): Record<string, string> {
  try {
    const record: unknown = JSON.parse(text ?? '{}');
    return typeof record === 'object' && record !== null ? (record as Record<string, string>) : {};
  } catch {
    return {};
  }
}

function accountIn(text: string | undefined): KnownAccount | undefined {
  const record = textRecord(text) as Partial<KnownAccount>;
  return typeof record.host === 'string' && typeof record.id === 'number'
    ? (record as KnownAccount)
    : undefined;
}
