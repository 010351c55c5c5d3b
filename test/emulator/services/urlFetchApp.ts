import type { Exchange, WireRequest, WireResponse } from '../contract';
import type { LiveExecution } from '../execution';
import { facade } from '../facade';
import { leakOfRequest } from '../plantedSecrets';
import type { World } from '../world';
import { type PreparedRequest, prepareRequest } from './fetchOptions';
import { httpResponse } from './httpResponse';
import { checkAllowed, isPrivate } from './urlRules';

type HTTPResponse = GoogleAppsScript.URL_Fetch.HTTPResponse;
type Emulated = Pick<GoogleAppsScript.URL_Fetch.UrlFetchApp, 'fetch' | 'fetchAll'>;

const MAX_REDIRECTS = 10;
const REDIRECTS = [301, 302, 303, 307, 308];
/** How much of an error page the message quotes; the real number is unknown. */
const QUOTED_CHARS = 100;

/** HTTP through the world's network [doc UF]; errors as practitioners report them. */
export function urlFetchApp(execution: LiveExecution, world: World): object {
  const authorise = (call: string): void => {
    execution.needAuthorisation(call);
    execution.needScope('script.external_request', call);
  };

  /** All requests are checked before the first one leaves; then the first failure in their order is thrown. */
  const send = (given: readonly { url: unknown; options: Record<string, unknown> }[]): HTTPResponse[] => {
    const requests = given.map(({ url, options }) => prepareRequest(execution, url, options, world.scriptId));
    const answers = exchangeAll(execution, world, requests);
    return answers.map((answer, i) => {
      const request = requests[i] as PreparedRequest;
      if (answer.failure) execution.fail(answer.failure, { url: request.url });
      const { response } = answer as { response: WireResponse };
      if (!request.mute && response.status >= 400) failed(execution, request, response);
      return httpResponse(execution, response);
    });
  };

  const service = {
    fetch(url: string, params: object = {}) {
      authorise('UrlFetchApp.fetch');
      return send([{ url, options: { ...params } }])[0] as HTTPResponse;
    },
    fetchAll(requests: unknown[]) {
      authorise('UrlFetchApp.fetchAll');
      return send(
        Array.from(requests, request => {
          if (typeof request === 'string') return { url: request, options: {} };
          if (typeof request !== 'object' || request === null) {
            return execution.fail('invalidArgument', { what: String(request) });
          }
          const { url, ...options } = request as Record<string, unknown>;
          return { url, options };
        }),
      );
    },
  } satisfies Emulated;
  return facade(execution, 'UrlFetchApp', service, {
    // The address may be anything: a wrong one has a message of its own.
    fetch: { takes: [['any'], ['any', 'object']], cost: 0 },
    fetchAll: { takes: [['array']], cost: 0 },
  });
}

/** Sends the batch and follows its redirects, round after round, each round leaving together. */
function exchangeAll(
  execution: LiveExecution,
  world: World,
  requests: readonly PreparedRequest[],
): Exchange[] {
  const answers: Exchange[] = requests.map(() => ({ tookMs: 0, failure: 'timeout' }));
  const spentMs = requests.map(() => 0);
  let round = requests.map((request, i) => ({ i, wire: request.wire }));
  for (let hop = 0; round.length > 0; hop += 1) {
    const exchanges = exchangeRound(
      execution,
      world,
      round.map(({ i, wire }) => ({ wire, timeoutMs: (requests[i]?.timeoutMs ?? 0) - (spentMs[i] ?? 0) })),
    );
    round = round.flatMap(({ i, wire }, k) => {
      const exchange = exchanges[k] as Exchange;
      answers[i] = exchange;
      spentMs[i] = (spentMs[i] ?? 0) + exchange.tookMs;
      const next = requests[i]?.follow && exchange.response ? redirected(wire, exchange.response) : undefined;
      if (next && hop >= MAX_REDIRECTS)
        throw execution.realm.exception(`Too many redirects: ${requests[i]?.url}`);
      if (next) checkAllowed(execution, next.url);
      return next ? [{ i, wire: next }] : [];
    });
  }
  return answers;
}

function exchangeRound(
  execution: LiveExecution,
  world: World,
  requests: readonly { wire: WireRequest; timeoutMs: number }[],
): Exchange[] {
  if (!world.quotas.spend(execution.user, 'urlFetch', requests.length, execution.now())) {
    execution.fail('tooManyCalls', { service: 'urlfetch' });
  }
  for (const { wire } of requests) {
    const leak = leakOfRequest(wire);
    if (leak) execution.leak(leak);
  }
  execution.requests += requests.length;
  world.requests += requests.length;
  const reachable = requests.filter(({ wire }) => !isPrivate(wire.url));
  const patience = Math.max(1, ...reachable.map(({ timeoutMs }) => timeoutMs));
  const longest = world.network.realTime ? Math.min(patience, execution.lifeLeft()) : patience;
  const sent =
    reachable.length === 0
      ? []
      : world.network.exchange(
          reachable.map(({ wire }) => wire),
          execution.now(),
          longest,
        );
  const results = requests.map(({ wire, timeoutMs }): Exchange => {
    const exchange = isPrivate(wire.url) ? undefined : sent.shift();
    if (!exchange) return { tookMs: 0, failure: 'dns' };
    return exchange.tookMs > timeoutMs ? { tookMs: timeoutMs, failure: 'timeout' } : exchange;
  });
  world.clock.requestAnswered();
  execution.spend(Math.max(0, ...results.map(({ tookMs }) => tookMs)));
  execution.checkWall();
  return results;
}

/**
 * Only GET requests are followed; what the platform does with others is unknown, so their 3xx is handed over as it
 * came. All headers travel on, the authorisation too, to whatever host: a leak must show.
 */
function redirected(wire: WireRequest, response: WireResponse): WireRequest | undefined {
  if (wire.method !== 'GET' || !REDIRECTS.includes(response.status)) return undefined;
  const [, location] =
    Object.entries(response.headers).find(([name]) => name.toLowerCase() === 'location') ?? [];
  if (typeof location !== 'string' || !URL.canParse(location, wire.url)) return undefined;
  return { ...wire, url: new URL(location, wire.url).href };
}

function failed(execution: LiveExecution, request: PreparedRequest, response: WireResponse): never {
  const { body } = response;
  return execution.fail('requestFailed', {
    origin: new URL(request.url).origin,
    code: response.status,
    body: body.length > QUOTED_CHARS ? `${body.slice(0, QUOTED_CHARS)}...` : body,
  });
}
