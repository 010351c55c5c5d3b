import { TEXTS } from '../../src/core/texts';
import { MASK } from '../../src/core/token';
import { keptTriggers } from '../../src/jobs/installedTriggers';
import { keepPlan, keptPlan } from '../../src/jobs/keptPlan';
import { takeLease } from '../../src/jobs/lease';
import { setUp } from '../../src/jobs/setUp';
import { SheetProtected } from '../../src/ports';
import { htmlPage, noConnection, pathOf, text } from '../support/amoAnswers';
import { type InMemory, inMemoryOutside, USER, type WorldParts } from '../support/inMemoryOutside';
import { keptToken } from '../support/keptToken';
import { SMALL_TOKEN, type SmallAccount, smallAccount } from '../support/smallAccount';

const { ru } = TEXTS;
const READY: WorldParts = { settings: { baseUrl: 'mycompany' }, properties: { token: SMALL_TOKEN } };

function world(person: WorldParts['person'], parts: WorldParts = {}, account: Partial<SmallAccount> = {}) {
  const amo = smallAccount(account);
  const one = inMemoryOutside({ server: amo.server, ...parts, ...(person ? { person } : {}) });
  setUp(one.outside);
  return one;
}
const cell = (one: InMemory, key: string) => one.contents.settings.find(row => row.key === key)!.value;
/** Where nothing is connected at the end, the sidebar leads to what is missing. */
const SIDEBAR = 'sidebar ru';
const handlers = (one: InMemory) => one.triggers.map(({ handler }) => handler).sort();
const asked = (one: InMemory) => one.shown.filter(text => text.includes('?') || /токен|адрес/i.test(text));

describe('M15, M10, T12 · setUp', () => {
  it('M15 · in an empty spreadsheet: makes the sheets, asks for address and token, checks them with one request', () => {
    const one = world([' https://mycompany.amocrm.ru/leads ', `"${SMALL_TOKEN}"`, false]);
    expect(one.contents.made).toBe(true);
    expect(cell(one, 'baseUrl')).toBe('mycompany.amocrm.ru');
    expect(keptToken(one.properties)).toBe(SMALL_TOKEN);
    expect(one.requests.map(({ request }) => request.url)).toEqual([
      'https://mycompany.amocrm.ru/api/v4/account?with=datetime_settings',
    ]);
    expect(one.shown).toEqual([
      ru.setUp.askAddress,
      ru.setUp.askToken,
      `${ru.setUp.connected('Пример', 'Europe/Moscow')} ${ru.setUp.scheduled('03:00', 60)}`,
      ru.setUp.offerReport,
    ]);
    expect(handlers(one)).toEqual(['dailyReport', 'hourlyPing']);
    expect(one.everythingShown()).not.toContain(SMALL_TOKEN);
    expect(one.contents.tables.log).toMatchObject([{ level: 'INFO', job: 'Настройка', requests: 1 }]);
  });

  it.each<[string, WorldParts, string[]]>([
    ['the address', { settings: {}, properties: { token: SMALL_TOKEN } }, [ru.setUp.askAddress]],
    ['the token', { settings: { baseUrl: 'mycompany' } }, [ru.setUp.askToken]],
    ['nothing', READY, []],
    ['nothing: the token stands in the cell', { settings: { baseUrl: 'mycompany', token: SMALL_TOKEN } }, []],
  ])('M15 · asks only for what is missing: %s', (_, parts, questions) => {
    const answers = questions.map(question => (question === ru.setUp.askAddress ? 'mycompany' : SMALL_TOKEN));
    const one = world([...answers, false], parts);
    expect(one.shown.slice(0, questions.length)).toEqual(questions);
    expect(one.shown).toHaveLength(questions.length + 2);
    expect(handlers(one)).toEqual(['dailyReport', 'hourlyPing']);
    expect(one.requests).toHaveLength(1);
  });

  it('M15 · T12 · is harmless to repeat', () => {
    const one = world([false, false, false], READY);
    const before = structuredClone({ triggers: one.triggers, settings: one.contents.settings });
    one.contents.tables.report.push({ date: 1, event: 'kept', count: 1, peakMs: '', peakTime: '' });
    setUp(one.outside);
    setUp(one.outside);
    expect({ triggers: one.triggers, settings: one.contents.settings }).toEqual(before);
    expect(one.contents.tables.report).toHaveLength(1);
  });

  it('T12 · installs exactly one trigger a job, mends what is wrong, leaves others alone', () => {
    const one = inMemoryOutside({ ...READY, server: smallAccount().server, person: [false, false] });
    one.triggers.push(
      { id: 'a', handler: 'hourlyPing' },
      { id: 'b', handler: 'hourlyPing' },
      { id: 'c', handler: 'mine' },
    );
    setUp(one.outside);
    expect(handlers(one)).toEqual(['dailyReport', 'hourlyPing', 'mine']);
    expect(one.triggers.some(({ id }) => id === 'c')).toBe(true);
    const report = one.triggers.find(({ handler }) => handler === 'dailyReport')!.id;
    one.contents.settings.find(({ key }) => key === 'pingMinutes')!.value = 15;
    setUp(one.outside);
    expect(handlers(one)).toEqual(['dailyReport', 'hourlyPing', 'mine']);
    expect(one.triggers.some(({ id }) => id === report)).toBe(true);
    expect(keptTriggers(Object.fromEntries(one.properties)).installed).toMatchObject({
      hourlyPing: { schedule: { everyMinutes: 15 } },
      dailyReport: { schedule: { at: '03:00', timeZone: 'Europe/Moscow' } },
    });
  });

  it('T12 · schedules the report in the account’s zone, learned just now', () => {
    const one = world([false], { ...READY, timeZone: 'UTC' }, { timeZone: 'Asia/Omsk' });
    expect(keptTriggers(Object.fromEntries(one.properties)).installed).toMatchObject({
      dailyReport: { schedule: { timeZone: 'Asia/Omsk' } },
    });
  });

  it.each<[string, (string | undefined)[], ('baseUrl' | 'token')[]]>([
    ['the address is not told', [undefined], ['baseUrl', 'token']],
    ['the address is empty', ['  '], ['baseUrl', 'token']],
    ['the token is not told', ['mycompany', undefined], ['token']],
  ])('M15 · when %s it says what is missing, and asks amoCRM nothing', (_, answers, missing) => {
    const one = world(answers);
    const sentences = missing.map(key =>
      ru.settings.named(key, ru.settings.problem({ key, kind: 'required' })),
    );
    expect(one.shown.slice(-2)).toEqual([ru.setUp.cancelled(sentences.join(' ')), SIDEBAR]);
    expect(one.contents.tables.log).toMatchObject([{ level: 'WARN' }]);
    expect(one.requests).toEqual([]);
    expect(one.triggers).toEqual([]);
    expect(one.contents.made).toBe(true);
  });

  it('M15 · a wrong address or token is refused in plain words', () => {
    const address = world(['evil.com', SMALL_TOKEN]);
    expect(address.shown.at(-2)).toContain('строка «Адрес amoCRM»: «evil.com» не подходит');
    expect(address.shown.at(-1)).toBe(SIDEBAR);
    expect(cell(address, 'baseUrl')).toBe('evil.com');
    expect(address.requests).toEqual([]);
    const token = world(['mycompany', 'токен']);
    expect(token.shown[2]).toBe(ru.setUp.badToken);
    expect(token.shown.at(-1)).toBe(SIDEBAR);
    expect(keptToken(token.properties)).toBeUndefined();
    expect(token.properties.has('token')).toBe(false);
    expect(token.requests).toEqual([]);
  });

  it.each([
    ['=1+1', '1+1'],
    ['==1+1', '1+1'],
    ['a=b', 'a=b'],
    [' my company ', 'my company'],
  ])('M15 · typed as address, %j goes into the cell as %j: never as a formula', (typed, shown) => {
    expect(cell(world([typed, SMALL_TOKEN]), 'baseUrl')).toBe(shown);
  });

  it('M15 · the address goes into its own row, wherever a person has moved it', () => {
    const one = inMemoryOutside({
      ...{ settings: {}, properties: { token: SMALL_TOKEN } },
      ...{ server: smallAccount().server, person: ['mycompany', false] },
    });
    one.contents.settings.reverse();
    const others = one.contents.settings.filter(({ key }) => key !== 'baseUrl' && key !== 'token');
    const before = structuredClone(others);
    setUp(one.outside);
    expect(cell(one, 'baseUrl')).toBe('mycompany.amocrm.ru');
    expect(others).toEqual(before);
  });

  it('M10 · T14 · an account that cannot be remembered is no fault of amoCRM, and is told', () => {
    const one = inMemoryOutside({ ...READY, server: smallAccount().server, person: [] });
    one.steps.interfere = (port, detail) => {
      if (port === 'properties.change' && detail === 'account') throw new Error('Service error');
    };
    setUp(one.outside);
    expect(one.shown).toEqual([expect.stringContaining(ru.unexpected('Service error'))]);
    expect(one.contents.tables.log).toMatchObject([{ level: 'ERROR', what: ru.unexpected('Service error') }]);
  });

  it('M15 · an address in the sheet that does not fit is asked for again', () => {
    const one = world(['mycompany', false], {
      settings: { baseUrl: 'evil.com' },
      properties: { token: SMALL_TOKEN },
    });
    expect(one.shown[0]).toBe(ru.setUp.askAddress);
    expect(cell(one, 'baseUrl')).toBe('mycompany.amocrm.ru');
  });

  it('M10 · a stored token that is refused is asked for once again', () => {
    const one = world([SMALL_TOKEN, false], { ...READY, properties: { token: 'old' } });
    expect(one.shown).toEqual([
      expect.stringContaining('(401)'),
      ru.setUp.askTokenAgain,
      expect.stringContaining('Связь с amoCRM есть'),
      ru.setUp.offerReport,
    ]);
    expect(keptToken(one.properties)).toBe(SMALL_TOKEN);
    expect(one.requests).toHaveLength(2);
  });

  it.each<[string, WorldParts['person'], WorldParts, number]>([
    ['the second one is wrong too', ['also-wrong'], { ...READY, properties: { token: 'old' } }, 2],
    ['no other is told', [undefined], { ...READY, properties: { token: 'old' } }, 1],
    ['what is told is no token', ['токен'], { ...READY, properties: { token: 'old' } }, 1],
    ['it was entered just now', ['mycompany', 'wrong'], {}, 1],
  ])('M10 · a refused token is not asked for without end: %s', (_, person, parts, requests) => {
    const one = world(person, parts);
    expect(one.requests).toHaveLength(requests);
    expect(one.shown.filter(text => text.includes(ru.error.what('token-refused', 401)))).toHaveLength(
      requests,
    );
    expect(one.shown).not.toContain(ru.setUp.offerReport);
    expect(one.shown.filter(text => text === SIDEBAR)).toEqual([SIDEBAR]);
    expect(one.shown.at(-1)).toBe(SIDEBAR);
  });

  it.each<[string, SmallAccount['fault'], RegExp, string[]]>([
    // That may be a slip in the address; the others are faults that pass.
    ['no connection', () => noConnection, /нет связи/, [SIDEBAR]],
    ['no such account', () => htmlPage(404), /404.*\n.*\n.*Адрес amoCRM/, [SIDEBAR]],
    ['a broken amoCRM', () => text('', 503), /503/, []],
    ['a page', () => htmlPage(), /HTML/, []],
    ['a block', () => htmlPage(403), /страница блокировки/, []],
  ])(
    'T12 · T14 · %s: says what is wrong after one request; the triggers are there for when it passes',
    (_, fault, words, opened) => {
      const one = world([], READY, { fault });
      expect(one.shown).toEqual([expect.stringMatching(words), ...opened]);
      expect(one.requests).toHaveLength(1);
      expect(handlers(one)).toEqual(['dailyReport', 'hourlyPing']);
    },
  );

  it('M16 · offers the report for yesterday, and makes it at once', () => {
    const one = world([true], READY);
    expect(one.contents.tables.report).toMatchObject([{ event: 'Нет событий' }]);
    expect(one.shown.at(-1)).toMatch(/^Отчёт за 18\.11\.2026 готов/);
    // By the set-up, by the report, and by the report for the kinds of tasks.
    expect(
      one.requests.map(({ request }) => pathOf(request)).filter(path => path === '/api/v4/account'),
    ).toHaveLength(3);
  });

  it('M15 · tells the problems of the settings too', () => {
    const one = world([false], { ...READY, settings: { baseUrl: 'mycompany', topEvents: 'x' } });
    expect(one.shown[0]).toContain('«x» не подходит');
  });

  it('M15 · the sheets speak the spreadsheet’s language', () => {
    const one = world([false], { settings: undefined, locale: 'en_US', properties: { token: SMALL_TOKEN } });
    expect(one.shown[0]).toBe(TEXTS.en.setUp.askAddress);
    expect(one.contents.titles).toBe('en');
  });

  it('M15 · with a mask in the cell the token is not asked for', () => {
    const one = world([false], { ...READY, settings: { baseUrl: 'mycompany', token: MASK } });
    expect(asked(one)).toEqual([ru.setUp.offerReport]);
  });

  it('M10 · check and report together keep requestsPerSecond', () => {
    const events = Array.from({ length: 2_000 }, (_, index) => ({
      ...{ id: `e${index}`, type: 'a', created_by: 0 },
      created_at: Date.parse('2026-11-18T12:00:00+03:00') / 1000,
    }));
    const settings = { baseUrl: 'mycompany', requestsPerSecond: 7 };
    const one = world([true], { ...READY, settings, latency: () => 20 }, { events });
    for (const { sent } of one.requests) {
      const within = one.requests.filter(other => other.sent >= sent && other.sent < sent + 1_000);
      expect(within.length).toBeLessThanOrEqual(7);
    }
  });

  it('T5 · a second editor is told whose schedule runs, and gets the report all the same', () => {
    const one = world([false, true], READY);
    one.user = 'colleague@example.com';
    one.clock.pass(3_600_000);
    one.shown.length = 0;
    setUp(one.outside);
    expect(one.contents.tables.log).toContainEqual(
      expect.objectContaining({ level: 'WARN', what: ru.setUp.ownedBy(USER) }),
    );
    expect(handlers(one)).toEqual(['dailyReport', 'hourlyPing']);
    expect(one.shown[0]).toContain(ru.setUp.connected('Пример', 'Europe/Moscow'));
    expect(one.shown[0]).toContain(`${ru.setUp.ownedBy(USER)}\n${ru.setUp.ownedByTodo}`);
    expect(one.shown[0]).not.toContain(ru.setUp.scheduled('03:00', 60));
    expect(one.shown.at(-1)).toMatch(/^Отчёт за 18\.11\.2026 готов/);
  });

  it('M13 · from the day of the set-up on no day is left out, and repeating it changes nothing of that', () => {
    const one = world([false, false, false], READY);
    expect(keptPlan(one.outside)).toMatchObject({
      ...{ since: '2026-11-19', open: false },
      dueAt: Date.parse('2026-11-20T03:30:00+03:00'),
    });
    one.clock.set('2026-11-25T12:00:00+03:00');
    setUp(one.outside);
    expect(keptPlan(one.outside).since).toBe('2026-11-19');
    const open = { ...keptPlan(one.outside), open: true, dueAt: 5 };
    keepPlan(one.outside, open);
    setUp(one.outside);
    expect(keptPlan(one.outside)).toEqual(open);
  });

  it('T13 · while another run holds the line it says so, asks amoCRM nothing, and installs the triggers', () => {
    const one = inMemoryOutside({ ...READY, server: smallAccount().server, person: [] });
    takeLease(one.outside, 'dailyReport');
    setUp(one.outside);
    expect(one.requests).toEqual([]);
    expect(one.shown).toEqual([
      expect.stringContaining(ru.alreadyRunning('Отчёт', '03:05')),
      ru.setUp.scheduled('03:00', 60),
    ]);
    expect(one.contents.tables.log).toMatchObject([
      { level: 'WARN' },
      { level: 'INFO', what: ru.setUp.scheduled('03:00', 60) },
    ]);
    expect(handlers(one)).toEqual(['dailyReport', 'hourlyPing']);
  });

  it.each([
    [4 * 60_000, ru.setUp.reportLater],
    [60_000, ru.setUp.offerReport],
  ])('T2 · after %d ms of questions it says: %s', (ms, said) => {
    const amo = smallAccount();
    const one: InMemory = inMemoryOutside({
      ...{ ...READY, person: [false] },
      server: (request, nth, at) => {
        one.clock.pass(ms);
        return amo.server(request, nth, at);
      },
    });
    setUp(one.outside);
    expect(one.shown.at(-1)).toBe(said);
  });

  it('S5 · a protected sheet ends it with the sheet’s name', () => {
    const one = inMemoryOutside({ ...READY, server: smallAccount().server, person: [] });
    one.steps.interfere = port => {
      if (port === 'workbook.ensure') throw new SheetProtected('Отчёт', ['boss@example.com']);
    };
    setUp(one.outside);
    expect(one.shown).toEqual([expect.stringContaining(ru.sheetProtected('Отчёт', 'boss@example.com'))]);
    expect(one.requests).toEqual([]);
    expect(one.triggers).toEqual([]);
  });
});
