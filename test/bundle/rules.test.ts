import type { World } from '../emulator/world';
import { locateColumns } from '../local/columns';
import { oracleReport } from '../simulator/oracle';
import { column, company, DAY, tryOut } from './product';

/** Types a rule as a person would, cell by cell. */
function typeRule(world: World, row: number, cells: Record<string, string>): void {
  const { sheet, columns } = locateColumns(world.workbook, 'rules');
  for (const [key, text] of Object.entries(cells)) {
    const { outcome } = world.type(sheet.id, row, columns.get(key)!, text);
    expect(outcome?.error).toBeUndefined();
  }
}

describe('T1 · rules in the built bundle', () => {
  const simulator = company();
  const { world } = tryOut(simulator);
  const { counts } = oracleReport(simulator, DAY);

  it('T1 · what is typed stays as typed, problems show at once', () => {
    typeRule(world, 2, { type: 'Новая задача', hours: '9-18' });
    expect(column(world, 'rules', 'hours')).toEqual(['9-18']);
    expect(column(world, 'rules', 'problem')).toEqual([expect.stringContaining('Впишите')]);
    typeRule(world, 2, { name: 'Задачи днём' });
    expect(column(world, 'rules', 'problem')).toEqual(['']);
    typeRule(world, 3, { type: 'task_added', name: 'Задачи ночью' });
    typeRule(world, 4, { hours: '25', name: 'Никогда' });
    typeRule(world, 6, { actor: 'клиент', name: 'Клиенты' });
  });

  it('T1 · the next report follows them, and tells what they matched', () => {
    // The report by hand at night is for the same day.
    const outcome = world.run('runReportNow', { answers: () => 'OK' });
    expect(outcome.error).toBeUndefined();
    const processes = column(world, 'processes', 'process');
    const events = column(world, 'processes', 'events') as number[];
    // A process has a row for each actor.
    const of = (name: string) =>
      events.filter((_, row) => processes[row] === name).reduce((sum, count) => sum + count, 0);
    expect(of('Задачи днём') + of('Задачи ночью')).toBe(counts['task_added']);
    expect(of('Задачи днём')).toBeGreaterThan(0);
    const matched = column(world, 'rules', 'matched');
    expect(matched).toEqual([of('Задачи днём'), of('Задачи ночью'), '', '', of('Клиенты')]);
    expect(column(world, 'rules', 'problem')).toEqual(['', '', expect.stringContaining('Часы'), '', '']);
    expect(processes.some(name => String(name).startsWith('Новая задача'))).toBe(false);
    const [unexplained] = column(world, 'days', 'unexplained') as number[];
    const total = events.reduce((sum, count) => sum + count, 0);
    const named = of('Задачи днём') + of('Задачи ночью') + of('Клиенты');
    expect(unexplained).toBeCloseTo(1 - named / total, 10);
  });
});
