/** The simulator over HTTP on 127.0.0.1, in real time: real delays, a real sliding second, real broken connections. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { WireRequest, WireResponse } from '../emulator/contract';
import { isFailure } from './answers';
import { oracleReport } from './oracle';
import { CURRENT_SUBDOMAIN } from './routes/currentSubdomain';
import type { Simulator } from './simulator';
import { isDate } from './wallClock';

export interface RunningServer {
  /** `http://127.0.0.1:8787` */
  address: string;
  /** Breaks off whatever is under way. */
  close(): Promise<void>;
}

/**
 * Any Host header is taken for the account's own host; the question for the subdomain, for the API's host.
 * @param port 0 is any free one
 * @throws the system's error, such as EADDRINUSE
 */
export async function serve(simulator: Simulator, port: number): Promise<RunningServer> {
  const server = createServer((request, response) => {
    answer(simulator, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  simulator: Simulator,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const arrivedAt = Date.now();
  const path = incoming.url ?? '/';
  if (path.startsWith('/__oracle')) return tellOracle(simulator, path, outgoing);
  const host = path.split('?')[0] === CURRENT_SUBDOMAIN ? simulator.apiHost : simulator.host;
  const request: WireRequest = {
    method: incoming.method ?? 'GET',
    url: `https://${host}${path}`,
    headers: textHeaders(incoming),
    body: (await bodyOf(incoming)) || undefined,
  };
  const result = simulator.handle(request, arrivedAt);
  await pause(Math.max(0, arrivedAt + simulator.roundTripMs(request, arrivedAt) - Date.now()));
  if (!isFailure(result)) return send(outgoing, result);
  // A request that hangs is simply never answered; the client gives up.
  if (result.failure !== 'timeout') outgoing.destroy();
}

function send(outgoing: ServerResponse, { status, headers, body }: WireResponse): void {
  outgoing.writeHead(
    status,
    status === 204 ? headers : { 'Content-Length': Buffer.byteLength(body), ...headers },
  );
  const promised = Number(headers['Content-Length'] ?? 0);
  if (promised <= Buffer.byteLength(body)) {
    outgoing.end(body);
    return;
  }
  outgoing.write(body, () => outgoing.destroy());
}

function tellOracle(simulator: Simulator, path: string, outgoing: ServerResponse): void {
  const query = new URLSearchParams(path.split('?')[1]);
  const date = query.get('date') ?? '';
  const ok = isDate(date);
  const timeZone = query.get('timeZone') ?? simulator.account.timeZone;
  const ids = (query.get('serviceAccounts') ?? '').split(',').filter(Boolean).map(Number);
  const said = ok
    ? oracleReport(simulator, date, {
        topEvents: Number(query.get('topEvents') ?? 5),
        clientActionsCount: query.get('clientActionsCount') !== 'no',
        serviceAccounts: ids,
        timeZone,
      })
    : { error: 'Ask for /__oracle?date=YYYY-MM-DD' };
  outgoing.writeHead(ok ? 200 : 400, { 'Content-Type': 'application/json' });
  outgoing.end(`${JSON.stringify(said)}\n`);
}

function textHeaders(incoming: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) headers[name] = String(value);
  return headers;
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
