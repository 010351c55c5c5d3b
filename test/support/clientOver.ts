import { type AmoClient, amoClient } from '../../src/amocrm/client';
import { gate } from '../../src/amocrm/gate';
import { FREE_LINE, type Line } from '../../src/core/line';
import type { HttpRequest } from '../../src/ports';
import type { FakeServer } from './amoAnswers';
import { type FakeClock, fakeClock } from './fakeClock';

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
 */
export function clientOver(
  server: FakeServer,
  times: { run?: number; answer?: number } = {},
): ClientOverServer {
  const clock = fakeClock('2026-11-19T03:00:00+03:00');
  const requests: HttpRequest[] = [];
  const http = {
    send(request: HttpRequest) {
      requests.push(request);
      const sent = clock.now();
      clock.pass(times.answer ?? 50);
      return server(request, requests.length, sent);
    },
  };
  const shared = { line: FREE_LINE, share() {} };
  const client = amoClient({
    clock,
    gate: gate(http, clock, 5, shared),
    account: { host: 'example.amocrm.ru', token: 'T0KEN' },
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
