import fc from 'fast-check';
import {
  after429,
  afterAnswer,
  afterBlock,
  afterRetryAfter,
  FREE_LINE,
  type Line,
  lineOf,
  paceOf,
  pauseAt,
} from '../../src/core/line';

const NOW = Date.parse('2026-11-19T03:00:00+03:00');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('H12, H15 · pace', () => {
  it('H15 · is halved by each 429, down to one request in two seconds', () => {
    const paces: number[] = [];
    let line: Line = FREE_LINE;
    for (let nth = 0; nth < 6; nth += 1) {
      line = after429(line, 7, NOW);
      paces.push(paceOf(line, 7, NOW));
    }
    expect(paces).toEqual([3, 1, 0.5, 0.5, 0.5, 0.5]);
  });

  it.each([
    [0, 0.5],
    [5 * MINUTE - 1, 0.5],
    [5 * MINUTE, 1],
    [10 * MINUTE, 2],
    [15 * MINUTE, 4],
    [20 * MINUTE, 5],
    [24 * HOUR, 5],
    [-HOUR, 0.5], // a clock that went back
  ])('H12 · doubles each five minutes: %d ms after the last 429 it is %d', (later, pace) => {
    const line: Line = { ...FREE_LINE, slowed: { perSecond: 0.5, at: NOW } };
    expect(paceOf(line, 5, NOW + later)).toBe(pace);
  });

  it('H12 · counts whole requests: never 2.5 in a second', () => {
    const line = after429(FREE_LINE, 5, NOW);
    expect(line.slowed).toEqual({ perSecond: 2.5, at: NOW });
    expect(paceOf(line, 5, NOW)).toBe(2);
    expect(paceOf(line, 5, NOW + 5 * MINUTE)).toBe(5);
  });

  it('H15 · a 429 in the middle of recovering halves what was recovered', () => {
    const slow: Line = { ...FREE_LINE, slowed: { perSecond: 0.5, at: NOW } };
    expect(after429(slow, 7, NOW + 15 * MINUTE).slowed).toEqual({ perSecond: 2, at: NOW + 15 * MINUTE });
  });

  it('M10 · without a 429 it is the setting’s', () => {
    expect(paceOf(FREE_LINE, 7, NOW)).toBe(7);
  });

  it('M10 · never is above the setting, never below one in two seconds, and comes back', () => {
    const step = fc.record({ hit: fc.boolean(), passes: fc.integer({ min: -HOUR, max: HOUR }) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), fc.array(step), (limit, steps) => {
        let now = NOW;
        let line: Line = FREE_LINE;
        for (const { hit, passes } of steps) {
          now += passes;
          if (hit) line = after429(line, limit, now);
          const pace = paceOf(line, limit, now);
          expect(pace).toBeLessThanOrEqual(limit);
          expect(pace).toBeGreaterThanOrEqual(0.5);
          expect(pace < 1 || Number.isInteger(pace)).toBe(true);
        }
        expect(paceOf(line, limit, now + 20 * MINUTE + steps.length * HOUR)).toBe(limit);
      }),
    );
  });
});

describe('H9, H12, H13 · pauses', () => {
  it.each([
    [5_000, 5_000],
    [600_000, 600_000],
    [12 * HOUR, 12 * HOUR],
    [12 * HOUR + 1, 12 * HOUR],
    [1e9, 12 * HOUR],
  ])('H12 · H13 · asked for %d ms, no request leaves for %d', (asked, kept) => {
    const line = afterRetryAfter(FREE_LINE, NOW, asked);
    const pause = { since: NOW, until: NOW + kept, cause: 'asked' };
    expect(line.pause).toEqual(pause);
    expect(pauseAt(line, NOW)).toEqual(pause);
    expect(pauseAt(line, NOW + kept - 1)).toEqual(pause);
    expect(pauseAt(line, NOW + kept)).toBeUndefined();
  });

  it('H9 · a block means an hour of silence', () => {
    const line = afterBlock(FREE_LINE, NOW);
    expect(line.pause).toEqual({ since: NOW, until: NOW + HOUR, cause: 'blocked' });
    expect(pauseAt(line, NOW + HOUR)).toBeUndefined();
  });

  it.each<[string, () => Line, Line['pause']]>([
    [
      'a longer wait asked for during a block',
      () => afterRetryAfter(afterBlock(FREE_LINE, NOW), NOW + MINUTE, 3 * HOUR),
      { since: NOW, until: NOW + MINUTE + 3 * HOUR, cause: 'asked' },
    ],
    [
      'a shorter one',
      () => afterRetryAfter(afterBlock(FREE_LINE, NOW), NOW + MINUTE, MINUTE),
      { since: NOW, until: NOW + HOUR, cause: 'blocked' },
    ],
    [
      'a block during a wait',
      () => afterBlock(afterRetryAfter(FREE_LINE, NOW, 10 * MINUTE), NOW + MINUTE),
      { since: NOW, until: NOW + MINUTE + HOUR, cause: 'blocked' },
    ],
    [
      'a block right after one that is over',
      () => afterBlock(afterBlock(FREE_LINE, NOW), NOW + HOUR),
      { since: NOW + HOUR, until: NOW + 2 * HOUR, cause: 'blocked' },
    ],
    [
      'the same end again',
      () => afterBlock(afterRetryAfter(FREE_LINE, NOW, HOUR), NOW),
      { since: NOW, until: NOW + HOUR, cause: 'asked' },
    ],
  ])('H9 · H12 · of two the longer holds: %s', (_, lineThen, pause) => {
    expect(lineThen().pause).toEqual(pause);
  });

  it('T2 · one that lies too far ahead was written by a clock that went wrong', () => {
    const line = afterBlock(FREE_LINE, NOW);
    expect(pauseAt(line, NOW - 11 * HOUR)).toBeDefined();
    expect(pauseAt(line, NOW - 11 * HOUR - 1)).toBeUndefined();
    expect(pauseAt(FREE_LINE, NOW)).toBeUndefined();
  });

  it('H9 · one that is over is forgotten with the first answer, not before', () => {
    const line = afterBlock(FREE_LINE, NOW);
    expect(afterAnswer(line, NOW + HOUR).pause).toBeUndefined();
    expect(afterAnswer(line, NOW + HOUR - 1)).toBe(line);
    expect(afterAnswer(FREE_LINE, NOW)).toBe(FREE_LINE);
  });

  it('H12 · pace and pause do not touch one another', () => {
    const both = afterRetryAfter(after429(FREE_LINE, 4, NOW), NOW, 5_000);
    expect(both).toEqual({
      ...FREE_LINE,
      slowed: { perSecond: 2, at: NOW },
      pause: { since: NOW, until: NOW + 5_000, cause: 'asked' },
    });
    expect(after429(both, 4, NOW).pause).toEqual(both.pause);
    expect(afterAnswer(both, NOW + 5_000)).toEqual({ ...both, pause: undefined });
  });
});

describe('T1 · lineOf', () => {
  it('T1 · reads back what was written', () => {
    const line = { ...after429(afterBlock(FREE_LINE, NOW), 7, NOW), answeredAt: 5 };
    expect(lineOf(JSON.stringify(line))).toEqual(line);
    expect(lineOf('{"answeredAt":7}')).toEqual({ ...FREE_LINE, answeredAt: 7 });
  });

  it.each([undefined, '', 'x', 'null', '{'])('C1 · from %j is free', text => {
    expect(lineOf(text)).toEqual(FREE_LINE);
  });
});
