import { withoutLoss } from '../../src/jobs/keeping';
import { memoryMutex } from '../support/memoryStores';

describe('A1 · withoutLoss', () => {
  it.each([
    ['under the lock', false, [true]],
    ['without the lock where it is busy', true, [false]],
  ])('puts down once, %s', (_, busy, held) => {
    const mutex = memoryMutex(() => undefined);
    mutex.busy = busy;
    const heldThen: boolean[] = [];
    withoutLoss({ mutex }, () => void heldThen.push(mutex.held));
    expect(heldThen).toEqual(held);
  });

  it('does not try again what has failed by itself', () => {
    const putDown = jest.fn(() => {
      throw new Error('full');
    });
    expect(() => withoutLoss({ mutex: memoryMutex(() => undefined) }, putDown)).toThrow('full');
    expect(putDown).toHaveBeenCalledTimes(1);
  });
});
