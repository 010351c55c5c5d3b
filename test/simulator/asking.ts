/** For tests: asks the simulator as a careful client would, and takes the answer apart. */

import type { EpochMs, WireRequest } from '../emulator/contract';
import { isFailure } from './answers';
import type { Simulator } from './simulator';

export interface Asked {
  at?: EpochMs;
  method?: string;
  /** `null` for none. Default: the first valid one. */
  token?: string | null;
  headers?: Record<string, string>;
  body?: string;
  host?: string;
}

export interface Heard {
  status: number;
  headers: Record<string, string | string[]>;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever JSON the answer holds
  json: any;
  failure?: string;
}

/** After all events of the tests' day. */
export const LATER: EpochMs = Date.UTC(2026, 10, 20, 12);

/** A request for a path with its query, brackets encoded. */
export function requestTo(simulator: Simulator, path: string, asked: Asked = {}): WireRequest {
  const token = asked.token === undefined ? simulator.token : asked.token;
  const encoded = path.replaceAll('[', '%5B').replaceAll(']', '%5D');
  return {
    method: asked.method ?? 'GET',
    url: `https://${asked.host ?? simulator.host}${encoded}`,
    headers: { ...(token === null ? {} : { Authorization: `Bearer ${token}` }), ...asked.headers },
    body: asked.body,
  };
}

let clock = LATER;

/** Without `at`, each question comes a second after the one before. */
export function ask(simulator: Simulator, path: string, asked: Asked = {}): Heard {
  clock += 1000;
  const answer = simulator.handle(requestTo(simulator, path, asked), asked.at ?? clock);
  if (isFailure(answer))
    return { status: 0, headers: {}, text: '', json: undefined, failure: answer.failure };
  return { status: answer.status, headers: answer.headers, text: answer.body, json: parsed(answer.body) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The ids of all events a reader meets who follows `next` from a first address. */
export function readAll(simulator: Simulator, path: string): string[] {
  const ids: string[] = [];
  for (let next: string | undefined = path; next !== undefined; ) {
    const heard = ask(simulator, next);
    if (heard.status === 204) break;
    ids.push(...heard.json._embedded.events.map((event: { id: string }) => event.id));
    const href: string | undefined = heard.json._links.next?.href;
    next = href === undefined ? undefined : new URL(href).pathname + new URL(href).search;
  }
  return ids;
}
