import { type AmoClient, amoClient } from '../../src/amocrm/client';
import { gate } from '../../src/amocrm/gate';
import type { AmoAccount } from '../../src/amocrm/request';
import { FREE_LINE, type Line } from '../../src/core/line';
import type { HttpRequest } from '../../src/ports';
import type { FakeServer } from './amoAnswers';
import { type FakeClock, fakeClock } from './fakeClock';
import { sentTogether } from './sentTogether';

export interface ClientOverServer {
  client: AmoClient;
  clock: FakeClock;
  requests: HttpRequest[];
  /** What all runs know of the line to amoCRM. */
  shared: { line: Line };
}

/**
 * The product's own client over a fake server.
 * @param times how long the run may last and how long an answer takes, in ms
 * @param account its token, and how another one is got
 */
export function clientOver(
  server: FakeServer,
  times: { run?: number; answer?: number } = {},
  account: Partial<AmoAccount> = {},
): ClientOverServer {
  const clock = fakeClock('2026-11-19T03:00:00+03:00');
  const requests: HttpRequest[] = [];
  const sendAll = (batch: readonly HttpRequest[]) =>
    sentTogether(clock, batch, request => {
      requests.push(request);
      const nth = requests.length;
      const sent = clock.now();
      return { takes: times.answer ?? 50, answer: () => server(request, nth, sent) };
    });
  const http = { send: (request: HttpRequest) => sendAll([request])[0]!, sendAll };
  const shared = { line: FREE_LINE, share() {} };
  const client = amoClient({
    clock,
    gate: gate(http, clock, 5, shared),
    account: Object.assign(account, { host: 'example.amocrm.ru', token: account.token ?? 'T0KEN' }),
    deadline: clock.now() + (times.run ?? 270_000),
  });
  return { client, clock, requests, shared };
}

/** What an action throws; a test that expects an error fails without one. */
export function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown');
}
