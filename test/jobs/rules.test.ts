import type { RuleCells } from '../../src/core/rules';
import { TEXTS } from '../../src/core/texts';
import { settingsEdited } from '../../src/jobs/settingsEdited';
import { RULES_SHEET_ID } from '../support/memoryWorkbook';
import { events, FROM, NO_PINGS, story } from '../support/reportStory';

const { ru } = TEXTS;
const row = (cells: Partial<RuleCells>) => ({
  ...{ type: '', about: '', actor: '', hours: '', name: '', matched: '', problem: '' },
  ...cells,
});
const DAY = [...events('lead_added', 6), ...events('task_added', 3), ...events('incoming_call', 1)];

describe('T1 · rules of the user', () => {
  const ruled = (...rules: Partial<RuleCells>[]) => {
    const one = story({ events: DAY }, NO_PINGS);
    one.world.contents.rules.push(...rules.map(row));
    return { ...one, rules: one.world.contents.rules };
  };

  it('T1 · name processes, say how much they matched, and Days what they leave', () => {
    const { rules, tables, run } = ruled(
      { type: 'lead_added', name: 'Обмен с 1С' },
      {},
      { type: 'Новая задача', name: 'Обмен с 1С' },
      { actor: 'клиент', name: 'Клиенты' },
      { type: 'lead_deleted', name: 'Ничего' },
    );
    expect(run()).toBe(true);
    expect(tables.processes).toMatchObject([
      { process: 'Обмен с 1С', actor: 'Робот', events: 9, operations: 9, share: 0.9 },
      { process: 'Клиенты', actor: 'Клиент', events: 1 },
    ]);
    expect(rules.map(({ matched }) => matched)).toEqual([6, '', 3, 1, 0]);
    expect(tables.days).toMatchObject([{ unexplained: 0 }]);
    expect(tables.report).toMatchObject([{ count: 6 }, { count: 3 }, { count: 1 }]);
  });

  it('T1 · what no rule fits keeps the name of its kind', () => {
    const { tables, run } = ruled({ type: 'lead_added', name: 'Обмен с 1С' });
    run();
    expect(tables.processes.map(({ process }) => process)).toEqual([
      'Обмен с 1С',
      'Новая задача',
      'Входящий звонок',
    ]);
    expect(tables.days).toMatchObject([{ unexplained: 0.4 }]);
  });

  it('T1 · without rules nothing is said of them', () => {
    const { tables, run } = ruled();
    run();
    expect(tables.days).toMatchObject([{ unexplained: '' }]);
  });

  it('T1 · a rule that cannot be followed says why, and the others count', () => {
    const { rules, tables, run } = ruled(
      { type: 'lead_added' },
      { hours: 'ночь', name: 'Ночь' },
      { type: 'lead_added', name: 'Обмен с 1С' },
    );
    run();
    expect(rules).toMatchObject([
      { matched: '', problem: ru.ruleProblem('no-name', 50) },
      { matched: '', problem: ru.ruleProblem('bad-hours', 50) },
      { matched: 6, problem: '' },
    ]);
    expect(tables.processes[0]).toMatchObject({ process: 'Обмен с 1С', events: 6 });
  });

  it('T1 · rules that change while a day is collected count from the next report on', () => {
    const { rules, tables, world, run } = ruled({ type: 'lead_added', name: 'Раньше' });
    world.steps.interfere = port => {
      if (!port.startsWith('table.replace report')) return;
      world.steps.interfere = undefined;
      rules[0] = row({ type: 'lead_added', name: 'Теперь' });
    };
    run();
    expect(tables.processes[0]).toMatchObject({ process: 'Раньше' });
    // What stands in the sheet now has matched nothing yet.
    expect(rules[0]).toMatchObject({ matched: '', problem: '' });
    run();
    expect(tables.processes[0]).toMatchObject({ process: 'Теперь' });
    expect(rules[0]).toMatchObject({ matched: 6 });
  });

  it('T14 · a sheet of rules that is protected does not hold up the report', () => {
    const { tables, world, run } = ruled({ type: 'lead_added', name: 'Обмен с 1С' });
    world.steps.interfere = port => {
      if (port === 'rules.show') throw new Error('You are trying to edit a protected cell');
    };
    expect(run()).toBe(true);
    expect(tables.days).toMatchObject([{ completeness: ru.complete }]);
    expect(tables.log.map(({ what }) => what)).toContain(ru.rulesUnavailable('Правила'));
  });

  it('M15 · an edit shows problems at once, and leaves what was matched', () => {
    const { rules, world } = ruled({ type: 'lead_added' }, { hours: '9-18', name: 'День' });
    rules[1]!.matched = '7';
    settingsEdited(world.outside, RULES_SHEET_ID);
    expect(rules).toMatchObject([{ problem: ru.ruleProblem('no-name', 50) }, { matched: '7', problem: '' }]);
    expect(world.steps.log.filter(step => step.startsWith('mutex'))).toEqual([]);
  });
});

describe('T5 · a user who works like a machine', () => {
  const aroundTheClock = events('lead_added', 240, { created_by: 101 }).map((event, index) => ({
    ...event,
    created_at: FROM + Math.floor(index / 10) * 3_600 + (index % 10),
  }));

  it('T5 · is told of once, with what to do', () => {
    const { tables, run } = story({ events: aroundTheClock }, NO_PINGS);
    const told = () => tables.log.filter(({ what }) => String(what).includes('id 101'));
    run();
    expect(told()).toMatchObject([
      { level: 'WARN', todo: ru.report.machineLikeTodo(101), effect: ru.effect.none },
    ]);
    run();
    expect(told()).toHaveLength(1);
  });

  it('T5 · is not told of where the settings name the user', () => {
    const { tables, run } = story(
      { events: aroundTheClock },
      { ...NO_PINGS, settings: { serviceAccounts: '101' } },
    );
    run();
    expect(tables.log.filter(({ what }) => String(what).includes('id 101'))).toEqual([]);
  });
});
