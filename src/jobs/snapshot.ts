import type { Account } from '../amocrm/operations/account';
import type { AmoAccount } from '../amocrm/request';
import type { Cell } from '../core/cell';
import { readSettings, type SettingProblem, type SettingsReading } from '../core/readSettings';
import type { Language, Settings } from '../core/settings';
import { SCHEMA_VERSION } from '../core/tables';
import { languageOf, TEXTS, type Texts } from '../core/texts';
import { MASK, pastedToken } from '../core/token';
import type { Outside, Workbook } from '../ports';
import { ACCOUNT, LAST_GOOD, TOKEN } from './propertyNames';

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
  /** What reading has shown to be in need of tidying, see `tidySettings.ts`. */
  untidy: Untidy;
}

export interface Untidy {
  /** A token that stands in a cell. */
  typedToken: string | undefined;
  /** Rows of the settings sheet whose value cell must show this instead. */
  masks: { row: number; text: string }[];
  /** The problem column, a text a row. */
  problemColumn: string[];
  /** The last good values, where they are news. */
  lastGood: string | undefined;
}

/** The sheets were laid out by a newer version of this code, which may have changed what they mean. */
export class NewerSheet extends Error {}

/**
 * Reads the settings sheet and what is remembered; changes nothing.
 * @throws NewerSheet
 */
export function takeSnapshot({ workbook, properties }: Outside): Snapshot {
  if ((workbook.schemaVersion() ?? 0) > SCHEMA_VERSION) throw new NewerSheet();
  const stored = properties.readAll();
  const rows = workbook.has('settings') ? workbook.settings().read() : [];
  return snapshotOf(stored, rows, workbook);
}

/** What a run knows when not even the settings can be read: enough to say so. */
export function blindSnapshot({ workbook }: Outside): Snapshot {
  return snapshotOf({}, [], workbook);
}

function snapshotOf(
  stored: Readonly<Record<string, string>>,
  rows: readonly { key: string; value: Cell }[],
  workbook: Pick<Workbook, 'locale' | 'timeZone'>,
): Snapshot {
  const reading = readSettings(rows, textRecord(stored[LAST_GOOD]));
  const { settings, problems } = reading;
  const language = languageOf(settings.language, workbook.locale);
  const texts = TEXTS[language];
  const { token, typedToken, masks } = tokenFrom(rows, stored[TOKEN], problems);
  const lastGood = JSON.stringify(reading.lastGood);

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
    untidy: {
      typedToken,
      masks,
      problemColumn: rows.map((_, row) => {
        const found = problems.find(problem => problem.row === row);
        return found ? texts.settings.problem(found.problem) : '';
      }),
      lastGood: rows.length > 0 && lastGood !== stored[LAST_GOOD] ? lastGood : undefined,
    },
  };
}

/** Remembers the account, and gives what a run knows then. */
export function rememberAccount<Known extends Snapshot>(
  outside: Outside,
  known: Known,
  account: Account,
): Known {
  const host = known.account?.host;
  if (host === undefined) return known;
  // An answer without a zone takes nothing away from what is known: days would be cut otherwise.
  const before = known.knownAccount?.id === account.id ? known.knownAccount.timeZone : undefined;
  const timeZone = account.timeZone ?? before;
  const knownAccount: KnownAccount = { ...account, timeZone, host };
  outside.properties.change({ write: new Map([[ACCOUNT, JSON.stringify(knownAccount)]]) });
  const zone = known.settings.timeZone ?? timeZone ?? outside.workbook.timeZone;
  return { ...known, knownAccount, zone };
}

/** The problems as sentences that name their row. */
export function problemSentences({ problems, texts }: Snapshot): string[] {
  return problems.map(problem => texts.settings.named(problem.key, texts.settings.problem(problem)));
}

/**
 * The token: one typed into the sheet, else the stored one. Its cell is to show a mask, also where the row stands
 * twice.
 */
function tokenFrom(
  rows: readonly { key: string; value: Cell }[],
  stored: string | undefined,
  problems: SettingsReading['problems'],
): { token: string | undefined } & Pick<Untidy, 'typedToken' | 'masks'> {
  const cells = rows.flatMap(({ key, value }, row) =>
    key === 'token' ? [{ row, text: String(value).trim() }] : [],
  );
  const typed = cells.map(({ text }) => text.split(MASK).join('')).filter(text => text !== '');
  const typedToken = typed.map(pastedToken).find(token => token !== undefined);
  const token = typedToken ?? stored;
  const mask = token === undefined ? '' : MASK;
  const row = cells[0]?.row;
  if (typed.length > 0 && typedToken === undefined) {
    problems.push({ row, problem: { key: 'token', kind: 'bad-token' } });
  } else if (token === undefined) {
    problems.push({ row, problem: { key: 'token', kind: 'required' } });
  }
  const masks = cells.filter(({ text }) => text !== mask).map(cell => ({ row: cell.row, text: mask }));
  return { token, typedToken, masks };
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
