import { printTable } from './print-table';

test('columns are aligned whatever the alphabet, numbers on the right', () => {
  expect(
    printTable([
      ['Дата', 'Событие', 'Кол-во'],
      ['12.11.2025', 'Входящее\nсообщение', '485'],
      ['12.11.2025', 'й\u0301 Й', '3'],
      ['', 'Task', ''],
    ]).split('\n'),
  ).toEqual([
    '┌────────────┬────────────────────┬────────┐',
    '│ Дата       │ Событие            │ Кол-во │',
    '├────────────┼────────────────────┼────────┤',
    '│ 12.11.2025 │ Входящее сообщение │    485 │',
    '│ 12.11.2025 │ й\u0301 Й                │      3 │',
    '│            │ Task               │        │',
    '└────────────┴────────────────────┴────────┘',
  ]);
});

test('nothing, a header alone and rows of unequal length', () => {
  expect(printTable([])).toBe('');
  expect(printTable([['a']])).toBe('┌───┐\n│ a │\n└───┘');
  expect(printTable([['a'], ['1', 'b']])).toContain('│ 1 │ b │');
});
