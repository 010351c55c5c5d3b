import { isFailure } from './answers';
import { LATER, requestTo } from './asking';
import { Simulator, type SimulatorOptions } from './simulator';

function statusAt(simulator: Simulator, at: number): number {
  const answer = simulator.handle(requestTo(simulator, '/api/v4/account'), LATER + at);
  return isFailure(answer) ? 0 : answer.status;
}

const opened = (rateLimit: SimulatorOptions['rateLimit'] = {}) => new Simulator({ rateLimit });

test('seven at once are welcome, the eighth within the second is not, a second later it is', () => {
  const early = opened();
  for (let i = 0; i < 7; i++) expect(statusAt(early, 0)).toBe(200);
  expect(statusAt(early, 999)).toBe(429);
  expect(early.ledger.violations).toEqual([expect.stringContaining('more than 7 requests in a second')]);

  const late = opened();
  for (let i = 0; i < 7; i++) statusAt(late, 0);
  expect(statusAt(late, 1000)).toBe(200);
  expect(late.ledger.busiestSecond).toBe(7);
  expect(late.ledger.violations).toEqual([]);
});

test('the second slides: four and four across a full second are eight', () => {
  const simulator = opened();
  for (const at of [700, 750, 800, 850, 1100, 1150, 1200]) expect(statusAt(simulator, at)).toBe(200);
  expect(statusAt(simulator, 1250)).toBe(429);
  expect(simulator.ledger.busiestSecond).toBe(8);
  expect(simulator.ledger.refusedByRate).toBe(1);
});

test('arrivals of one batch may come in any order', () => {
  const simulator = opened();
  for (const at of [50, 10, 30, 20, 40, 70]) expect(statusAt(simulator, at)).toBe(200);
  expect(statusAt(simulator, 60)).toBe(200);
  expect(statusAt(simulator, 65)).toBe(200);
  expect(simulator.ledger.busiestSecond).toBe(8);
});

test('refusals come as JSON and as HTML in turn, with a header only when wished', () => {
  const bodies = (simulator: Simulator) => {
    for (let i = 0; i < 7; i++) statusAt(simulator, 0);
    return [1, 2].map(at => {
      const answer = simulator.handle(requestTo(simulator, '/api/v4/account'), LATER + at);
      if (isFailure(answer)) throw new Error('no answer');
      return answer;
    });
  };
  const [json, html] = bodies(opened());
  expect(JSON.parse(json?.body ?? '')).toMatchObject({ status: 429, retry_after: 300 });
  expect(html?.body).toContain('<h1>429 Too Many Requests</h1>');
  expect(json?.headers).not.toHaveProperty('Retry-After');
  const [counted] = bodies(opened({ header: 'seconds', retryAfter: 5 }));
  expect(counted?.headers['Retry-After']).toBe('5');
  const [dated] = bodies(opened({ header: 'date', retryAfter: 5 }));
  expect(dated?.headers['Retry-After']).toBe(new Date(LATER + 5001).toUTCString());
});

test('going on brings a block that answers 403 to everything until it is lifted', () => {
  const simulator = opened({ blockAfter: 3 });
  for (let i = 0; i < 10; i++) statusAt(simulator, i);
  expect(statusAt(simulator, 60_000)).toBe(403);
  expect(statusAt(simulator, 3_600_000)).toBe(403);
  simulator.heal();
  expect(statusAt(simulator, 3_601_000)).toBe(200);
});

test('refusals far apart do not add up to a block', () => {
  const simulator = opened({ blockAfter: 2 });
  for (let minute = 0; minute < 4; minute++) {
    const from = minute * 61_000;
    for (let i = 0; i < 8; i++) statusAt(simulator, from);
  }
  expect(simulator.ledger.refusedByRate).toBe(4);
  expect(statusAt(simulator, 999_000)).toBe(200);
});
