import { join } from 'node:path';
import { createSyncFn } from 'synckit';
import type { Exchange, Network, WireRequest } from './contract';

type Send = (requests: WireRequest[], timeoutMs: number) => Exchange[];

/** Where a request for that URL really goes; undefined: there is no such host. */
export type Route = (url: string) => string | undefined;

let send: Send | undefined;

/** Real HTTP in real time. The script blocks while a worker thread sends the whole batch at once. */
export function httpNetwork(options: { route: Route }): Network {
  return {
    realTime: true,
    exchange(requests, _leavesAt, timeoutMs) {
      send ??= createSyncFn(join(__dirname, 'overHttp.worker.mjs')) as unknown as Send;
      const routed = requests.map(request => ({ request, url: options.route(request.url) }));
      const known = routed.flatMap(({ request, url }) => (url === undefined ? [] : [{ ...request, url }]));
      const results = known.length === 0 ? [] : send(known, timeoutMs);
      return routed.map(({ url }): Exchange => {
        const exchange = url === undefined ? undefined : results.shift();
        return exchange ?? { tookMs: 0, failure: 'dns' };
      });
    },
  };
}

const AMOCRM = /^[\w-]+(\.[\w-]+)*\.(amocrm\.ru|amocrm\.com|kommo\.com)$/;

/** Sends every account of amoCRM to one server, keeping path and query; other hosts do not exist. */
export function amocrmRoute(baseUrl: string): Route {
  const base = new URL(baseUrl);
  const prefix = base.pathname.replace(/\/+$/, '');
  return url => {
    const { hostname, pathname, search } = new URL(url);
    return AMOCRM.test(hostname) ? `${base.origin}${prefix}${pathname}${search}` : undefined;
  };
}
