import { isOutdated, keyOfMark, type MarkedSheet, marksInForce, sheetMark } from '../../src/core/sheetMark';

const carried = (mark: string, sheetId: number): MarkedSheet => ({ mark, sheetId });
const inForce = (...marks: MarkedSheet[]) => {
  const found = [...marksInForce(marks)].map(([key, { sheetId }]) => [key, sheetId]);
  const reversed = [...marksInForce([...marks].reverse())].map(([key, { sheetId }]) => [key, sheetId]);
  expect(reversed.sort()).toEqual([...found].sort());
  return Object.fromEntries(found);
};

describe('S1 · the mark of a sheet', () => {
  it.each<[string, MarkedSheet[], Record<string, number>]>([
    ['its own', [carried(sheetMark('report', 7), 7)], { report: 7 }],
    ['the first sheet of a file, whose id is 0', [carried('report@0', 0)], { report: 0 }],
    [
      'with an id as they usually are',
      [carried('report@1234567890', 1_234_567_890)],
      { report: 1_234_567_890 },
    ],
    ['of another sheet: a copy', [carried('report@7', 8)], {}],
    [
      'the copy beside its original, whatever its id',
      [carried('report@7', 3), carried('report@7', 7)],
      { report: 7 },
    ],
    ['several tables', [carried('report@1', 1), carried('days@2', 2)], { report: 1, days: 2 }],
    ['of the first version', [carried('report', 5)], { report: 5 }],
    ['of the first version, copied', [carried('report', 9), carried('report', 5)], { report: 5 }],
    [
      'of the first version beside one that is renewed',
      [carried('report', 1), carried('report@5', 5)],
      { report: 5 },
    ],
    ['empty', [carried('', 1)], {}],
  ])('%s', (_, marks, expected) => {
    expect(inForce(...marks)).toEqual(expected);
  });

  it('tells its key and whether it names a sheet', () => {
    expect([keyOfMark(carried('days@3', 8)), keyOfMark(carried('days', 8))]).toEqual(['days', 'days']);
    expect([isOutdated(carried('days@3', 8)), isOutdated(carried('days', 8))]).toEqual([false, true]);
  });
});
