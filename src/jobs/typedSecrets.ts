import type { Cell } from '../core/cell';
import { type Connection, longLived, type TypedSecrets } from '../core/connection';
import type { SettingsReading } from '../core/readSettings';
import type { SecretRow } from '../core/settings';
import { MASK, pastedSecret, pastedToken } from '../core/token';
import { claimsOf } from '../core/tokenClaims';
import type { Untidy } from './snapshot';

type Rows = readonly { key: string; value: Cell }[];
type Problems = SettingsReading['problems'];

/** What is stored, and whose data the tables hold. */
interface Known {
  connection: Connection | undefined;
  typed: TypedSecrets;
  accountId: number | undefined;
  clientId: string | undefined;
}

/** What counts once the sheet was looked at, and what it is to show. */
export interface SecretsRead {
  connection: Connection | undefined;
  typed: TypedSecrets;
  moved: Untidy['moved'];
  masks: Untidy['masks'];
}

/**
 * The secrets: those typed into the sheet, else the stored ones. Their cells are to show a mask, also where a row
 * stands twice. What is typed counts at once, but for a token of which is plain that it is another account's.
 */
export function readSecrets(rows: Rows, known: Known, problems: Problems): SecretsRead {
  const token = typedInto(rows, 'token');
  const isForeign = token.typed !== undefined && isOfAnother(known.accountId, token.typed);
  const isNewToken = token.typed !== undefined && !isForeign;
  const connection = isNewToken ? longLived(token.typed!) : known.connection;
  const secret = typedInto(rows, 'clientSecret');
  const code = typedInto(rows, 'authCode');
  const typed: TypedSecrets = {
    clientSecret: secret.typed ?? known.typed.clientSecret,
    code: code.typed ?? known.typed.code,
  };
  const report = (row: number | undefined, problem: Problems[number]['problem']) =>
    problems.push({ row, problem });
  if (isForeign) report(token.row, { key: 'token', kind: 'other-account' });
  for (const { bad, key, row } of [token, secret, code]) if (bad) report(row, { key, kind: 'bad-token' });
  const missing = { token, clientSecret: secret, authCode: code };
  if (connection === undefined) {
    for (const key of whatIsMissing(known.clientId, typed)) {
      const { bad = false, row } = key === 'clientId' ? { row: rowOf(rows, key) } : missing[key];
      if (!bad) report(row, { key, kind: 'required' });
    }
  }
  const isIntegration = connection?.renewal !== undefined;
  return {
    connection,
    typed,
    moved: {
      connection: isNewToken ? connection : undefined,
      typed: {
        ...(secret.typed === undefined ? {} : { clientSecret: secret.typed }),
        ...(code.typed === undefined ? {} : { code: code.typed }),
      },
    },
    masks: [
      ...maskedRows(token, connection !== undefined && !isIntegration),
      ...maskedRows(secret, typed.clientSecret !== undefined || isIntegration),
      ...maskedRows(code, typed.code !== undefined),
    ],
  };
}

/** Of the two ways to connect the one that was begun; of none begun the shorter one. */
function whatIsMissing(
  clientId: string | undefined,
  { clientSecret, code }: TypedSecrets,
): ('token' | 'clientId' | 'clientSecret' | 'authCode')[] {
  if (clientId === undefined && clientSecret === undefined && code === undefined) return ['token'];
  const missing: ('clientId' | 'clientSecret' | 'authCode')[] = [];
  if (clientId === undefined) missing.push('clientId');
  if (clientSecret === undefined) missing.push('clientSecret');
  if (code === undefined) missing.push('authCode');
  return missing;
}

function isOfAnother(accountId: number | undefined, token: string): boolean {
  const told = claimsOf(token).accountId;
  return accountId !== undefined && told !== undefined && told !== accountId;
}

interface SecretCells {
  key: SecretRow;
  row: number | undefined;
  cells: readonly { row: number; text: string }[];
  /** As it goes into a request. */
  typed: string | undefined;
  /** Something was typed that cannot be one. */
  bad: boolean;
}

function typedInto(rows: Rows, key: SecretRow): SecretCells {
  const cells = rows.flatMap((cell, row) =>
    cell.key === key ? [{ row, text: String(cell.value).trim() }] : [],
  );
  const texts = cells.map(({ text }) => text.split(MASK).join('')).filter(text => text !== '');
  const read = key === 'clientSecret' ? pastedSecret : pastedToken;
  const typed = texts.map(text => read(text)).find(secret => secret !== undefined);
  return { key, row: cells[0]?.row, cells, typed, bad: texts.length > 0 && typed === undefined };
}

function maskedRows({ cells }: SecretCells, isKept: boolean): Untidy['masks'] {
  const mask = isKept ? MASK : '';
  return cells.filter(({ text }) => text !== mask).map(({ row }) => ({ row, text: mask }));
}

function rowOf(rows: Rows, key: string): number | undefined {
  const row = rows.findIndex(other => other.key === key);
  return row < 0 ? undefined : row;
}
