/**
 * A pretend amoCRM: one account, its state, its routes, its moods, behind one function. Written from the API's facts
 * alone, never from our client. README.md says what it does not imitate.
 */

import type { EpochMs, Milliseconds, WireRequest, WireResponse } from '../emulator/contract';
import type { HostKind, OldHostStatus } from './addresses';
import { type Answer, frontServerPage, isFailure, page, problem, withHeader } from './answers';
import { FaultPlan, type PlannedFault, type PlanOptions } from './faultPlan';
import {
  FAULTS,
  type FaultEffect,
  type FaultName,
  NEVER_ARRIVES,
  retryHeader,
  tooMany,
  unauthorized,
} from './faults';
import type { Ledger, LoggedRequest } from './ledger';
import type { Integration } from './oauthDesk';
import { RateLimit, type RateLimitOptions } from './rateLimit';
import { type LatencyOptions, RoundTrips } from './roundTrip';
import { CURRENT_SUBDOMAIN, tellCurrentSubdomain } from './routes/currentSubdomain';
import { routeOf } from './routes/directory';
import { exchangeToken, refuseAtOldHost, refuseAtOtherAccount, TOKEN_ENDPOINT } from './routes/oauth';
import { hash32 } from './seededRandom';
import { matches, parametersOf, type RequestMatcher, type SeenRequest, seeRequest } from './seenRequest';
import { apiHostOf, hostOf, type NewEvent, type SimAccount, type SimEvent, type SimUser } from './state';
import { bearerOf, carelessness, secretsIn } from './strictness';
import type { Visit } from './visit';
import { World, type WorldOptions } from './world';

export interface SimulatorOptions extends WorldOptions {
  rateLimit?: RateLimitOptions;
  latency?: LatencyOptions;
}

export class Simulator {
  /** What the server saw, and the truth about the account; live. */
  readonly ledger: Ledger;
  private readonly world: World;
  private readonly faults = new FaultPlan();
  private readonly rate: RateLimit;
  private readonly rateOptions: RateLimitOptions;
  private readonly roundTrips: RoundTrips;
  private readonly requests: LoggedRequest[] = [];
  private readonly violations: string[] = [];
  private happenings: { matcher: RequestMatcher; left: number; act: () => void }[] = [];

  constructor(options: SimulatorOptions = {}) {
    this.world = new World(options);
    this.rateOptions = options.rateLimit ?? {};
    const { perSecond = 7, blockAfter = 10, blockMs } = this.rateOptions;
    this.rate = new RateLimit(perSecond, blockAfter, blockMs);
    this.roundTrips = new RoundTrips(options.latency ?? {}, this.world.seed);
    const { world, rate } = this;
    this.ledger = {
      requests: this.requests,
      violations: this.violations,
      tokens: world.oauth.heard,
      get events() {
        return world.events.all();
      },
      get busiestSecond() {
        return rate.busiestSecond();
      },
      get refusedByRate() {
        return rate.refused;
      },
    };
  }

  /** Live and writable: a changed time zone or account id holds from the next request on. */
  get account(): SimAccount {
    return this.world.account;
  }

  /** `demo.amocrm.ru` */
  get host(): string {
    return hostOf(this.world.account);
  }

  /** Live and writable: how far amoCRM's clock is ahead of ours. */
  get clockOffsetMs(): Milliseconds {
    return this.world.clockOffsetMs;
  }

  set clockOffsetMs(ms: Milliseconds) {
    this.world.clockOffsetMs = ms;
  }

  /** The host that tells where the account is now: `api-a.amocrm.ru`. */
  get apiHost(): string {
    return apiHostOf(this.world.account);
  }

  /** The first valid token. */
  get token(): string {
    const token = this.world.tokens.find(candidate => !candidate.revoked);
    if (!token) throw new Error('No valid token is left.');
    return token.value;
  }

  /** The users that `/users` lists now. */
  get users(): readonly SimUser[] {
    return [...this.world.users.values()];
  }

  /**
   * Answers one request that reaches the server at `arrivesAt`. Give a batch in the order of arrival.
   * @param heardAt when the client has the answer, where that is known
   */
  handle(request: WireRequest, arrivesAt: EpochMs, heardAt: EpochMs = arrivesAt): Answer {
    const seen = seeRequest(request, arrivesAt);
    if (!seen) {
      this.violations.push(`not an address: ${request.url}`);
      return { failure: 'dns' };
    }
    this.letThingsHappen(seen);
    const planned = this.faults.dueFor(seen);
    const { answer, fault } = this.receive(seen, planned, heardAt);
    this.log(seen, heardAt, answer, fault);
    if (isFailure(answer)) return answer;
    const id = hash32(`${this.world.seed}|${this.requests.length}`).toString(16);
    const date = new Date(this.world.serverTime(seen.at)).toUTCString();
    return withHeader(withHeader(answer, 'Date', date), 'X-Request-Id', id);
  }

  /** How long a request leaving then takes, there and back. A request meets the server half-way. */
  roundTripMs(request: WireRequest, leavesAt: EpochMs): Milliseconds {
    const seen = seeRequest(request, leavesAt);
    return seen ? this.roundTrips.of(seen, this.world.account.timeZone) : 0;
  }

  /** How much of that is spent before it arrives. */
  arrivesAfterMs(request: WireRequest, leavesAt: EpochMs): Milliseconds {
    const seen = seeRequest(request, leavesAt);
    return seen ? Math.round(this.roundTrips.thereOf(seen, this.world.account.timeZone)) : 0;
  }

  /**
   * The next requests that match meet a fault. Of several plans for one request the oldest comes first.
   * @param matcher such as `'GET /api/v4/events?page=7'`, `'*'`, or a function
   * @param times how many requests (default 1), or more exact options
   */
  plan(matcher: RequestMatcher, fault: FaultName | FaultEffect, times: number | PlanOptions = {}): void {
    this.faults.add(matcher, fault, typeof times === 'number' ? { times } : times);
  }

  /**
   * Something happens in the account just before the n-th matching request from now (from 1) is answered, as while a
   * list is being paged.
   */
  meanwhile(matcher: RequestMatcher, nth: number, act: () => void): void {
    this.happenings.push({ matcher, left: nth, act });
  }

  /** Whoever asks within the time gets the page of a block. A client cannot know beforehand: no violation. */
  block(from: EpochMs, to: EpochMs): void {
    this.plan('*', '403-html', { from, to, times: Number.POSITIVE_INFINITY });
  }

  /** Whoever asks within the time meets this. Default: the server is not to be reached. */
  outage(from: EpochMs, to: EpochMs, fault: FaultName = 'reset'): void {
    this.plan('*', fault, { from, to, times: Number.POSITIVE_INFINITY });
  }

  /** Planned faults that have not been met as often as planned. */
  unmetFaults(): string[] {
    return this.faults
      .unmet()
      .map(({ matcher, fault, left }) => `${nameOf(fault)} for ${String(matcher)}: ${left} left`);
  }

  /** Requests that leave within the time take so much longer. */
  slow(matcher: RequestMatcher, from: EpochMs, to: EpochMs, ms: Milliseconds): void {
    this.roundTrips.slow(matcher, from, to, ms);
  }

  /** The same, but it is the answer that drips: the request itself arrives as early as ever. */
  slowBody(matcher: RequestMatcher, from: EpochMs, to: EpochMs, ms: Milliseconds): void {
    this.roundTrips.slow(matcher, from, to, ms, 'on the way back');
  }

  /** Forgets all planned faults and lifts a block. */
  heal(): void {
    this.faults.clear();
    this.happenings = [];
    this.roundTrips.quicken();
    this.rate.reset();
  }

  addEvents(events: readonly NewEvent[]): void {
    this.world.events.add(events);
  }

  /** As when an entity is deleted with all its history. */
  deleteEvents(gone: (event: SimEvent) => boolean): void {
    this.world.events.remove(gone);
  }

  /** Adds users, or changes those with the same id. */
  putUsers(users: readonly SimUser[]): void {
    for (const user of users) this.world.users.set(user.id, { ...user });
  }

  /** A deleted user vanishes from the list; what that person did keeps its author. */
  deleteUser(id: number): void {
    this.world.users.delete(id);
  }

  /** Adds a token and returns it. */
  issueToken(value: string, userId: number, expiresAt?: EpochMs): string {
    this.world.tokens.push({ value, userId, ...(expiresAt === undefined ? {} : { expiresAt }) });
    return value;
  }

  revokeToken(value: string): void {
    for (const token of this.world.tokens) if (token.value === value) token.revoked = true;
  }

  /** What a host is to this account. */
  hostKind(host: string): HostKind {
    return this.world.addresses.kindOf(host);
  }

  /**
   * The account moves. From now on its old host knows it no more; tokens go on working at the new one. Whoever has a
   * live refresh token is told by the API's host.
   * @param options.oldHost how the token endpoint answers at the old host; it uses nothing up
   */
  rename(
    subdomain: string,
    { zone = this.world.account.zone, oldHost = 401 }: { zone?: string; oldHost?: OldHostStatus } = {},
  ): void {
    this.world.addresses.move(subdomain, zone, oldHost);
  }

  /** The integration's keys, for the option `oauth`. */
  get integration(): Integration {
    const { integration } = this.world.oauth;
    if (!integration) throw new Error('Without the option `oauth` there is no integration.');
    return integration;
  }

  /**
   * Somebody consents (by default the first administrator) and is given a code.
   * @param at when; it works for 20 minutes. Default: just before it is used.
   */
  issueCode({ userId, at }: { userId?: number; at?: EpochMs } = {}): string {
    return this.world.oauth.issueCode(userId, at);
  }

  /** Whether a code, an access or a refresh token is of this account, live or not. */
  gaveOut(secret: string): boolean {
    return this.world.tokens.some(({ value }) => value === secret) || this.world.oauth.gaveOut(secret);
  }

  /** An administrator withdraws the access: every token given out so far is dead for good. */
  revokeAccess(): void {
    for (const token of this.world.tokens) token.revoked = true;
    this.world.oauth.revokeAll();
  }

  /**
   * The integration is switched off: no token works until `switchOn()`, nothing is lost by asking.
   * @param tokenEndpoint whether it goes on giving out pairs; not known. Default: it refuses, too.
   */
  switchOff({ tokenEndpoint = 'refuses' }: { tokenEndpoint?: 'refuses' | 'answers' } = {}): void {
    this.world.isSwitchedOff = true;
    this.world.oauth.close(tokenEndpoint === 'refuses');
  }

  switchOn(): void {
    this.world.isSwitchedOff = false;
    this.world.oauth.close(false);
  }

  private letThingsHappen(seen: SeenRequest): void {
    if (this.happenings.length === 0) return;
    const due = this.happenings
      .filter(({ matcher }) => matches(matcher, seen))
      .filter(one => --one.left === 0);
    this.happenings = this.happenings.filter(({ left }) => left > 0);
    for (const { act } of due) act();
  }

  private receive(
    seen: SeenRequest,
    planned: PlannedFault | undefined,
    heardAt: EpochMs,
  ): { answer: Answer; fault?: string } {
    if (planned && NEVER_ARRIVES.includes(planned.fault)) return this.suffer(seen, planned);
    const elsewhere = this.atAnotherHost(seen);
    if (elsewhere) return { answer: elsewhere };
    const welcome = this.rate.arrive(seen.at, heardAt);
    if (welcome === 'blocked') {
      if (seen.at >= this.rate.blockHeardAt) this.complain(seen, 'sent although blocked');
      return { answer: frontServerPage(403) };
    }
    if (welcome === 'too many') return { answer: this.refuse(seen) };
    return planned ? this.suffer(seen, planned) : { answer: this.answer(seen) };
  }

  private suffer(seen: SeenRequest, planned: PlannedFault): { answer: Answer; fault: string } {
    this.faults.spend(planned);
    const effect = typeof planned.fault === 'function' ? planned.fault : FAULTS[planned.fault];
    const visit = this.visitOf(seen, { id: 0, user: undefined }, '');
    const retryAfter = planned.options.retryAfter ?? 300;
    return {
      answer: effect({
        visit,
        retryAfter,
        serverTime: this.world.serverTime(seen.at),
        answer: () => this.answer(seen),
      }),
      fault: nameOf(planned.fault),
    };
  }

  private refuse(seen: SeenRequest): WireResponse {
    this.complain(seen, `more than ${this.rateOptions.perSecond ?? 7} requests in a second`);
    const serverTime = this.world.serverTime(seen.at);
    const context = { retryAfter: this.rateOptions.retryAfter ?? 300, serverTime };
    const answer = tooMany(context, this.rate.refused % 2 === 1);
    const form = this.rateOptions.header ?? 'none';
    return form === 'none' ? answer : retryHeader(context, answer, form);
  }

  /** Hosts that are none of this account's: beyond its rate limit and its planned faults. */
  private atAnotherHost(seen: SeenRequest): Answer | undefined {
    const kind = this.hostKind(seen.host);
    if (kind === 'account' || kind === 'api' || kind === 'old') return undefined;
    for (const { kind } of secretsIn(seen)) this.complain(seen, `${kind} went to ${seen.host}`);
    if (kind === 'website') return page(200, LOGIN_PAGE);
    if (kind === 'foreign') return { failure: 'dns' };
    return asksForTokens(seen)
      ? refuseAtOtherAccount(this.world, seen)
      : unauthorized(this.world.account.language);
  }

  private answer(seen: SeenRequest): WireResponse {
    for (const breach of carelessness(seen)) this.complain(seen, breach);
    if (!seen.secure) {
      return withHeader(page(301, ''), 'Location', seen.url.replace(/^http:/, 'https:'));
    }
    const complain = (what: string) => this.complain(seen, what);
    const kind = this.hostKind(seen.host);
    if (kind === 'api') return tellCurrentSubdomain(this.world, seen, complain);
    if (seen.path === CURRENT_SUBDOMAIN) return this.unknownRoute(seen);
    // Nobody can know that it is the old one before having asked there.
    if (kind === 'old') {
      return asksForTokens(seen)
        ? refuseAtOldHost(this.world, seen)
        : unauthorized(this.world.account.language);
    }
    if (asksForTokens(seen)) return exchangeToken(this.world, seen, complain);
    const token = bearerOf(seen);
    if (token === undefined) this.complain(seen, 'no bearer token');
    const caller = token === undefined ? undefined : this.world.callerOf(token, seen.at);
    if (!caller) return unauthorized(this.world.account.language);
    const found = routeOf(seen);
    if (found === 'unknown') return this.unknownRoute(seen);
    if (found === 'wrong method') {
      this.complain(seen, 'no such method here');
      return problem(405, 'Method Not Allowed');
    }
    return found.route(this.visitOf(seen, caller, found.id));
  }

  private unknownRoute(seen: SeenRequest): WireResponse {
    this.complain(seen, 'no such route here');
    return problem(404, `Cannot ${seen.method} ${seen.url}`);
  }

  private visitOf(request: SeenRequest, caller: Visit['caller'], id: string): Visit {
    return { request, world: this.world, caller, id, complain: what => this.complain(request, what) };
  }

  private complain(seen: SeenRequest, what: string): void {
    this.violations.push(`${new Date(seen.at).toISOString()} ${seen.method} ${seen.path}: ${what}`);
  }

  private log(seen: SeenRequest, heardAt: EpochMs, answer: Answer, fault: string | undefined): void {
    this.requests.push({
      at: seen.at,
      heardAt,
      method: seen.method,
      host: seen.host,
      path: seen.path,
      query: parametersOf(seen),
      ...(isFailure(answer) ? { status: 0, failure: answer.failure } : { status: answer.status }),
      ...(fault === undefined ? {} : { fault }),
      ...told(answer, this.world.serverTime(seen.at)),
    });
  }
}

function asksForTokens({ method, path }: SeenRequest): boolean {
  return method === 'POST' && path === TOKEN_ENDPOINT;
}

const LOGIN_PAGE =
  '<!DOCTYPE html><html><head><title>amoCRM: авторизация</title></head><body><form method="post">Войдите</form></body></html>';

/** How long the client was asked to wait, whether by the header or, as Kommo does, in the body. */
function told(answer: Answer, serverTime: EpochMs): Pick<LoggedRequest, 'retryAfterMs' | 'blockPage'> {
  if (isFailure(answer)) return {};
  const page = answer.body.startsWith('<') || answer.body.startsWith('<!');
  if (answer.status === 403 && page) return { blockPage: true };
  if (answer.status !== 429) return {};
  const header = String(answer.headers['Retry-After'] ?? '');
  const seconds = /^\d+$/.test(header) ? Number(header) : undefined;
  const until = Date.parse(header) - serverTime;
  if (seconds !== undefined) return { retryAfterMs: seconds * 1000 };
  if (until > 0) return { retryAfterMs: until };
  const inBody = page ? undefined : /"retry_after":(\d+)/.exec(answer.body)?.[1];
  return inBody === undefined ? {} : { retryAfterMs: Number(inBody) * 1000 };
}

function nameOf(fault: FaultName | FaultEffect): string {
  return typeof fault === 'function' ? 'custom' : fault;
}
