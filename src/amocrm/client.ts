import { AmoError, isSoonPast } from '../core/amoError';
import type { EpochMs } from '../core/day';
import type { Clock, HttpRequest, HttpResult } from '../ports';
import { dataOf, type Json } from './answer';
import type { Gate } from './gate';
import { type AmoAccount, getRequest, type Query } from './request';
import { waitBeforeRetry as patiently } from './retry';

/** Something to be asked of amoCRM with a GET, and how its answer is understood. */
export interface Question<T> {
  path: string;
  query: Query;
  /** @throws AmoError `malformed` where the answer is none */
  read: (data: Json) => T;
}

export interface AmoClient {
  /**
   * The answer to a GET, as `read` understands it. Temporary failures, and answers that `read` refuses as malformed,
   * are retried with growing waits while there is time.
   * @throws AmoError
   */
  get<T>(path: string, query: Query, read: Question<T>['read']): T;
  /** How many questions one round takes at present. */
  readonly most: number;
  /**
   * Asks some questions at the same time, each once, and waits as long as their failures call for.
   * @param questions as many as `most` tells, or less
   * @returns in the order of the questions; undefined where one has to be asked again
   * @throws AmoError when a failure will not pass, or a question has failed too often
   */
  round<T>(questions: readonly Question<T>[]): (Answered<T> | undefined)[];
  /**
   * Asks all of these, as many at the same time as may be, until each is answered or refused.
   * @param until when it is given up what was not answered: as timed out
   * @returns in the order of the questions
   * @throws AmoError when another run will be able to ask
   */
  all<T extends readonly unknown[]>(questions: Questions<T>, until?: EpochMs): Heard<T>;
}

type Questions<T extends readonly unknown[]> = readonly [...{ [Place in keyof T]: Question<T[Place]> }];
type Heard<T extends readonly unknown[]> = { [Place in keyof T]: Answered<T[Place]> | Refused };

export interface Answered<T> {
  answer: T;
}

/** A failure that will not pass, or one that has lasted too long. */
export interface Refused {
  error: AmoError;
}

export interface AmoClientNeeds {
  clock: Clock;
  gate: Gate;
  account: AmoAccount;
  /** No request leaves after this, no wait ends after this, and no answer is waited for much longer. */
  deadline: EpochMs;
  /** When to try again, see `retry.ts`. */
  waitBeforeRetry?: typeof patiently;
}

/** The lightest address: any user may ask it ([D crm_platform/account-info]). */
export const ACCOUNT_PATH = '/api/v4/account';

const LATE_ANSWER_MS = 10_000;

export function amoClient(needs: AmoClientNeeds): AmoClient {
  const { clock, gate, account, deadline, waitBeforeRetry = patiently } = needs;
  /** How often questions have failed in a row, by their address. */
  const failures = new Map<string, number>();
  let most = Number.POSITIVE_INFINITY;

  const ask = (requests: readonly HttpRequest[]): HttpResult[] => {
    const left = deadline - clock.now();
    if (left <= 0) throw new AmoError('out-of-time');
    const timed = requests.map(request => ({
      ...request,
      timeoutMs: Math.min(request.timeoutMs, left + LATE_ANSWER_MS),
    }));
    const results = gate.readyFor(requests.length)(timed);
    // An answer that was waited for less long than usual says nothing of amoCRM: it is our time that is over.
    const isCutShort = timed.some(
      ({ timeoutMs }, place) =>
        timeoutMs < requests[place]!.timeoutMs && failureOf(results[place]!) === 'timeout',
    );
    if (isCutShort) throw new AmoError('out-of-time');
    // What fails below HTTP fails for all: fewer at a time, until it is one alone that fails.
    const isLost = results.every(result => failureOf(result) !== undefined);
    most = isLost ? Math.max(1, Math.floor(requests.length / 2)) : most + 1;
    return results;
  };

  /** How long to wait before a question is asked again; undefined: it is not. */
  const waitFor = (error: AmoError, address: string): number | undefined => {
    const times = (failures.get(address) ?? 0) + 1;
    failures.set(address, times);
    const wait = waitBeforeRetry(error, times);
    if (wait !== undefined && clock.now() + wait < deadline) return wait;
    failures.delete(address);
    return undefined;
  };

  /** One round. What comes back undefined is to be asked again. */
  const attempt = <T>(questions: readonly Question<T>[]): (Answered<T> | Refused | undefined)[] => {
    const requests = questions.map(({ path, query }) => getRequest(account, path, query));
    const results = ask(requests);
    const heard = questions.map((question, place) => understood(question, results[place]!, clock.now()));
    gate.heard(...heard.flatMap(one => ('error' in one ? [one.error] : [])));
    let isRenewed: boolean | undefined;
    let longest = 0;
    const outcomes = heard.map((one, place) => {
      const { path } = questions[place]!;
      const address = requests[place]!.url;
      if ('answer' in one) {
        failures.delete(address);
        return one;
      }
      const { error } = one;
      const isElsewhere = isMoved(error, path);
      if (error.status === 401 || isElsewhere) {
        // Once for all that were refused at the same time.
        isRenewed ??= account.renew?.(isElsewhere) ?? false;
        if (isRenewed) return undefined;
      }
      if (isMisleading(error, path)) return { error: new AmoError('refused', error.status) };
      const wait = waitFor(error, address);
      if (wait === undefined) return one;
      longest = Math.max(longest, wait);
      return undefined;
    });
    if (longest > 0) clock.sleep(longest);
    return outcomes;
  };

  const round: AmoClient['round'] = questions =>
    attempt(questions).map(one => {
      if (one && 'error' in one) throw one.error;
      return one;
    });

  const mostNow = () => Math.min(most, gate.most);

  return {
    get most() {
      return mostNow();
    },
    round,
    all<T extends readonly unknown[]>(questions: Questions<T>, until = Number.POSITIVE_INFINITY) {
      const outcomes = new Map<Question<unknown>, Answered<unknown> | Refused>();
      for (;;) {
        // Most of them now are better than all of them later.
        const width = gate.free >= mostNow() / 2 ? Math.min(gate.free, mostNow()) : mostNow();
        const open = questions.filter(question => !outcomes.has(question)).slice(0, width);
        if (open.length === 0 || clock.now() >= until) {
          const notHeard = { error: new AmoError('timeout') };
          return questions.map(question => outcomes.get(question) ?? notHeard) as Heard<T>;
        }
        attempt(open).forEach((one, place) => {
          if (!one) return;
          if ('error' in one && isSoonPast(one.error)) throw one.error;
          outcomes.set(open[place]!, one);
        });
      }
    },
    get(path, query, read) {
      for (;;) {
        const [found] = round([{ path, query, read }]);
        if (found) return found.answer;
      }
    },
  };
}

function understood<T>({ read }: Question<T>, result: HttpResult, now: EpochMs): Answered<T> | Refused {
  try {
    return { answer: read(dataOf(result, now)) };
  } catch (error) {
    if (!(error instanceof AmoError)) throw error;
    return { error };
  }
}

function failureOf(result: HttpResult): string | undefined {
  return 'failure' in result ? result.failure : undefined;
}

/** What may mean that the account is elsewhere by now. */
function isMoved(error: AmoError, path: string): boolean {
  return speaksOfAddress(error) && (path === ACCOUNT_PATH || error.status === 401);
}

/** Only the account's own address tells whether there is such an account; elsewhere a 404 means something else. */
function isMisleading(error: AmoError, path: string): boolean {
  return speaksOfAddress(error) && path !== ACCOUNT_PATH;
}

function speaksOfAddress({ code }: AmoError): boolean {
  return code === 'not-found' || code === 'redirected';
}
