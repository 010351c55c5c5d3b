import { SETTING_ROWS } from '../../src/core/settings';
import { languageOf, MENU_TITLE, TEXTS, translated } from '../../src/core/texts';

const CYRILLIC = /[а-яё]/i;
const LATIN = /[a-z]/i;

const AMO_CODES = [
  ...['no-connection', 'timeout', 'too-many-requests', 'server-error', 'not-api', 'malformed'],
  ...['users-incomplete', 'token-refused', 'payment-required', 'forbidden', 'blocked', 'not-found'],
  ...['redirected', 'refused', 'out-of-time', 'too-crowded', 'paused'],
];
const PING_FAILURES = ['no-connection', 'timeout', 'not-api', 'http', 'paused', 'quota'];
const QUOTAS = ['requests', 'triggerMs', 'mails', 'propertyBytes', 'cells'];
const EXPECTATIONS = [
  { kind: 'account-address' },
  { kind: 'whole-number', from: 1, to: 2 },
  { kind: 'choice', choices: ['1', '2'] },
  { kind: 'time-zone' },
  { kind: 'time-of-day', from: '00:30' },
  { kind: 'user-ids' },
  { kind: 'yes-no' },
  { kind: 'email' },
];
const PROBLEMS = [
  ...EXPECTATIONS.flatMap(expects => [
    { key: 'topEvents', kind: 'invalid', found: '1', inForce: '2', expects },
    { key: 'topEvents', kind: 'invalid', found: '1', inForce: '', expects },
    { key: 'baseUrl', kind: 'invalid', found: '1', inForce: '', expects },
  ]),
  ...SETTING_ROWS.flatMap(key =>
    ['duplicate', 'missing-row', 'required', 'bad-token'].map(kind => ({ key, kind })),
  ),
];
const STATUSES = [0, 200, 302, 401, 402, 403, 404, 405, 429, 500, 503];

/** Sample arguments of the functions that take more than plain values, by path. Others get digits. */
const ARGUMENTS: Record<string, readonly (readonly unknown[])[]> = {
  'settings.problem': PROBLEMS.map(problem => [problem]),
  'settings.named': SETTING_ROWS.map(key => [key, '1']),
  pingFailure: PING_FAILURES.flatMap(failure => STATUSES.map(status => [failure, status])),
  'ping.failedTodo': PING_FAILURES.map(failure => [failure]),
  'quota.share': QUOTAS.map(quota => [{ quota, used: 1, limit: 3 }]),
  'quota.warning': QUOTAS.map(quota => [{ quota, used: 1, limit: 3 }]),
  'period.problem': ['unreadable', 'not-over', 'too-long'].map(problem => [problem, '1']),
  loop: ['repeat', 'pair', 'hot'].map(kind => [kind]),
  'process.linked': ['lead', 'contact', 'company', 'customer', '1'].map(type => [type]),
  'status.paused': ['asked', 'blocked'].map(cause => [cause, '1']),
  'status.collecting': [
    ['1', 2, 3, '4'],
    ['1', 2, 3, undefined],
  ],
  silence: [
    ['1', '2'],
    ['1', undefined],
  ],
  sheetProtected: [
    ['1', '2'],
    ['1', ''],
  ],
  'error.what': AMO_CODES.flatMap(code => STATUSES.map(status => [code, status])),
  'error.todo': AMO_CODES.map(code => [code]),
  times: [
    ['1', 1],
    ['1', 2],
  ],
  day: [['2026-11-18']],
  'report.machineLike': [['1', 7, ['hours', 'pace', 'bursts']]],
  ruleProblem: [
    ['no-name', 50],
    ['bad-hours', 50],
    ['too-many', 50],
  ],
};

/** Every text there is, with the place where it stands; functions called with each of their sample arguments. */
function everyText(texts: unknown, path = ''): { path: string; text: string }[] {
  if (typeof texts !== 'object' && typeof texts !== 'function') return [{ path, text: texts as string }];
  if (typeof texts === 'function') {
    const calls = ARGUMENTS[path] ?? [
      ['1', 2, 3],
      ['1', 1, 1],
    ];
    return calls.flatMap(args => everyText(texts(...args), `${path}(${JSON.stringify(args)})`));
  }
  return Object.entries(texts as object).flatMap(([key, value]) =>
    everyText(value, path ? `${path}.${key}` : key),
  );
}

function shape(texts: unknown): unknown {
  if (typeof texts === 'string') return 'text';
  if (typeof texts === 'function') return `function of ${texts.length}`;
  return Object.fromEntries(Object.entries(texts as object).map(([key, value]) => [key, shape(value)]));
}

describe('M8 · texts in two languages', () => {
  it('have the same entries', () => {
    expect(shape(TEXTS.en)).toEqual(shape(TEXTS.ru));
    expect(everyText(TEXTS.en).map(({ path }) => path)).toEqual(everyText(TEXTS.ru).map(({ path }) => path));
    expect(everyText(TEXTS.ru).length).toBeGreaterThan(300);
  });

  it('are all there: every call gives a text', () => {
    for (const { path, text } of [...everyText(TEXTS.ru), ...everyText(TEXTS.en)]) {
      if (typeof text !== 'string' || text === '') throw new Error(`${path} has no text`);
      if (/undefined|NaN|\[object/.test(text)) throw new Error(`${path}: ${text}`);
    }
  });

  it('nothing English is in Cyrillic', () => {
    expect(everyText(TEXTS.en).filter(({ text }) => CYRILLIC.test(text))).toEqual([]);
  });

  it('nothing Russian is in Latin letters alone', () => {
    const latin = everyText(TEXTS.ru).filter(({ text }) => LATIN.test(text) && !CYRILLIC.test(text));
    expect(latin).toEqual([{ path: 'language', text: 'ru' }]);
  });

  it('each knows its language', () => {
    expect(TEXTS.ru.language).toBe('ru');
    expect(TEXTS.en.language).toBe('en');
  });

  it('M16 · the first item of the menu has the promised words', () => {
    expect(MENU_TITLE).toBe('amoCRM Monitor');
    expect(TEXTS.ru.menu.runReportNow).toBe('Запустить отчёт сейчас');
    expect(TEXTS.en.menu.runReportNow).toBe('Run report now');
  });

  it.each([
    [0.79, '79'],
    [0.999, '99'],
    [1.2, '120'],
  ])('Q1 · a share of %d of a quota is shown as %s %%', (share, percent) => {
    const quota = { quota: 'requests', used: share * 1_000, limit: 1_000 } as const;
    expect(TEXTS.ru.quota.share(quota)).toContain(` ${percent} %`);
    expect(TEXTS.en.quota.warning(quota).what).toContain(`${percent} %`);
  });

  it('Q1 · a warning says what happens at the limit, of those that no reading can reach too', () => {
    const effects = QUOTAS.map(
      quota => TEXTS.en.quota.warning({ quota: quota as 'cells', used: 8, limit: 10 }).effect,
    );
    expect(new Set(effects).size).toBe(2);
    expect(effects[0]).toContain('pings stop first');
    expect(effects[4]).not.toContain('pings');
  });

  it('days are shown as the sheets show them', () => {
    expect(TEXTS.ru.day('2026-11-18')).toBe('18.11.2026');
    expect(TEXTS.en.day('2026-11-18')).toBe('2026-11-18');
  });
});

describe('M15 · languageOf', () => {
  it.each([
    ['auto', 'ru_RU', 'ru'],
    ['auto', 'ru', 'ru'],
    ['auto', 'RU_ru', 'ru'],
    ['auto', 'en_US', 'en'],
    ['auto', 'de_DE', 'en'],
    ['auto', 'run', 'en'],
    ['auto', 'tt_RU', 'en'],
    ['auto', 'kru_IN', 'en'],
    ['auto', '', 'en'],
    ['ru', 'en_US', 'ru'],
    ['en', 'ru_RU', 'en'],
  ] as const)('%s in a spreadsheet of %j is %s', (setting, locale, language) => {
    expect(languageOf(setting, locale)).toBe(language);
  });
});

describe('M8 · translated', () => {
  const title = (texts: typeof TEXTS.ru) => texts.sheets.report;

  it('turns our own title, and leaves what a user has written', () => {
    expect(translated('Отчёт', title, TEXTS.en)).toBe('Report');
    expect(translated('Report', title, TEXTS.ru)).toBe('Отчёт');
    expect(translated('Мой отчёт', title, TEXTS.en)).toBe('Мой отчёт');
    expect(translated('', title, TEXTS.en)).toBe('');
  });
});
