import type { Account } from '../amocrm/operations/account';
import type { AmoAccount } from '../amocrm/request';
import { AmoError } from '../core/amoError';
import type { Cell } from '../core/cell';
import {
  type Connection,
  connectionOf,
  hostOf,
  secretsIn,
  type TypedSecrets,
  typedSecretsOf,
} from '../core/connection';
import { readSettings, type SettingProblem } from '../core/readSettings';
import type { Language, Settings } from '../core/settings';
import { traceOf } from '../core/settingsTrace';
import { SCHEMA_VERSION } from '../core/tables';
import { languageOf, TEXTS, type Texts } from '../core/texts';
import type { Outside, Workbook } from '../ports';
import {
  ACCOUNT,
  CONNECTION,
  LANGUAGE,
  LAST_GOOD,
  LEGACY_TOKEN,
  SETTINGS_TRACE,
  TYPED,
} from './propertyNames';
import { readSecrets } from './typedSecrets';

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
  connection: Connection | undefined;
  typed: TypedSecrets;
  /** Where to ask and with which token; undefined while one of the two is missing. */
  account: AmoAccount | undefined;
  knownAccount: KnownAccount | undefined;
  /** Whose data the tables hold: no other account's may come among it. */
  boundTo: KnownAccount | undefined;
  /** What reading has shown to be in need of tidying, see `tidySettings.ts`; undefined: the sheet was not read. */
  untidy: Untidy | undefined;
}

export interface Untidy {
  /** Secrets that stand in cells and are to move to the properties; `connection` where a token was typed. */
  moved: { connection: Connection | undefined; typed: TypedSecrets };
  /** Rows of the settings sheet whose value cell must show this instead. */
  masks: { row: number; text: string }[];
  /** The problem column, a text a row. */
  problemColumn: string[];
  /** The last good values, where they are news. */
  lastGood: string | undefined;
}

/** The sheets were laid out by a newer version of this code, which may have changed what they mean. */
export class NewerSheet extends Error {
  constructor() {
    super('The sheets were laid out by a newer version');
    this.name = 'NewerSheet';
  }
}

/**
 * Reads the settings sheet and what is remembered; changes nothing.
 * @throws NewerSheet
 */
export function takeSnapshot({ workbook, properties }: Outside, stored = properties.readAll()): Snapshot {
  refuseNewer(workbook);
  const rows = workbook.has('settings') ? workbook.settings().read() : [];
  return snapshotOf(stored, rows, workbook);
}

/** @throws NewerSheet */
export function refuseNewer(workbook: Pick<Workbook, 'schemaVersion'>): void {
  if ((workbook.schemaVersion() ?? 0) > SCHEMA_VERSION) throw new NewerSheet();
}

/** While one of these is there, something is left to be done in the sheet. */
const UNDONE = [TYPED, LEGACY_TOKEN];

/**
 * What was read the last time, for a run that has no other need of the spreadsheet: one call tells whether the settings
 * sheet still looks as it did then.
 * @returns undefined where it does not, or something is missing, so that it has to be read
 */
export function rememberedSnapshot({ workbook, properties }: Outside): Snapshot | undefined {
  const stored = properties.recall();
  const { [LAST_GOOD]: lastGood, [LANGUAGE]: spoken, [SETTINGS_TRACE]: traced } = stored;
  if (lastGood === undefined || spoken === undefined || traced === undefined) return undefined;
  if (UNDONE.some(name => stored[name] !== undefined)) return undefined;
  const trace = traceOf(lastGood, traced);
  if (trace === undefined || !workbook.isAsTraced(trace)) return undefined;
  const rows = Object.entries(textRecord(lastGood)).map(([key, value]) => ({ key, value }));
  const place = {
    // What `auto` last meant.
    locale: spoken,
    get timeZone() {
      return workbook.timeZone;
    },
  };
  const known = snapshotOf(stored, rows, place);
  const isElsewhere = known.untidy!.masks.length > 0;
  return known.account && !isElsewhere ? { ...known, problems: [], untidy: undefined } : undefined;
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
  const lastGood = JSON.stringify(reading.lastGood);
  const remembered = accountIn(stored[ACCOUNT]);
  const { connection, masks, moved, typed } = readSecrets(
    rows,
    {
      connection: storedConnection(stored, remembered),
      typed: typedSecretsOf(stored[TYPED]),
      accountId: remembered?.id,
      clientId: settings.clientId,
    },
    problems,
  );
  const address = settings.baseUrl;
  const host = address === undefined ? undefined : hostOf(address, connection);
  // The account has moved: the sheet shall show where it is now.
  if (host !== undefined && host !== address) {
    rows.forEach(({ key }, row) => {
      if (key === 'baseUrl') masks.push({ row, text: host });
    });
  }
  const knownAccount = remembered?.host === host ? remembered : undefined;
  return {
    settings: host === undefined ? settings : { ...settings, baseUrl: host },
    problems: problems.map(({ problem }) => problem),
    language,
    texts,
    zone: settings.timeZone ?? knownAccount?.timeZone ?? workbook.timeZone,
    secrets: secretsIn(connection, typed),
    connection,
    typed,
    account: host !== undefined && connection ? { host, token: connection.access } : undefined,
    knownAccount,
    boundTo: remembered,
    untidy: {
      moved,
      masks,
      problemColumn: rows.map((_, row) => {
        const found = problems.find(problem => problem.row === row);
        return found ? texts.settings.problem(found.problem) : '';
      }),
      lastGood: rows.length > 0 && lastGood !== stored[LAST_GOOD] ? lastGood : undefined,
    },
  };
}

/**
 * Remembers the account, and gives what a run knows then.
 * @throws AmoError `other-account` where the tables hold another one's data
 */
export function rememberAccount<Known extends Snapshot>(
  outside: Outside,
  known: Known,
  account: Account,
): Known {
  const { boundTo } = known;
  const host = known.account?.host;
  if (host === undefined) return known;
  refuseOthers(boundTo, account.id);
  // An answer without a zone takes nothing away from what is known: days would be cut otherwise.
  const before = known.knownAccount?.id === account.id ? known.knownAccount.timeZone : undefined;
  const timeZone = account.timeZone ?? before;
  const knownAccount: KnownAccount = { ...account, timeZone, host };
  const told = JSON.stringify(knownAccount);
  if (outside.properties.recall()[ACCOUNT] !== told)
    outside.properties.change({ write: new Map([[ACCOUNT, told]]) });
  known.account?.proven?.(account.id);
  const zone = known.settings.timeZone ?? timeZone ?? outside.workbook.timeZone;
  return { ...known, knownAccount, boundTo: knownAccount, zone };
}

/**
 * Data of two accounts must not mix.
 * @param accountId undefined where it is not told
 * @throws AmoError `other-account` where the tables hold another one's data
 */
export function refuseOthers(boundTo: Snapshot['boundTo'], accountId: number | undefined): void {
  if (boundTo && accountId !== undefined && accountId !== boundTo.id) throw new AmoError('other-account');
}

/** The problems as sentences that name their row. */
export function problemSentences({ problems, texts }: Snapshot): string[] {
  return problems.map(problem => texts.settings.named(problem.key, texts.settings.problem(problem)));
}

/** A token that an earlier version has kept was in use: it is the known account's. */
function storedConnection(
  stored: Readonly<Record<string, string>>,
  known: KnownAccount | undefined,
): Connection | undefined {
  const connection = connectionOf(stored[CONNECTION], stored[LEGACY_TOKEN]);
  if (!connection || stored[CONNECTION] !== undefined || !known) return connection;
  return { ...connection, host: known.host, accountId: known.id };
}

function textRecord(text: string | undefined): Record<string, string> {
  try {
    const record: unknown = JSON.parse(text ?? '{}');
    return typeof record === 'object' && record !== null ? (record as Record<string, string>) : {};
  } catch {
    return {};
  }
}

/** The account as it is stored; undefined where it cannot be read. */
export function accountIn(text: string | undefined): KnownAccount | undefined {
  const record = textRecord(text) as Partial<KnownAccount>;
  return typeof record.host === 'string' && typeof record.id === 'number'
    ? (record as KnownAccount)
    : undefined;
}
