import type { Cell } from '../../src/core/cell';
import { readSettings, type SettingProblem } from '../../src/core/readSettings';
import { shownValue } from '../../src/core/settingKinds';
import {
  defaultText,
  isSecretRow,
  offeredValues,
  SETTING_ROWS,
  type SettingRow,
  type Settings,
} from '../../src/core/settings';
import { TEXTS } from '../../src/core/texts';

const DEFAULTS: Settings = {
  baseUrl: undefined,
  clientId: undefined,
  redirectUri: undefined,
  topEvents: 5,
  timeZone: undefined,
  reportTime: '03:00',
  pingMinutes: 60,
  pingSamples: 3,
  requestsPerSecond: 5,
  serviceAccounts: [],
  clientActionsCount: true,
  language: 'auto',
  logLevel: 'INFO',
  notifyEmail: undefined,
  googlePlan: 'free',
  keepPingsDays: 90,
  keepDetailsDays: 400,
};

type Row = { key: string; value: Cell };

/** The settings sheet with every row, and some of them filled in. */
function sheet(values: Partial<Record<SettingRow, Cell>> = {}): Row[] {
  const all: Partial<Record<SettingRow, Cell>> = { baseUrl: 'mycompany', ...values };
  return SETTING_ROWS.map(key => ({ key, value: all[key] ?? '' }));
}

const problemsOf = (rows: Row[], lastGood = {}) =>
  readSettings(rows, lastGood).problems.map(({ problem }) => problem);

describe('M15 · defaults', () => {
  it('M15 · an empty sheet means the defaults', () => {
    expect(readSettings(sheet(), {}).settings).toEqual({ ...DEFAULTS, baseUrl: 'mycompany.amocrm.ru' });
    expect(problemsOf(sheet())).toEqual([]);
  });

  it('M15 · an empty cell means the default, whatever once stood there', () => {
    const { settings, lastGood } = readSettings(sheet({ topEvents: '' }), { topEvents: '20' });
    expect(settings.topEvents).toBe(5);
    expect(lastGood).not.toHaveProperty('topEvents');
  });

  it.each(SETTING_ROWS)('M15 · the text that a new row %s starts with is no problem', key => {
    for (const texts of Object.values(TEXTS)) {
      const found = problemsOf(sheet({ [key]: defaultText(key, texts) }));
      expect(found).toEqual(key === 'baseUrl' ? [{ key, kind: 'required' }] : []);
    }
  });

  it.each(SETTING_ROWS)('M15 · every value offered for %s is accepted and means what it shows', key => {
    for (const texts of Object.values(TEXTS)) {
      for (const offered of offeredValues(key, texts) ?? [])
        expect(problemsOf(sheet({ [key]: offered }))).toEqual([]);
    }
  });
});

describe('M15 · good values', () => {
  it.each<[keyof Settings, Cell, unknown]>([
    ['baseUrl', 'https://My.amocrm.ru/leads/1', 'my.amocrm.ru'],
    ['topEvents', 1, 1],
    ['topEvents', 50, 50],
    ['topEvents', '7', 7],
    ['topEvents', ' 7 ', 7],
    ['topEvents', '7,0', 7],
    ['topEvents', '7.00', 7],
    ['timeZone', 'Europe/Moscow', 'Europe/Moscow'],
    ['timeZone', ' europe/moscow ', 'Europe/Moscow'],
    ['timeZone', 'UTC', 'UTC'],
    ['reportTime', '03:00', '03:00'],
    ['reportTime', '3:00', '03:00'],
    ['reportTime', '03:00:00', '03:00'],
    ['reportTime', ' 23:59 ', '23:59'],
    ['reportTime', '00:30', '00:30'],
    ['reportTime', 0.125, '03:00'], // a cell formatted as a time
    ['reportTime', '0,125', '03:00'],
    ['reportTime', '.125', '03:00'],
    ['reportTime', 0.5 / 24, '00:30'],
    ['pingMinutes', 5, 5],
    ['pingMinutes', '15', 15],
    ['pingSamples', 1, 1],
    ['pingSamples', 5, 5],
    ['requestsPerSecond', 7, 7],
    ['requestsPerSecond', 1, 1],
    ['serviceAccounts', 123456, [123456]],
    ['serviceAccounts', '123, 456', [123, 456]],
    ['serviceAccounts', '123;456  789,', [123, 456, 789]],
    ['serviceAccounts', '123, 123', [123]],
    ['clientActionsCount', true, true],
    ['clientActionsCount', false, false],
    ['clientActionsCount', 'да', true],
    ['clientActionsCount', 'НЕТ', false],
    ['clientActionsCount', ' Yes ', true],
    ['clientActionsCount', 'no', false],
    ['clientActionsCount', 1, true],
    ['clientActionsCount', 0, false],
    ['language', 'RU', 'ru'],
    ['language', ' auto ', 'auto'],
    ['logLevel', 'debug', 'DEBUG'],
    ['logLevel', 'WARN ', 'WARN'],
    ['notifyEmail', 'me@example.com ', 'me@example.com'],
    ['googlePlan', ' Workspace', 'workspace'],
    ['keepPingsDays', 1, 1],
    ['keepPingsDays', '3650', 3_650],
  ])('M15 · %s %j is %j', (key, value, expected) => {
    const { settings, problems, lastGood } = readSettings(sheet({ [key]: value }), {});
    expect(settings[key]).toEqual(expected);
    expect(problems).toEqual([]);
    // What is remembered is read back as the same value.
    expect(readSettings(sheet({ [key]: lastGood[key]! }), {}).settings[key]).toEqual(expected);
  });
});

const NOT_A_SETTING: Cell[] = ['#ERROR!', '#REF!', '-1', -1, 1.5, 'да или нет', '=1+1', '5\n6 x'];

/** Wrong values of each setting (C1). What a number means depends on the setting, hence one list each. */
const WRONG: Record<keyof Settings, Cell[]> = {
  baseUrl: [
    'evil.com',
    'mycompany.amocrm.ru.evil.com',
    'my company',
    'мойаккаунт',
    '3,5',
    '18.11.2026',
    '-5',
  ],
  clientId: ['my id', 'ид', '-5', '3,5', 'a@b'],
  redirectUri: ['http://example.com', 'example.com', 'https://', 'https://exa mple.com', 5, true],
  topEvents: [0, 51, 500, 1e9, 1e21, 5.5, '5,5', '+5', 'five', 46344, '18.11.2026', true, '5 штук', '٥'],
  timeZone: ['Moscow', '+03:00', 'GMT+3', 'МСК', 3, 0, 1e9, 46344, true, 'Europe/Nowhere', '3,5'],
  reportTime: [
    ...[0, 1, 3, 1e9, '00:29', '0:00', '24:00', '25:00', '03:60', '3', '3.00', '03-00', 'ночью'],
    ...[
      46344.125,
      46344,
      true,
      0.5 / 24 - 0.001,
      0.9999,
      '3:0',
      '03:00 AM',
      1e-7,
      '0.5e-1',
      '+0.125',
      'в 03:00',
    ],
  ],
  pingMinutes: [0, 1, 7, 59, 61, 120, 1e9, 5.5, '5,5', 'hourly', 46344, true],
  pingSamples: [0, 6, 1e9, 2.5, '2,5', 'three', 46344, true],
  requestsPerSecond: [0, 8, 100, 1e9, 2.5, '2,5', 'fast', 46344, true],
  serviceAccounts: ['Иван', '123, Иван', 123456.234567, '12e5', 1e21, '@me', '1234567890123456'],
  clientActionsCount: [2, 1e9, 'maybe', 'может быть', 46344, '0,5', 0.5],
  language: [0, 1e9, 'de', 'русский', 'ru-RU', 46344, true],
  logLevel: [0, 1e9, 'VERBOSE', 'всё', 46344, true],
  notifyEmail: [
    0,
    1e9,
    'me',
    'me@',
    '@example.com',
    'a@b',
    'a@b.c, d@e.f',
    'Имя <a@b.c>',
    46344,
    true,
    'a b@c.d',
  ],
  googlePlan: [0, 1e9, 'business', 'бесплатный', 46344, true],
  keepPingsDays: [0, 3_651, 1e9, 30.5, '2,5', 'год', true],
  keepDetailsDays: [0, 3_651, 1e9, 30.5, '2,5', 'год', true],
};

const wrongCases = (Object.keys(WRONG) as (keyof Settings)[]).flatMap(key =>
  [...WRONG[key], ...NOT_A_SETTING].map(value => [key, value] as const),
);

const LAST_GOOD: Record<keyof Settings, [written: string, value: unknown]> = {
  baseUrl: ['other.amocrm.ru', undefined], // never another account's data: no fallback here
  clientId: ['id-1', 'id-1'],
  redirectUri: ['https://example.com/back', 'https://example.com/back'],
  topEvents: ['9', 9],
  timeZone: ['Asia/Omsk', 'Asia/Omsk'],
  reportTime: ['04:30', '04:30'],
  pingMinutes: ['15', 15],
  pingSamples: ['2', 2],
  requestsPerSecond: ['3', 3],
  serviceAccounts: ['11, 22', [11, 22]],
  clientActionsCount: ['no', false],
  language: ['en', 'en'],
  logLevel: ['ERROR', 'ERROR'],
  notifyEmail: ['ops@example.com', 'ops@example.com'],
  googlePlan: ['workspace', 'workspace'],
  keepPingsDays: ['30', 30],
  keepDetailsDays: ['60', 60],
};

describe('M15 · wrong values', () => {
  it.each(wrongCases)('M15 · %s refuses %j: the default counts, and the cell says so', (key, value) => {
    const { settings, problems, lastGood } = readSettings(sheet({ [key]: value }), {});
    expect(settings[key]).toEqual(DEFAULTS[key]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      row: SETTING_ROWS.indexOf(key),
      problem: { key, kind: 'invalid', found: String(value).trim() },
    });
    expect(lastGood).not.toHaveProperty(key);
  });

  it.each(wrongCases)('M15 · %s refuses %j: the last good value counts and is kept', (key, value) => {
    const [written, good] = LAST_GOOD[key];
    const { settings, problems, lastGood } = readSettings(sheet({ [key]: value }), { [key]: written });
    expect(settings[key]).toEqual(good);
    const inForce = key === 'baseUrl' ? '' : written;
    expect(problems[0]?.problem).toMatchObject({ key, kind: 'invalid', inForce });
    expect(lastGood[key]).toBe(key === 'baseUrl' ? undefined : written);
  });

  it('M15 · a last good value that is no longer good does not count', () => {
    const { settings, lastGood } = readSettings(sheet({ topEvents: 'x' }), { topEvents: '500' });
    expect(settings.topEvents).toBe(5);
    expect(lastGood).not.toHaveProperty('topEvents');
  });

  it('M15 · all problems at once, in the order of the sheet', () => {
    const wrong = Object.fromEntries(Object.entries(WRONG).map(([key, [value]]) => [key, value]));
    const { problems } = readSettings(sheet(wrong), {});
    expect(problems).toHaveLength(Object.keys(WRONG).length);
    const rows = problems.map(({ row }) => row!);
    expect(rows).toEqual([...rows].sort((a, b) => a - b));
  });

  it('M15 · missing rows first, then the rows as they stand, whatever their order', () => {
    const rows = [
      { key: 'notifyEmail', value: 'x' },
      ...sheet({ topEvents: 'x', language: 'x', reportTime: 'x' })
        .filter(({ key }) => !['logLevel', 'timeZone', 'notifyEmail'].includes(key))
        .reverse(),
    ];
    const { problems } = readSettings(rows, {});
    expect(problems.map(({ row, problem }) => [row, problem.key])).toEqual([
      ...[
        [undefined, 'timeZone'],
        [undefined, 'logLevel'],
      ],
      ...rows.flatMap(({ key, value }, row) => (value === 'x' ? [[row, key]] : [])),
    ]);
    expect(problems[2]).toMatchObject({ row: 0 });
  });

  it.each([
    ['x'.repeat(31), 'x'.repeat(31)],
    // A long word may be a token that slipped into the wrong row.
    ['x'.repeat(32), 'xxxxxxxx…'],
    [`a ${'y'.repeat(32)}`, 'a yyyyyy…'],
    ['many words '.repeat(9).slice(0, 40).trim(), 'many words many words many words many wo'],
    ['many words '.repeat(9), 'many words many words many words many wo…'],
    [`${'many words '.repeat(9).slice(0, 40)}r`, 'many words many words many words many wo…'],
  ])('M15 · of %j it repeats %j', (value, found) => {
    expect(problemsOf(sheet({ topEvents: value }))).toMatchObject([{ key: 'topEvents', found }]);
  });

  it.each([
    [63, []],
    // A secret in the wrong field.
    [64, [{ key: 'clientId', kind: 'invalid', found: 'aaaaaaaa…' }]],
  ])('M15 · an integration’s id of %d characters', (length, problems) => {
    expect(problemsOf(sheet({ clientId: 'a'.repeat(length) }))).toMatchObject(problems);
  });

  // C1 of the faults: a number or a truth value in the address cell is a slip, not an account's name.
  it.each([0, 1e9, 46344, true])('M15 · baseUrl refuses the cell %j', value => {
    expect(problemsOf(sheet({ baseUrl: value }))).toMatchObject([{ key: 'baseUrl', kind: 'invalid' }]);
  });
});

describe('M15 · rows (C2)', () => {
  it('M15 · without an address the job does nothing: it is required', () => {
    expect(problemsOf(sheet({ baseUrl: '' }))).toEqual([{ key: 'baseUrl', kind: 'required' }]);
  });

  it('M15 · of two rows the first counts, and the second says so', () => {
    const rows = [
      ...sheet({ topEvents: 9 }),
      { key: 'topEvents', value: 20 },
      { key: 'topEvents', value: 'x' },
    ];
    const { settings, problems } = readSettings(rows, {});
    expect(settings.topEvents).toBe(9);
    expect(problems).toEqual([
      { row: SETTING_ROWS.length, problem: { key: 'topEvents', kind: 'duplicate' } },
      { row: SETTING_ROWS.length + 1, problem: { key: 'topEvents', kind: 'duplicate' } },
    ]);
  });

  it.each(SETTING_ROWS)('M15 · a missing row %s means the default and is told', missing => {
    const rows = sheet().filter(({ key }) => key !== missing);
    const { settings, problems } = readSettings(rows, { [missing]: '7' });
    expect(problems[0]).toEqual({ row: undefined, problem: { key: missing, kind: 'missing-row' } });
    expect(problems).toHaveLength(missing === 'baseUrl' ? 2 : 1);
    if (!isSecretRow(missing)) expect(settings[missing]).toEqual(DEFAULTS[missing]);
  });

  it('M15 · rows of the user’s own, and in any order, are no problem', () => {
    const rows = [
      { key: '', value: 'my note' },
      { key: 'own', value: 5 },
      { key: '', value: 'another' },
      ...sheet({ topEvents: 8 }).reverse(),
    ];
    const { settings, problems } = readSettings(rows, {});
    expect(settings.topEvents).toBe(8);
    expect(problems).toEqual([]);
  });
});

describe('M15 · sentences', () => {
  const said = (language: 'ru' | 'en', values: Partial<Record<SettingRow, Cell>>, lastGood = {}) =>
    problemsOf(sheet(values), lastGood).map(problem => TEXTS[language].settings.problem(problem));

  it.each<[Partial<Record<SettingRow, Cell>>, Record<string, string>, string, string]>([
    [
      { topEvents: 'много' },
      {},
      '«много» не подходит: нужно целое число от 1 до 50. Пока действует 5.',
      '"много" does not fit: a whole number from 1 to 50 is needed. Until then 5 is used.',
    ],
    [
      { topEvents: 51 },
      { topEvents: '20' },
      '«51» не подходит: нужно целое число от 1 до 50. Пока действует 20.',
      '"51" does not fit: a whole number from 1 to 50 is needed. Until then 20 is used.',
    ],
    [
      { timeZone: '+03:00' },
      {},
      '«+03:00» не подходит: нужно название часового пояса, например Europe/Moscow. Пока действует пустое значение.',
      '"+03:00" does not fit: the name of a time zone is needed, for example Europe/Moscow. Until then it counts as empty.',
    ],
    [
      { reportTime: '00:00' },
      {},
      '«00:00» не подходит: нужно время чч:мм от 00:30 до 23:59, например 03:00. Пока действует 03:00.',
      '"00:00" does not fit: a time hh:mm from 00:30 to 23:59 is needed, for example 03:00. Until then 03:00 is used.',
    ],
    [
      { pingMinutes: 7 },
      {},
      '«7» не подходит: нужно одно из значений: 5, 10, 15, 30, 60. Пока действует 60.',
      '"7" does not fit: one of these is needed: 5, 10, 15, 30, 60. Until then 60 is used.',
    ],
    [
      { baseUrl: 'evil.com' },
      {},
      '«evil.com» не подходит: нужен адрес аккаунта amoCRM: mycompany, mycompany.amocrm.ru, .amocrm.com или .kommo.com. Пока адрес не исправлен, замеры и отчёты не выполняются.',
      `"evil.com" does not fit: an amoCRM account's address is needed: mycompany, mycompany.amocrm.ru, .amocrm.com or .kommo.com. Until the address is corrected, no pings and no reports are made.`,
    ],
    [
      { baseUrl: '' },
      {},
      'Укажите адрес аккаунта: без него замеры и отчёты не выполняются.',
      "Enter the account's address: without it no pings and no reports are made.",
    ],
  ])('M15 · %j', (values, lastGood, ru, en) => {
    expect(said('ru', values, lastGood)).toEqual([ru]);
    expect(said('en', values, lastGood)).toEqual([en]);
  });

  it.each<[SettingRow, string, string]>([
    ['language', 'нужно одно из значений: auto, ru, en', 'one of these is needed: auto, ru, en'],
    ['logLevel', 'значений: DEBUG, INFO, WARN, ERROR', 'needed: DEBUG, INFO, WARN, ERROR'],
    ['serviceAccounts', 'номера (id) пользователей', 'user ids'],
    ['notifyEmail', 'один адрес почты', 'one e-mail address'],
  ])('M15 · a wrong %s is told what is asked for', (key, ru, en) => {
    expect(said('ru', { [key]: '@' })).toEqual([expect.stringContaining(ru)]);
    expect(said('en', { [key]: '@' })).toEqual([expect.stringContaining(en)]);
  });

  it('M15 · yes and no are said in the language of the sheet', () => {
    expect(said('ru', { clientActionsCount: 'может быть' })).toEqual([
      '«может быть» не подходит: нужно «да» или «нет». Пока действует да.',
    ]);
  });

  it.each<[SettingProblem, string, string]>([
    [{ key: 'topEvents', kind: 'duplicate' }, 'Действует верхняя строка', 'The upper row counts'],
    [{ key: 'topEvents', kind: 'missing-row' }, 'действует значение по умолчанию', 'the default is used'],
    [{ key: 'token', kind: 'required' }, 'Вставьте токен', 'Paste the token'],
    [
      { key: 'token', kind: 'bad-token' },
      'символы, которых в токене не бывает',
      'characters that no token has',
    ],
  ])('M15 · %j', (problem, ru, en) => {
    expect(TEXTS.ru.settings.problem(problem)).toContain(ru);
    expect(TEXTS.en.settings.problem(problem)).toContain(en);
    expect(TEXTS.ru.settings.named('topEvents', 'x')).toBe('Настройки, строка «Событий в отчёте»: x');
  });

  it('M15 · yes and no are shown in the language of the sheet', () => {
    expect(defaultText('clientActionsCount', TEXTS.ru)).toBe('да');
    expect(defaultText('clientActionsCount', TEXTS.en)).toBe('yes');
    expect(offeredValues('clientActionsCount', TEXTS.ru)).toEqual(['да', 'нет']);
    expect(shownValue({ kind: 'yes-no' }, 'no', TEXTS.ru)).toBe('нет');
    expect(shownValue({ kind: 'email' }, 'no', TEXTS.ru)).toBe('no');
    expect(offeredValues('requestsPerSecond', TEXTS.ru)).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect(offeredValues('pingMinutes', TEXTS.ru)).toEqual(['5', '10', '15', '30', '60']);
    expect(offeredValues('language', TEXTS.ru)).toEqual(['auto', 'ru', 'en']);
    expect(offeredValues('logLevel', TEXTS.ru)).toEqual(['DEBUG', 'INFO', 'WARN', 'ERROR']);
    expect(offeredValues('topEvents', TEXTS.ru)).toBeUndefined();
    expect(offeredValues('notifyEmail', TEXTS.ru)).toBeUndefined();
    expect(defaultText('token', TEXTS.ru)).toBe('');
    expect(offeredValues('token', TEXTS.ru)).toBeUndefined();
  });
});
