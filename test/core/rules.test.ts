import { NO_DIRECTORY, withNames } from '../../src/core/directory';
import type { AmoEvent } from '../../src/core/event';
import type { Naming } from '../../src/core/processName';
import { MOST_RULES, type Rule, type RuleCells, ruleFinder, rulesIn } from '../../src/core/rules';
import type { Subject } from '../../src/core/subject';
import { TEXTS } from '../../src/core/texts';

const row = (cells: Partial<RuleCells>): RuleCells => ({
  ...{ type: '', about: '', actor: '', hours: '', name: '' },
  ...cells,
});
const rule = (cells: Partial<Rule>): Rule => ({ type: '', about: '', actor: '', name: 'Обмен', ...cells });

describe('T1 · rules as they are written', () => {
  it('T1 · an empty row is none, wherever it stands', () => {
    expect(rulesIn([row({}), row({ name: '  ' }), row({ name: 'Обмен' })])).toEqual([
      undefined,
      undefined,
      rule({}),
    ]);
  });

  it('T1 · spaces around a cell do not count', () => {
    expect(
      rulesIn([row({ type: ' lead_added ', about: ' vip ', actor: ' робот ', name: ' Обмен ' })]),
    ).toEqual([rule({ type: 'lead_added', about: 'vip', actor: 'робот' })]);
  });

  it.each<[Partial<RuleCells>]>([
    [{ type: 'lead_added' }],
    [{ about: 'x' }],
    [{ actor: 'x' }],
    [{ hours: '1' }],
  ])('T1 · %j without a name is a mistake', cells => {
    expect(rulesIn([row(cells)])).toEqual(['no-name']);
  });

  it.each<[string, number[]]>([
    ['0', [0]],
    ['23', [23]],
    ['9-11', [9, 10, 11]],
    [' 9 – 11 ', [9, 10, 11]],
    ['9—9', [9]],
    ['22-1', [22, 23, 0, 1]],
    ['2, 5-7; 6', [2, 5, 6, 7]],
  ])('T1 · the hours "%s" are understood', (hours, wanted) => {
    expect(rulesIn([row({ hours, name: 'Обмен' })])).toEqual([rule({ hours: wanted })]);
  });

  it.each(['24', '9-24', '24-3', 'ночь', '9:00-18:00', '1-2-3', ',', '-', '9-', '100'])(
    'T1 · the hours "%s" are a mistake',
    hours => {
      expect(rulesIn([row({ hours, name: 'Обмен' })])).toEqual(['bad-hours']);
    },
  );

  it('T1 · only so many rules count, mistakes and empty rows not among them', () => {
    const rows = [
      row({ type: 'x' }),
      row({}),
      ...Array.from({ length: MOST_RULES + 1 }, () => row({ name: 'a' })),
    ];
    const read = rulesIn(rows);
    expect(read.filter(one => typeof one === 'object')).toHaveLength(MOST_RULES);
    expect(read[read.length - 1]).toBe('too-many');
  });

  it('T1 · a cell is cut, since each rule is kept with its day', () => {
    const [long] = rulesIn([row({ name: 'я'.repeat(300) })]) as Rule[];
    expect(long?.name).toHaveLength(100);
  });
});

describe('T1 · which rule an event falls under', () => {
  const directory = [
    ['stage', '1/142', 'Продажи / Оплачен'],
    ['field', '7', 'Телефон (доп.)'],
    ['responsible', '501', 'Обмен 1С'],
  ].reduce(
    (known, [kind, id, name]) => withNames(known, kind as 'stage', new Map([[id!, name!]])),
    NO_DIRECTORY,
  );
  const naming: Naming = {
    ...{ language: 'ru', texts: TEXTS.ru, directory, rules: [] },
    types: new Map([['lead_added', 'Новая сделка в аккаунте']]),
  };
  const event = (of: Partial<AmoEvent>): AmoEvent => ({
    ...{ id: 'e', type: 'lead_added', createdAt: 0, createdBy: 0, entity: undefined, subject: undefined },
    ...of,
  });
  const field: Subject = { kind: 'field', id: '7' };
  const find = (rules: Rule[], of: Partial<AmoEvent> = {}, hour = 3) => {
    const found = event(of);
    return ruleFinder(rules, naming)(found, found.createdBy ? 'service' : 'robot', hour);
  };

  it.each<[string, Partial<Rule>, Partial<AmoEvent>]>([
    ['anything', {}, {}],
    ['a type by its key', { type: 'LEAD_added' }, {}],
    ["a type by the account's name", { type: 'новая сделка в аккаунте' }, {}],
    ['a type by a built-in name', { type: 'Новая задача' }, { type: 'task_added' }],
    ['a part of a name', { type: '*сделка*' }, {}],
    [
      'a field by its own key',
      { type: 'custom_field_7_value_changed' },
      { type: 'custom_field_7_value_changed' },
    ],
    [
      'fields by their common key',
      { type: 'custom_field_value_changed' },
      { type: 'custom_field_7_value_changed' },
    ],
    ['fields by their common name', { type: 'Изменение поля' }, { type: 'custom_field_7_value_changed' }],
    ['a field by its name, brackets and all', { about: 'телефон (доп.)' }, { subject: field }],
    ['a field by its id', { about: '7' }, { subject: field }],
    ['what is about nothing, by a star alone', { about: '*' }, {}],
    ['a stage', { about: '* / Оплачен' }, { subject: { kind: 'stage', id: '1/142' } }],
    ['a tag', { about: 'vip' }, { subject: { kind: 'tag', id: 'VIP' } }],
    ['an actor in Russian', { actor: 'Робот' }, {}],
    ['an actor in English', { actor: 'robot' }, {}],
    ['a user by name', { actor: 'обмен 1с' }, { createdBy: 501 }],
    ['a user by id', { actor: '501' }, { createdBy: 501 }],
    ['an hour', { hours: [2, 3] }, {}],
    ['all of it', { type: 'lead_added', about: '7', actor: 'robot', hours: [3] }, { subject: field }],
  ])('T1 · %s', (_, cells, of) => {
    expect(find([rule(cells)], of)).toBe(0);
  });

  it.each<[string, Partial<Rule>, Partial<AmoEvent>]>([
    ['another type', { type: 'task_added' }, {}],
    ['only a part, without a star', { type: 'Новая сделка' }, {}],
    ['a dot is a dot', { about: 'Телефон (доп_)' }, { subject: field }],
    ['about something, of an event about nothing', { about: '?' }, {}],
    ['about words with a gap, of an event about nothing', { about: '* *' }, {}],
    ['another user', { actor: '502' }, { createdBy: 501 }],
    ['a robot has no id', { actor: '0' }, {}],
    ['another actor', { actor: 'робот' }, { createdBy: 501 }],
    ['another hour', { hours: [2, 4] }, {}],
  ])('T1 · not %s', (_, cells, of) => {
    expect(find([rule(cells)], of)).toBeUndefined();
  });

  it('T1 · the first that fits counts', () => {
    const rules = [rule({ type: 'task_added' }), rule({ hours: [3] }), rule({})];
    expect(find(rules)).toBe(1);
    expect(find(rules, {}, 4)).toBe(2);
    expect(find(rules, { type: 'task_added' })).toBe(0);
  });

  it('T1 · events that differ only in what a rule may ask for are told apart in one day', () => {
    const ruleOf = ruleFinder([rule({ about: '7' }), rule({ actor: '501' }), rule({ hours: [5] })], naming);
    expect(ruleOf(event({ subject: field }), 'robot', 3)).toBe(0);
    expect(ruleOf(event({ createdBy: 501 }), 'service', 3)).toBe(1);
    expect(ruleOf(event({}), 'robot', 5)).toBe(2);
    expect(ruleOf(event({}), 'robot', 3)).toBeUndefined();
    expect(ruleOf(event({}), 'robot', 3)).toBeUndefined();
  });
});
