/**
 * What the sidebar "Connect amoCRM" asks of the server, and what it is told: plain data, since nothing else passes
 * between them ([doc HC] primitives, plain objects and arrays). No answer holds a secret.
 */
import { MASK } from './token';

export type ConnectRequest =
  /** How things stand; nothing is changed, and amoCRM is not asked. */
  | { ask: 'state' }
  /** Step 1: keeps the account's address. */
  | { ask: 'address'; address: string }
  /** Step 2, first way: tries a long-lived token and keeps it if it works. */
  | { ask: 'token'; token: string }
  /** Step 2, second way: keeps the integration's keys and gives the address of amoCRM's consent page. */
  | { ask: 'link'; clientId: string; clientSecret: string }
  /** Step 2, third way: exchanges the 20-minute code of the integration's own window. */
  | { ask: 'code'; clientId: string; clientSecret: string; code: string }
  /** Step 3: tries everything that the monitor needs. */
  | { ask: 'check' };

const LONGEST = 10_000;

/** A page can be made to send anything: only texts of a sensible length go further. */
export function connectRequestOf(asked: unknown): ConnectRequest {
  const fields = (typeof asked === 'object' && asked !== null ? asked : {}) as Record<string, unknown>;
  const text = (name: string) => {
    const value = fields[name];
    return typeof value === 'string' ? value.slice(0, LONGEST).split(MASK).join('') : '';
  };
  const ask = text('ask');
  const keys = { clientId: text('clientId'), clientSecret: text('clientSecret') };
  if (ask === 'address') return { ask, address: text('address') };
  if (ask === 'token') return { ask, token: text('token') };
  if (ask === 'link') return { ask, ...keys };
  if (ask === 'code') return { ask, ...keys, code: text('code') };
  return ask === 'check' ? { ask } : { ask: 'state' };
}

export interface ConnectState {
  language: 'ru' | 'en';
  /** The account's address as the settings have it; empty while there is none. */
  address: string;
  /** `refused`: amoCRM does not take the tokens any more, a person has to connect anew. */
  connection: 'none' | 'works' | 'refused';
  /** The account's name as amoCRM tells it; empty while unknown. Text of a customer: never HTML. */
  account: string;
  /** How the connection was made; empty without one. */
  way: '' | 'token' | 'oauth';
  clientId: string;
  /** Whether a client secret is kept: then an empty field means that one. */
  hasSecret: boolean;
  /** What is to be entered in the integration. */
  redirectUri: string;
}

export type ConnectField = 'address' | 'token' | 'clientId' | 'clientSecret' | 'code';

/** What came of a request, in the user's language. */
export interface ConnectSaid {
  ok: boolean;
  what: string;
  /** What to do next; empty where nothing is. */
  todo: string;
  /** The field that is wrong, where it is one. */
  field?: ConnectField;
}

/** What is tried, in this order. */
export type Check = 'address' | 'token' | 'account' | 'user' | 'users' | 'events' | 'ping' | 'clock';

/** One thing that was tried. */
export interface CheckLine {
  /** `skipped`: it could not be tried, for a reason that stands above. */
  state: 'ok' | 'warning' | 'failed' | 'skipped';
  /** What was tried. */
  label: string;
  /** What came of it. */
  what: string;
  /** What to do; empty where nothing is. */
  todo: string;
}

export interface ConnectAnswer {
  state: ConnectState;
  said?: ConnectSaid;
  /** For `link`: where amoCRM asks the user for consent. */
  link?: string;
  /** For `check`. */
  checks?: CheckLine[];
}
