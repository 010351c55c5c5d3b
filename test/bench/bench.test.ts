import { resolve } from 'node:path';
import { CompiledBundle } from '../emulator/bundle';
import type { Network } from '../emulator/contract';
import { BadOption } from '../local/commandLine';
import { oracleReport } from '../simulator/oracle';
import { Simulator } from '../simulator/simulator';
import { benchOptions } from './benchOptions';
import { boundSeconds, isOnlyToCompare, jitterOf, type RowOrder, rowOrders } from './benchRows';
import { benchTable } from './benchTable';
import { bundleFigures } from './bundleFigures';
import { companyOf, DAY } from './company';
import { oneByOne } from './oneByOne';
import { playRow } from './playRow';

const DIST = resolve(__dirname, '../../dist');
const bundle = new CompiledBundle(DIST);
const company = companyOf(1_000);
const order: RowOrder = { events: 1_000, latencyMs: 300, requestsPerSecond: 7, way: 'together' };
const first = playRow(order, company, bundle);

describe('a row', () => {
  it('has the right sums, and every figure', () => {
    expect(first.problems).toEqual([]);
    const { boundSeconds: bound, http429, eventsHeld, ...positive } = first.figures;
    expect(Object.keys(positive)).toEqual([
      ...['events', 'latencyMs', 'requestsPerSecond', 'seconds', 'ratio', 'requests', 'minRequests'],
      ...['executions', 'sheetCalls', 'propertyCalls', 'largestProperty', 'stateBytes'],
    ]);
    for (const [name, figure] of Object.entries(positive)) expect([name, figure > 0]).toEqual([name, true]);
    expect([bound, http429, eventsHeld >= 0]).toEqual([1.429, 0, true]);
    expect(first.figures).toMatchObject({ events: 1_000, latencyMs: 300, requestsPerSecond: 7 });
    expect(first.figures.minRequests).toBe(10);
    expect(first.figures.requests).toBeGreaterThan(10);
    expect(first.figures.largestProperty).toBeLessThanOrEqual(first.figures.stateBytes);
  });

  it('repeats to the millisecond, whatever was played in between', () => {
    playRow({ ...order, latencyMs: 1_000, way: 'one-by-one' }, company, bundle);
    expect(playRow(order, company, bundle)).toEqual(first);
    expect(playRow(order, companyOf(1_000), bundle)).toEqual(first);
  });

  it('whose sums are others than the oracle’s says so', () => {
    const { automated, top, total } = company.expected;
    const wrong = { automated: automated + 1, total: total - 1, top: top.slice(1) };
    const { problems } = playRow(order, { ...company, expected: wrong }, bundle);
    expect(problems).toEqual([
      'events: 1000 instead of 999',
      `automated events: ${automated} instead of ${automated + 1}`,
      expect.stringMatching(/^the report: /),
    ]);
  });
});

it('expects of a day what the oracle says of it', () => {
  const { automated, top, total } = oracleReport(new Simulator(company.options), DAY);
  expect(company.expected).toEqual({ automated, top, total });
});

it('carries the requests of a batch one by one', () => {
  const left: number[] = [];
  const network: Network = {
    realTime: false,
    exchange: (requests, leavesAt) =>
      requests.map(() => {
        left.push(leavesAt);
        return { tookMs: 300, response: { status: 204, headers: {}, body: '' } };
      }),
  };
  const request = { method: 'GET', url: 'https://demo.amocrm.ru/', headers: {}, body: undefined };
  const exchanges = oneByOne(network).exchange([request, request, request], 1_000, 60_000);
  expect(left).toEqual([1_000, 1_300, 1_600]);
  expect(exchanges.map(({ tookMs }) => tookMs)).toEqual([300, 600, 900]);
});

describe('the rows', () => {
  it('are four sizes, four round trips and two paces, each both ways', () => {
    const orders = rowOrders();
    expect(orders).toHaveLength(64);
    expect(new Set(orders.map(one => JSON.stringify(one))).size).toBe(64);
    const last = orders.slice(-8);
    expect(last.every(one => one.events === 1_000_000 && one.way === 'one-by-one')).toBe(true);
    expect(orders.filter(isOnlyToCompare)).toEqual(last);
    expect(rowOrders({ events: 500, latencyMs: 300 })).toHaveLength(4);
  });

  it.each([
    [100_000, 100, 142.857],
    [100_000, 300, 142.857],
    [100_000, 1_000, 142.857],
    [100_000, 3_000, 428.571],
    [1_001, 300, 1.571],
  ])('%i events at %i ms are bound by %f s', (events, latencyMs, bound) => {
    expect(boundSeconds({ events, latencyMs })).toBeCloseTo(bound, 3);
  });

  it.each([
    [100, 50],
    [300, 150],
    [1_000, 150],
    [3_000, 150],
  ])('round trips of %i ms vary by %i', (latencyMs, jitter) => {
    expect(jitterOf(latencyMs)).toBe(jitter);
  });
});

describe('what is printed', () => {
  it('is a line a row, the other way beside it', () => {
    const slow = { ...first, order: { ...order, way: 'one-by-one' as const } };
    slow.figures = { ...first.figures, seconds: 1234.5, ratio: 9.87 };
    const lines = benchTable([first, slow], { bytes: 431_286, evaluateMs: 13.9 }).split('\n');
    expect(lines[0]).toMatch(/^ *events +trip ms +pace +seconds +bound +ratio +one by one/);
    expect(lines[1]).toMatch(/^ *1 000 +300 +7 +[\d.]+ +1\.4 +[\d.]+ +1234\.5 +9\.87 /);
    expect(lines[2]).toBe('');
    expect(lines.join('\n')).toContain('431 286 bytes, evaluated in 13.9 ms');
  });

  it('tells how large the bundle is, and how long it takes to evaluate', () => {
    const { bytes, evaluateMs } = bundleFigures(DIST);
    expect(bytes).toBeGreaterThan(100_000);
    expect(evaluateMs).toBeGreaterThan(0);
  });
});

describe('the command line', () => {
  it('may ask for JSON, one size, one round trip', () => {
    expect(benchOptions([])).toMatchObject({ json: false, only: undefined, latencyMs: undefined });
    expect(benchOptions(['--json', '--only', '1000', '--latency', '300', '--workers', '1'])).toEqual({
      json: true,
      only: 1_000,
      latencyMs: 300,
      workers: 1,
    });
  });

  it.each([[['--fast']], [['--only', 'many']], [['--only', '0']], [['--json=yes']], [['1000']]])(
    '%j is a mistake',
    args => {
      expect(() => benchOptions(args)).toThrow(BadOption);
    },
  );
});
