/** The imitated account: what there is, who may see it, and how its lists behave. */

import type { EpochMs, Milliseconds } from '../emulator/contract';
import { Addresses } from './addresses';
import {
  DEFAULT_CUSTOMER_STATUSES,
  DEFAULT_PIPELINES,
  DEFAULT_TASK_TYPES,
  DEFAULT_USERS,
} from './defaultAccount';
import { EventStore } from './eventStore';
import { OAuthDesk, type OAuthOptions } from './oauthDesk';
import type {
  CustomerStatus,
  CustomersMode,
  CustomField,
  EventOrder,
  Language,
  NewEvent,
  NextLinks,
  SimAccount,
  SimPipeline,
  SimToken,
  SimUser,
  TaskType,
} from './state';
import { hostOf } from './state';
import { syntheticToken } from './syntheticToken';

export interface WorldOptions {
  /** Default `demo`. */
  subdomain?: string;
  /** Default `amocrm.ru`. */
  zone?: string;
  accountId?: number;
  accountName?: string;
  /** IANA name, default `Europe/Moscow`. */
  timeZone?: string;
  /** Of error texts, and of event types for users without one. Default Russian. */
  language?: Language;
  /** Default: an administrator and two colleagues. */
  users?: readonly SimUser[];
  /** Default: one long-lived token of the first administrator (else of the first user). */
  tokens?: readonly SimToken[];
  /** A store may be shared by accounts that begin alike; then `order` and `eventsAppear` are the store's. */
  events?: readonly NewEvent[] | EventStore;
  customFields?: readonly CustomField[];
  /** Default: one with four stages, as an account never has none. */
  pipelines?: readonly SimPipeline[];
  /** Default: the two that every account begins with. */
  taskTypes?: readonly TaskType[];
  /** Default `periodicity`, the mode with stages. */
  customersMode?: CustomersMode;
  /** Default: the system's four and one of the account's own. */
  customerStatuses?: readonly CustomerStatus[];
  /** Of the events list; the real order is not documented. Default newest first. */
  order?: EventOrder;
  /** Of the events list; both a `next` too many and one too few were reported of it. Default `as-they-are`. */
  nextLinks?: NextLinks;
  /** Links in lists name a shard instead of the account's host. Default no. */
  sharedHostLinks?: boolean;
  /** Whether the ends of `filter[created_at][from|to]` belong to the range; not documented. Default yes. */
  inclusiveBounds?: boolean;
  /** When an event is listed unless it says so itself: when it happened (default), or whatever the clock says. */
  eventsAppear?: 'when-they-happen' | 'at-once';
  /** Credentials and codes of an integration; none by default. */
  oauth?: OAuthOptions;
  /**
   * How far amoCRM's clock is ahead of ours (behind: negative). It shows in the header `Date`, in `server_time` and in
   * the claims of tokens given out; what happens, happens on time all the same. Default 0.
   */
  clockOffsetMs?: Milliseconds;
  /** Everything random repeats with it. Default `amoCRM`. */
  seed?: string;
}

const TOKEN_LIFE_SECONDS = 5 * 365 * 86_400;
const ISSUED_AT = Date.UTC(2026, 0, 12, 9) / 1000;

export class World {
  readonly account: SimAccount;
  readonly addresses: Addresses;
  readonly users = new Map<number, SimUser>();
  readonly tokens: SimToken[];
  readonly events: EventStore;
  readonly oauth: OAuthDesk;
  /** While the integration is switched off no token works [D oauth/step-by-step]. */
  isSwitchedOff = false;
  clockOffsetMs: Milliseconds;
  readonly seed: string;
  readonly sharedHostLinks: boolean;
  readonly inclusiveBounds: boolean;
  readonly nextLinks: NextLinks;
  /** Lists (by their filter) whose rows moved on by one from a page on: an insertion while somebody paged. */
  readonly shiftedFrom = new Map<string, number>();

  constructor(options: WorldOptions) {
    this.seed = options.seed ?? 'amoCRM';
    this.clockOffsetMs = options.clockOffsetMs ?? 0;
    this.sharedHostLinks = options.sharedHostLinks ?? false;
    this.inclusiveBounds = options.inclusiveBounds ?? true;
    this.nextLinks = options.nextLinks ?? 'as-they-are';
    this.account = {
      id: options.accountId ?? 31_415_926,
      name: options.accountName ?? 'ООО «Пример»',
      subdomain: options.subdomain ?? 'demo',
      zone: options.zone ?? 'amocrm.ru',
      timeZone: options.timeZone ?? 'Europe/Moscow',
      language: options.language ?? 'ru',
      customFields: copies(options.customFields ?? []),
      pipelines: copies(options.pipelines ?? DEFAULT_PIPELINES),
      taskTypes: copies(options.taskTypes ?? DEFAULT_TASK_TYPES),
      customersMode: options.customersMode ?? 'periodicity',
      customerStatuses: copies(options.customerStatuses ?? DEFAULT_CUSTOMER_STATUSES),
    };
    this.addresses = new Addresses(this.account);
    for (const user of options.users ?? DEFAULT_USERS) this.users.set(user.id, { ...user });
    this.tokens = options.tokens ? options.tokens.map(token => ({ ...token })) : [this.longLivedToken()];
    const { events = [], eventsAppear, order = 'newest-first' } = options;
    if (events instanceof EventStore) {
      this.events = events;
    } else {
      this.events = new EventStore(this.seed, order, eventsAppear === 'at-once');
      this.events.add(events);
    }
    this.oauth = new OAuthDesk(options.oauth, this);
  }

  /** What amoCRM takes an instant for. */
  serverTime(at: EpochMs): EpochMs {
    return at + this.clockOffsetMs;
  }

  /** The token's user, or undefined when the token is unknown, revoked or over. A deleted user's token still works. */
  callerOf(token: string, at: EpochMs): { id: number; user: SimUser | undefined } | undefined {
    if (this.isSwitchedOff) return undefined;
    const known = this.tokens.find(candidate => candidate.value === token);
    if (!known || known.revoked || (known.expiresAt !== undefined && at >= known.expiresAt)) return undefined;
    return { id: known.userId, user: this.users.get(known.userId) };
  }

  /** An address in `_links`. */
  link(pathAndQuery: string): string {
    return `https://${hostOf(this.account)}${pathAndQuery}`;
  }

  /**
   * An address in links that may name a shard, if the account has such links: those of a list's pages
   * [D crm_platform/entity-links-api] and of pipelines [D crm_platform/leads_pipelines].
   */
  pageLink(pathAndQuery: string): string {
    return this.sharedHostLinks
      ? `https://shard151.${this.account.zone}${pathAndQuery}`
      : this.link(pathAndQuery);
  }

  /** The first administrator, else the first user. */
  administrator(): SimUser {
    const users = [...this.users.values()];
    const found = users.find(user => user.isAdmin) ?? users[0];
    if (!found) throw new Error('An account without users has no token: give tokens, too.');
    return found;
  }

  private longLivedToken(): SimToken {
    const owner = this.administrator();
    const value = syntheticToken({
      account: this.account,
      userId: owner.id,
      issuedAt: ISSUED_AT,
      expiresAt: ISSUED_AT + TOKEN_LIFE_SECONDS,
      grantType: '',
      seed: this.seed,
    });
    return { value, userId: owner.id };
  }
}

/** The account is writable: what a test handed in stays as it is. */
function copies<Item extends object>(items: readonly Item[]): Item[] {
  return items.map(item => structuredClone(item));
}
