import { TEXTS } from '../../src/core/texts';
import type { World } from '../emulator/world';
import type { FaultName } from '../simulator/faults';
import type { Simulator } from '../simulator/simulator';
import { ask, asked, chosen, connected, freshWorld, quietCompany, tokenFor } from './connection';
import { column, shown } from './product';

const { ru } = TEXTS;
const FOREVER = { times: 100 };
const LINES = 8;

/** The first line that is not well, and what stands below it. */
function complaint(text: string): string {
  const lines = text.split('\n');
  const first = lines.findIndex(line => line.startsWith('✗') || line.startsWith('!'));
  return first < 0
    ? ''
    : lines
        .slice(first, first + 2)
        .join('\n')
        .replace(/\s+/g, ' ');
}

const marksIn = (text: string) => text.match(/^[✓✗!–]/gm)?.join('') ?? '';

/** Checks, and heals everything for the next one. */
function check(world: World, simulator: Simulator): { text: string; requests: number } {
  const before = world.requests;
  const text = chosen(world, 'checkConnection');
  simulator.heal();
  world.properties().delete('line');
  return { text, requests: world.requests - before };
}

const clear = (world: World) => world.properties().delete('line');

describe('M15 · Check connection, by the menu', () => {
  const simulator = quietCompany();
  let world: World;
  beforeAll(() => {
    world = connected(simulator);
  });

  it('all is well: a line for each thing, one request each, one row in the log, no ping stored', () => {
    const rows = shown(world, 'log').length;
    const pings = world.properties().get('pings');
    const { text, requests } = check(world, simulator);
    expect(marksIn(text)).toBe('✓'.repeat(LINES));
    expect(text).toContain(
      '✓ Адрес: demo.amocrm.ru\n✓ Токен: принят, действует до 11.01.2031\n✓ Аккаунт: ООО «Пример»',
    );
    expect(text).toContain(
      '✓ Кто подключил: Анна Администратова, администратор\n✓ Пользователи: читаются: 3',
    );
    expect(requests).toBe(5);
    expect(shown(world, 'log').slice(rows)).toMatchObject([
      [expect.anything(), 'Подключение', 'INFO', ru.check.allWell, '', '', expect.anything(), '5'],
    ]);
    expect(shown(world, 'pings')).toEqual([]);
    expect(world.properties().get('pings')).toBe(pings);
  });

  it.each<[FaultName, string, string, string]>([
    [
      'dns',
      '✗',
      'demo.amocrm.ru: нет связи с этим адресом',
      'Если страница не открывается, в адресе опечатка',
    ],
    ['reset', '✗', 'нет связи с этим адресом', 'Если открывается, связь прервалась ненадолго'],
    [
      '404',
      '✗',
      'demo.amocrm.ru: аккаунта amoCRM с таким адресом нет (404)',
      'скопируйте адрес из строки браузера',
    ],
    [
      'redirect-302',
      '✗',
      'адрес перенаправляет на другую страницу (302)',
      'аккаунт переименован или такого адреса нет',
    ],
    [
      'html-200',
      '✗',
      'вместо данных приходит страница сайта',
      'Если просят войти или это чужой сайт, проверьте адрес',
    ],
    ['empty-200', '✗', 'вместо данных приходит страница сайта', 'технические работы'],
    ['json-500', '✗', 'Сбой на стороне amoCRM (500)', 'Обычно проходит само'],
    ['html-502', '✗', 'Сбой на стороне amoCRM (502)', 'Обычно проходит само'],
    ['json-garbage', '✗', 'Ответ amoCRM не удалось разобрать', 'Обычно проходит само'],
    [
      '429-json-seconds',
      '✗',
      'слишком много запросов (429). Запросов не будет до ',
      'не нагружают ли аккаунт другие',
    ],
    ['429-html', '✗', 'слишком много запросов (429)', 'не нагружают ли аккаунт другие'],
    ['403-html', '✗', '(403, страница блокировки). Запросов не будет до ', 'напишите в поддержку amoCRM'],
    ['401', '✓✗', 'Токен: amoCRM не принимает токен (401)', 'Раньше он работал: значит, его отозвали'],
    ['402', '✓✓✗', 'Аккаунт: amoCRM отказал: подписка аккаунта не оплачена (402)', 'Продлите подписку'],
    ['403-json', '✓✓✗', 'Аккаунт: amoCRM отказал в доступе', 'только с определённых IP-адресов'],
  ])(
    '%s: the first line that fails says what and what to do, the others are not tried',
    (fault, marks, what, todo) => {
      simulator.plan('*', fault, FOREVER);
      const rows = shown(world, 'log').length;
      const { text, requests } = check(world, simulator);
      expect(marksIn(text)).toBe(marks.padEnd(LINES, '–'));
      expect(complaint(text)).toContain(what);
      expect(complaint(text)).toContain(todo);
      expect(requests).toBe(1);
      expect(shown(world, 'log').slice(rows)).toHaveLength(1);
      // What was wrong for a moment does not stay.
      expect(marksIn(check(world, simulator).text)).toBe('✓'.repeat(LINES));
    },
  );

  it('an unknown subdomain that is answered by 401 with code 101', () => {
    const unknown = { title: 'Unauthorized', status: 401, code: 101, detail: 'Аккаунт не найден' };
    simulator.plan('*', () => ({ status: 401, headers: {}, body: JSON.stringify(unknown) }), 1);
    const { text } = check(world, simulator);
    expect(complaint(text)).toContain('Адрес: demo.amocrm.ru: аккаунта amoCRM с таким адресом нет (401)');
  });

  it('no answer for half a minute', () => {
    simulator.slow('*', world.now(), world.now() + 3_600_000, 60_000);
    const { text, requests } = check(world, simulator);
    expect(complaint(text)).toContain('Адрес: demo.amocrm.ru: amoCRM не ответил за 30 секунд');
    expect(requests).toBe(1);
  });

  it.each<[string, FaultName, string, string]>([
    ['GET /api/v4/users/9000001', '403-json', '✓✓✓✗–✓✓✓', 'Кто подключил: не администратор'],
    ['GET /api/v4/users', '403-json', '✓✓✓✓✗✓✓✓', 'Пользователи: нет права читать пользователей'],
    ['GET /api/v4/users', 'json-503', '✓✓✓✓✗✓✓✓', 'Пользователи: Сбой на стороне amoCRM (503)'],
    ['GET /api/v4/events', '403-json', '✓✓✓✓✓✗✓✓', 'События: нет права читать события'],
    ['GET /api/v4/users', '403-html', '✓✓✓✓✗–––', '(403, страница блокировки). Запросов не будет до'],
    ['GET /api/v4/events', '429-html', '✓✓✓✓✓✗––', 'слишком много запросов (429)'],
  ])('%s meets %s: what does not depend on it is tried all the same', (matcher, fault, marks, what) => {
    simulator.plan(matcher, fault, FOREVER);
    const { text } = check(world, simulator);
    expect(marksIn(text)).toBe(marks);
    expect(complaint(text)).toContain(what);
  });

  it('during a pause nothing is asked, and its end is told', () => {
    simulator.plan('*', '403-html', 1);
    chosen(world, 'checkConnection');
    const before = world.requests;
    const text = chosen(world, 'checkConnection');
    clear(world);
    expect(world.requests).toBe(before);
    expect(marksIn(text)).toBe('✗'.padEnd(LINES, '–'));
    expect(complaint(text)).toMatch(
      /Адрес: amoCRM нас заблокировал: запросов не будет до \d\d:\d\d Ничего: .* Проверьте ещё раз после/,
    );
  });

  it.each([
    [10, 'часы amoCRM спешат относительно часов Google на 10 мин'],
    [-10, 'часы amoCRM отстают относительно часов Google на 10 мин'],
  ])('a clock that is off by %d minutes is a warning', (minutes, what) => {
    simulator.clockOffsetMs = minutes * 60_000;
    const { text } = check(world, simulator);
    simulator.clockOffsetMs = 0;
    expect(marksIn(text)).toBe('✓✓✓✓✓✓✓!');
    expect(complaint(text)).toContain(what);
    expect(complaint(text)).toContain('данные целы');
  });

  it('another run under way: says which and since when, and asks nothing', () => {
    const since = world.now();
    world
      .properties()
      .set('lease', JSON.stringify({ id: 'x', holder: 'dailyReport', since, until: since + 400_000 }));
    const { text, requests } = check(world, simulator);
    expect(requests).toBe(0);
    expect(text).toContain('Отчёт: уже выполняется с 08:');
    const { answer } = asked(world, { ask: 'check' });
    expect(answer.checks).toBeUndefined();
    expect(answer.said).toMatchObject({
      ok: false,
      what: expect.stringContaining('Отчёт: уже выполняется с 08:'),
    });
    world.properties().delete('lease');
  });

  it('the sidebar is told the same, line by line', () => {
    const { answer, outcome } = asked(world, { ask: 'check' });
    expect(outcome.requests).toBe(5);
    expect(answer.said).toBeUndefined();
    expect(answer.checks!.map(({ label, state }) => `${label} ${state}`)).toEqual(
      Object.values(ru.check.labels).map(label => `${label} ok`),
    );
    simulator.plan('*', '402', 1);
    const { checks } = ask(world, { ask: 'check' });
    expect(checks![2]).toEqual({
      ...{ label: 'Аккаунт', state: 'failed', todo: 'Продлите подписку amoCRM.' },
      what: ru.error.what('payment-required', 402),
    });
    clear(world);
  });

  it('every answer keeps to the rules of a polite client', () => {
    expect(simulator.ledger.violations).toEqual([]);
  });
});

describe('tokens of every kind', () => {
  const simulator = quietCompany();
  let world: World;
  beforeAll(() => {
    world = connected(simulator);
  });
  beforeEach(() => clear(world));

  it.each<[string, number, string, string]>([
    ['ends in 40 days', 40, '✓', 'Токен: принят, действует до 28.12.2026'],
    [
      'ends in 20 days',
      20.5,
      '!',
      'Токен: принят, но скоро перестанет действовать: 08.12.2026 (дней осталось: 20)',
    ],
    ['ends today', 0.2, '!', 'принят, но скоро перестанет действовать: 18.11.2026 (осталось меньше дня)'],
    ['has ended, and still works', -3, '!', 'Токен: срок токена вышел 15.11.2026'],
  ])('%s', (_, days, mark, what) => {
    const now = Date.parse('2026-11-18T05:00:00Z');
    ask(world, { ask: 'token', token: tokenFor(simulator, { days, now, dies: false }) });
    const text = chosen(world, 'checkConnection');
    expect(marksIn(text)[1]).toBe(mark);
    expect(text).toContain(what);
    if (mark === '!') expect(complaint(text)).toContain('Выпустите новый долгосрочный токен');
  });

  it('has ended, and amoCRM says so: no riddle', () => {
    ask(world, { ask: 'token', token: tokenFor(simulator, { days: 1, now: world.now() }) });
    world.jumpTo(world.now() + 2 * 86_400_000);
    const text = chosen(world, 'checkConnection');
    expect(complaint(text)).toBe(
      `✗ Токен: amoCRM не принимает токен (401): срок токена вышел 19.11.2026 ${ru.connection.endsTodo}`,
    );
  });

  it('does not tell when it ends', () => {
    const admin = simulator.users.find(user => user.isAdmin)!;
    const opaque = simulator.issueToken('PLANTED5ECRET-opaque-PLANTED5ECRET', admin.id);
    ask(world, { ask: 'token', token: opaque });
    expect(chosen(world, 'checkConnection')).toContain('✓ Токен: принят, срок в нём не указан');
  });

  it('is no administrator’s: says what that means and does not ask what is forbidden', () => {
    const userId = simulator.users.find(user => !user.isAdmin)!.id;
    ask(world, { ask: 'token', token: tokenFor(simulator, { days: 400, now: world.now(), userId }) });
    const before = world.requests;
    const text = chosen(world, 'checkConnection');
    expect(marksIn(text)).toBe('✓✓✓✗–✓✓✓');
    expect(complaint(text)).toContain('поэтому отчёт отключён. Замеры работают');
    expect(complaint(text)).toContain('Войдите в amoCRM как администратор');
    expect(world.requests - before).toBe(4);
  });

  it('belongs to somebody who has left', () => {
    const userId = 9_000_777;
    simulator.putUsers([{ id: userId, name: 'Ушедшая', isAdmin: true }]);
    ask(world, { ask: 'token', token: tokenFor(simulator, { days: 401, now: world.now(), userId }) });
    simulator.plan(`GET /api/v4/users/${userId}`, '404', 1);
    expect(chosen(world, 'checkConnection')).toContain(
      '✓ Кто подключил: этого пользователя в аккаунте уже нет',
    );
  });
});

describe('what was typed', () => {
  it('nothing at all: no sheet, no address, no token', () => {
    const world = freshWorld(quietCompany());
    const text = chosen(world, 'checkConnection');
    expect(marksIn(text)).toBe('✗'.padEnd(LINES, '–'));
    expect(complaint(text)).toContain('Адрес: не указан Нажмите в меню «Подключить amoCRM…»');
    expect(world.requests).toBe(0);
  });

  it('an address and no token', () => {
    const world = freshWorld(quietCompany());
    ask(world, { ask: 'address', address: 'demo' });
    const text = chosen(world, 'checkConnection');
    expect(marksIn(text)).toBe('✓✗'.padEnd(LINES, '–'));
    expect(complaint(text)).toContain('Токен: amoCRM ещё не подключён Нажмите в меню «Подключить amoCRM…»');
    expect(world.requests).toBe(0);
  });

  it('another account’s address: the token may be right', () => {
    const simulator = quietCompany();
    const world = connected(simulator);
    ask(world, { ask: 'address', address: 'another' });
    const text = chosen(world, 'checkConnection');
    expect(marksIn(text)).toBe('✓✗'.padEnd(LINES, '–'));
    expect(complaint(text)).toContain('если another.amocrm.ru – адрес другого аккаунта. Проверьте адрес.');
    ask(world, { ask: 'address', address: simulator.host });
    expect(marksIn(chosen(world, 'checkConnection'))).toBe('✓'.repeat(LINES));
  });

  it('another account behind the address: both are named, and nothing is mixed', () => {
    const simulator = quietCompany();
    const world = connected(simulator);
    const before = world.properties().get('account');
    Object.assign(simulator.account, { id: 27_182_818, name: 'Чужие' });
    const text = chosen(world, 'checkConnection');
    expect(marksIn(text)).toBe('✓✓✗'.padEnd(LINES, '–'));
    expect(complaint(text)).toContain(
      'Аккаунт: Это аккаунт «Чужие», а в таблицах данные аккаунта «ООО «Пример»»',
    );
    expect(world.properties().get('account')).toBe(before);
  });

  it('in English', () => {
    const simulator = quietCompany();
    const world = connected(simulator, { language: 'en' });
    const well = chosen(world, 'checkConnection');
    expect(well).toContain('✓ Connected by: Анна Администратова, an administrator\n✓ Users: can be read: 3');
    expect(well.replace(/Анна Администратова|ООО «Пример»/g, '')).not.toMatch(/[а-яё]/i);
    for (const fault of ['dns', '401', '403-html'] as const) {
      simulator.plan('*', fault, FOREVER);
      const { text } = check(world, simulator);
      expect(complaint(text)).not.toMatch(/[а-яё]/i);
      expect(complaint(text)).toMatch(/Open https|It worked before|Nothing/);
    }
  });
});

describe('by OAuth', () => {
  it('a code that waits in the settings is used; one that is refused is told', () => {
    const simulator = quietCompany();
    const { clientId, clientSecret } = simulator.integration;
    const world = freshWorld(simulator);
    ask(world, { ask: 'address', address: simulator.host });
    const old = simulator.issueCode({ at: world.now() - 3_600_000 });
    const refused = ask(world, { ask: 'code', clientId, clientSecret, code: old });
    expect(refused.said).toMatchObject({ ok: false, field: 'code' });
    const remembered = JSON.parse(world.properties().get('typed') ?? '{}') as object;
    world.properties().set('typed', JSON.stringify({ ...remembered, code: old }));
    expect(complaint(chosen(world, 'checkConnection'))).toContain(
      'Токен: Код авторизации устарел: он действует 20 минут (400) Откройте интеграцию в amoCRM',
    );
    world.properties().set('typed', JSON.stringify({ clientSecret, code: simulator.issueCode() }));
    const text = chosen(world, 'checkConnection');
    expect(marksIn(text)).toBe('✓'.repeat(LINES));
    expect(text).toContain('✓ Токен: принят, обновляется сам');
    simulator.revokeAccess();
    expect(complaint(chosen(world, 'checkConnection'))).toContain(
      'Токен: amoCRM отозвал доступ: токены больше не действуют (401) Нажмите в меню «Подключить amoCRM…»',
    );
    expect(column(world, 'log', 'what').join('\n')).toContain('Токен: amoCRM отозвал доступ');
    expect(simulator.ledger.tokens.filter(({ reused }) => reused)).toEqual([]);
  });
});
