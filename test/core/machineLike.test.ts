import type { AuthorSums } from '../../src/core/authorSums';
import { noHours } from '../../src/core/hourly';
import { machineLike } from '../../src/core/machineLike';

const author = (hours: number[], bursts = 0): AuthorSums => ({
  hours: noHours().map((_, hour) => hours[hour] ?? 0),
  bursts,
});
const hoursOf = (length: number, count = 1) => Array.from({ length }, () => count);

describe('T5 · users who work like a machine', () => {
  it.each<[string, AuthorSums, string[] | undefined]>([
    ['a person with long days', author(hoursOf(18, 100)), undefined],
    ['little, around the clock', author([19, ...hoursOf(18, 10)]), undefined],
    ['nobody is awake in nineteen hours', author([20, ...hoursOf(18, 10)]), ['hours']],
    ['a thousand in an hour', author([1_000]), undefined],
    ['more than a thousand in an hour', author([1_001]), ['pace']],
    ['a hundred in bursts out of 199', author([199], 100), ['bursts']],
    ['half of it in bursts', author([200], 100), undefined],
    ['few in bursts', author([99], 99), undefined],
    ['all of it', author(hoursOf(24, 2_000), 40_000), ['hours', 'pace', 'bursts']],
  ])('T5 · %s', (_, sums, signs) => {
    expect(machineLike(new Map([[7, sums]]), new Set()).get(7)).toEqual(signs);
  });

  it('T5 · those of whom it is known are left out', () => {
    const machine = author(hoursOf(24, 10));
    const found = machineLike(
      new Map([
        [7, machine],
        [8, machine],
      ]),
      new Set([7]),
    );
    expect([...found.keys()]).toEqual([8]);
  });
});
