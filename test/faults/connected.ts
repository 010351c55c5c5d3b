import { MASK } from '../../src/core/token';
import { type Performed, Stage, type StageOptions } from '../campaign/stage';
import { SERVICE } from '../campaign/subjects';
import { placeOf } from '../campaign/tables';
import { type Expected, judgeWorkbook } from '../campaign/workbookOracle';
import { Chance } from '../emulator/chance';
import type { Outcome } from '../emulator/outcome';
import type { OAuthOptions } from '../simulator/oauthDesk';
import { type Manners, politeness } from '../simulator/politeness';
import type { Simulator, SimulatorOptions } from '../simulator/simulator';
import { DAY, logOf, MAIL, ZONE } from './night';

/** So long the tokens live: those of the set-up are to be renewed from 02:55 on, before the report. */
export const LIFE_S = (4 * 60 + 35) * 60;

/** The script that each stage has: the same seed gives the same id. */
const SCRIPT_ID = new Chance(1).uuid();

export type Order = Partial<Omit<StageOptions, 'simulator'>> & {
  oauth?: OAuthOptions;
  simulator?: SimulatorOptions;
};

/** A small company at ten to eleven in the evening; nothing is set up yet. */
export function company({ oauth, simulator, ...order }: Order = {}): Stage {
  const redirectUri = `https://script.google.com/macros/d/${SCRIPT_ID}/usercallback`;
  const stage = new Stage({
    ...{ seed: 'auth', zone: ZONE, firstDay: '2026-11-17', days: 8, perDay: 40, begin: `${DAY}T22:50` },
    ...order,
    simulator: { oauth: { redirectUri, accessLifeSeconds: LIFE_S, ...oauth }, ...simulator },
  });
  if (stage.world.scriptId !== SCRIPT_ID) throw new Error('The script has got another id');
  // What is about pings is looked at elsewhere.
  stage.firings = ({ handler }, at) =>
    handler === 'hourlyPing' && new Date(at).getUTCHours() % 4 !== 3 ? 'lost' : undefined;
  return stage;
}

/** The keys and a code are in their cells; the person has not chosen set-up a second time. */
export function withKeysTyped(order: Order = {}): Stage {
  const stage = company(order);
  stage.world.run('onOpen', { context: 'simple-trigger' });
  stage.click('setUp', { token: '' });
  typeKeys(stage, stage.simulator.issueCode());
  return stage;
}

export function typeKeys(stage: Stage, code: string, from: Simulator = stage.simulator): void {
  const { clientId, clientSecret } = from.integration;
  stage.set('clientId', clientId);
  stage.set('clientSecret', clientSecret);
  stage.set('authCode', code);
}

/** Connected by OAuth and scheduled. */
export function connected(order: Order = {}): Stage {
  const stage = withKeysTyped(order);
  finishSetUp(stage);
  return stage;
}

/** Connected by a long-lived token, beside the company's integration. */
export function connectedByToken(order: Order = {}): Stage {
  const stage = company(order);
  stage.world.run('onOpen', { context: 'simple-trigger' });
  finishSetUp(stage, stage.simulator.token);
  return stage;
}

export function finishSetUp(stage: Stage, token = ''): void {
  stage.click('setUp', { token });
  stage.set('serviceAccounts', String(SERVICE.id));
  stage.serviceAccounts = [SERVICE.id];
  stage.set('notifyEmail', MAIL);
}

/** A person asks for a fresh code and enters it in the sidebar. */
export function reconnect(stage: Stage, code = stage.simulator.issueCode()): Said {
  const { clientId } = stage.simulator.integration;
  return said(ask(stage, { ask: 'code', clientId, clientSecret: '', code }));
}

/** The same with the secret, as where nothing is kept. */
export function connectAnew(stage: Stage): Said {
  const { clientId, clientSecret } = stage.simulator.integration;
  return said(ask(stage, { ask: 'code', clientId, clientSecret, code: stage.simulator.issueCode() }));
}

export function ask(stage: Pick<Stage, 'world'>, request: object): Outcome {
  return stage.world.callFromPage('connectRequest', request);
}

export interface Said {
  ok: boolean;
  what: string;
  todo: string;
  field?: string;
}

export function said({ value, error }: Outcome): Said {
  if (error) throw new Error(error.message);
  const { said: given } = value as { said?: Said };
  return given ?? { ok: false, what: '(nothing was said)', todo: '' };
}

/** What the sidebar is told of the connection. */
export function stateOf(stage: Pick<Stage, 'world'>): { connection: string; way: string; address: string } {
  const { value } = ask(stage, { ask: 'state' });
  return (value as { state: { connection: string; way: string; address: string } }).state;
}

export function statusText(stage: Pick<Stage, 'world'>): string {
  const { dialogs } = stage.world.run('showStatus', { context: 'menu', answers: () => 'OK' });
  return dialogs.map(({ text }) => text).join('\n');
}

/** The document in which the tokens are kept. */
export function stored(stage: Pick<Stage, 'world'>): Stored | undefined {
  const text = stage.world.properties().get('connection');
  return text === undefined ? undefined : (JSON.parse(text) as Stored);
}

interface Stored {
  access: string;
  host?: string;
  movedFrom?: string;
  accountId?: number;
  renewal?: { refresh: string; code: string; expiresAt: number; doubtSince?: number };
  refusal?: { since: number; times: number; cause: string };
}

/** What came of the requests for new tokens, in order. */
export function refreshes({ simulator }: Stage): string[] {
  return simulator.ledger.tokens
    .filter(({ grant }) => grant === 'refresh_token')
    .map(({ outcome, reused }) => (reused ? `${outcome} (again)` : outcome));
}

export function reusedOf({ simulator }: Pick<Stage, 'simulator'>): number {
  return simulator.ledger.tokens.filter(({ reused }) => reused).length;
}

export interface Right extends Expected {
  manners?: Partial<Manners>;
  triggers?: readonly string[];
}

/** What must be so in the end: the tables as the oracle has them, the schedule whole, no bad manners. */
export function problemsOf(stage: Stage, right: Right): string[] {
  const { manners = {}, triggers = ['dailyReport', 'hourlyPing'], ...expected } = right;
  const standing = stage.world.triggers.map(({ handler }) => handler).sort();
  return [
    ...judgeWorkbook(stage, expected).filter(problem => !isRefusedPing(stage, problem)),
    ...(standing.join() === [...triggers].sort().join() ? [] : [`triggers: ${standing.join()}`]),
    ...politeness(stage.simulator.ledger, { perSecond: 5, ...manners }).map(what => `impolite: ${what}`),
    ...stage.simulator.ledger.violations.map(what => `careless: ${what}`),
    ...stage.performed.flatMap(({ functionName, outcome }) =>
      outcome?.error && !outcome.killed ? [`uncaught: ${functionName}: ${outcome.error.message}`] : [],
    ),
    ...logOf(stage)
      .map(({ effect, todo, what }) => [what, effect, todo].join(' '))
      .filter(text => /undefined|\[object|TypeError|NaN|null|Не настроено: {2}/.test(text))
      .map(text => `unexplained: ${text}`),
  ];
}

/** A sample that was answered by 401 and taken again with new tokens: the journal cannot tell both apart. */
function isRefusedPing(stage: Stage, problem: string): boolean {
  const [, missed, strange] =
    /^pings: (?:the ping of (\S+) is not in the sheet$|nobody took the ping of (\S+?),)/.exec(problem) ?? [];
  const at = missed === undefined ? strange && stage.at(strange) : Date.parse(missed);
  if (!at) return false;
  const isRefused = ({ endedAt, requests, startedAt }: Performed) =>
    startedAt - 1_000 <= at && at <= endedAt && requests.some(({ status }) => status === 401);
  return stage.performed.some(isRefused);
}

/** What stands in the value cell of a setting. */
export function cellOf({ world: { workbook } }: Pick<Stage, 'world'>, key: string): unknown {
  const { columns, sheet } = placeOf(workbook, 'settings')!;
  for (let row = 2; row <= sheet.lastRow; row += 1) {
    if (sheet.value(row, columns.get('key')!) === key) return sheet.value(row, columns.get('value')!);
  }
  return undefined;
}

export function problemCell({ world: { workbook } }: Pick<Stage, 'world'>, key: string): string {
  const { columns, sheet } = placeOf(workbook, 'settings')!;
  for (let row = 2; row <= sheet.lastRow; row += 1) {
    if (sheet.value(row, columns.get('key')!) === key)
      return String(sheet.value(row, columns.get('problem')!));
  }
  return '';
}

/** What the tables hold but for pings, which move there when somebody comes by, for "nothing was changed". */
export function tablesOf({ world: { workbook } }: Pick<Stage, 'world'>): string {
  const keys = ['report', 'days', 'hours', 'processes', 'loops', 'latency'];
  return JSON.stringify(keys.map(key => workbook.display(placeOf(workbook, key)!.sheet)));
}

/** Requests from then on. */
export function sentSince({ simulator }: Stage, at: number): string[] {
  return simulator.ledger.requests
    .filter(request => request.at >= at)
    .map(({ host, path }) => `${host}${path}`);
}

export { MASK };
