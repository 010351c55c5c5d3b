import { messageOf } from '../../src/core/thrown';

describe('T4 · messageOf', () => {
  it.each<[unknown, string]>([
    [new Error('Service invoked too many times'), 'Service invoked too many times'],
    [new TypeError(''), ''],
    ['text', 'text'],
    [undefined, 'undefined'],
    [null, 'null'],
    [5, '5'],
    [{ toString: () => 'Exception: no' }, 'Exception: no'],
    [Symbol('s'), 'Symbol(s)'],
  ])('T4 · of %p is %j', (thrown, message) => {
    expect(messageOf(thrown)).toBe(message);
  });
});
