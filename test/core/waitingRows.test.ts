import { type LogRow, waitingRows, withoutWaiting, withWaiting } from '../../src/core/waitingRows';

const row = (nth: number, what = 'Отклик amoCRM: 150 мс'): LogRow => ({
  ...{ when: 46_344 + nth / 24, job: 'Замер', level: 'INFO', what, effect: '', todo: '' },
  ...{ seconds: 1, requests: 3 },
});

describe('M16 · rows of the log that wait', () => {
  it('M16 · are given back as they were, oldest first', () => {
    const one = withWaiting(undefined, [row(1)]);
    const two = withWaiting(one, [row(2), row(3)]);
    expect(waitingRows(two)).toEqual([row(1), row(2), row(3)]);
  });

  it('Q4 · a day of pings has room, in Cyrillic too, and never more than a property holds', () => {
    let text: string | undefined;
    let nth = 0;
    for (let next: string | undefined = ''; next !== undefined; nth += 1) {
      next = withWaiting(text, [row(nth)]);
      text = next ?? text;
    }
    expect(nth).toBeGreaterThan(24);
    expect(Buffer.byteLength(text!)).toBeLessThan(9 * 1024);
    const short = Array.from({ length: 101 }, (_, at) => ({ ...row(at, 'x'), job: '' }));
    expect(withWaiting(undefined, short.slice(0, 100))).toBeDefined();
    expect(withWaiting(undefined, short)).toBeUndefined();
  });

  it('T3 · those that are written go, those that came meanwhile stay', () => {
    const text = withWaiting(undefined, [row(1), row(2), row(3)]);
    expect(waitingRows(withoutWaiting(text, [row(1), row(2)]))).toEqual([row(3)]);
    expect(withoutWaiting(text, [row(1), row(2), row(3)])).toBeUndefined();
    expect(withoutWaiting(undefined, [row(1)])).toBeUndefined();
  });

  it.each(['no json', '5', '{}', '[5]', '[[1]]', 'null'])('Q8 · %s: none, and nothing fails', text => {
    expect(waitingRows(text)).toEqual([]);
    expect(waitingRows(withWaiting(text, [row(1)]))).toEqual([row(1)]);
  });
});
