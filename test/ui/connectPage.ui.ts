import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { CheckLine, ConnectAnswer, ConnectField, ConnectState } from '../../src/core/connectRequest';
import { CONNECT_PAGE } from '../../src/core/texts/connectPage';
import {
  htmlOf,
  NOTHING_YET,
  openSidebar,
  type Server,
  type Sidebar,
  sidebarHtml,
  startBrowser,
} from './connectPageInBrowser';

const { ru } = CONNECT_PAGE;
const HOSTILE = '<img src=x onerror=alert(1)>';
const LINK = 'https://www.amocrm.ru/oauth?client_id=abc&state=xyz';

const withAddress: ConnectState = { ...NOTHING_YET, address: 'romashka.amocrm.ru' };
const connected: ConnectState = {
  ...withAddress,
  connection: 'works',
  way: 'token',
  account: 'ООО «Ромашка»',
};
const byOauth: ConnectState = { ...connected, way: 'oauth', clientId: 'abc', hasSecret: true };

const CHECKS: CheckLine[] = [
  {
    state: 'ok',
    label: 'Доступ к аккаунту',
    what: 'Аккаунт «Ромашка», часовой пояс Europe/Moscow.',
    todo: '',
  },
  {
    state: 'warning',
    label: 'Срок токена',
    what: 'Токен действует до 30.11.2026.',
    todo: 'Выпустите новый до этого дня.',
  },
  {
    state: 'failed',
    label: 'Пользователи',
    what: 'amoCRM отказал в доступе: у токена нет нужных прав (403).',
    todo: 'Выпустите токен под администратором.',
  },
  { state: 'skipped', label: 'События', what: 'Не проверялись: сначала нужны права.', todo: '' },
];

/** A server that agrees to everything. */
function agreeing(start: ConnectState = NOTHING_YET): Server {
  let state = start;
  const said = { ok: true, what: 'Принято.', todo: '' };
  return request => {
    switch (request.ask) {
      case 'state':
        return { state };
      case 'address':
        state = { ...state, address: 'romashka.amocrm.ru' };
        return { state, said: { ...said, what: 'Адрес сохранён.' } };
      case 'token':
        state = connected;
        return { state, said };
      case 'link':
        state = { ...state, clientId: request.clientId, hasSecret: true };
        return { state, said, link: LINK };
      case 'code':
        state = byOauth;
        return { state, said };
      case 'check':
        return { state, checks: CHECKS };
    }
  };
}

let browser: Browser;
const opened: Sidebar[] = [];

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());
afterEach(async () => {
  const done = opened.splice(0);
  for (const { page } of done) await page.context().close();
  expect(done.flatMap(({ complaints }) => complaints)).toEqual([]);
});

async function open(server: Server, options: Parameters<typeof openSidebar>[2] = {}): Promise<Sidebar> {
  const sidebar = await openSidebar(browser, server, options);
  opened.push(sidebar);
  return sidebar;
}

const seen = (page: Page, text: string) => page.getByText(text, { exact: true }).first().waitFor();
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true }).waitFor();
const focused = (page: Page) => page.evaluate('document.activeElement.id || document.activeElement.tagName');
const overflow = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** Presses Tab until the focus is there: as a person without a mouse. */
async function tabTo(page: Page, id: string, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 30; presses += 1) {
    if ((await focused(page)) === id) return;
    await page.keyboard.press(key);
  }
  throw new Error(`Tab does not come to ${id}`);
}

/** For looking at: SCREENSHOTS=folder. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (!folder) return;
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

describe('the page', () => {
  it('is one small text that needs nothing from elsewhere', () => {
    const html = sidebarHtml('ru');
    expect(Buffer.byteLength(html)).toBeLessThan(32_000);
    expect(html).not.toMatch(/\{\{|@import|url\(|\ssrc=|\son\w+="/);
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html.match(/<\/script/g)).toHaveLength(2);
    expect(html.split('<script>').slice(1).join('')).not.toMatch(/`|\/\/|\beval\(|innerHTML/);
  });
});

describe('by keyboard alone', () => {
  it('address, token, check, report, close', async () => {
    const sidebar = await open(agreeing());
    const { page } = sidebar;
    await heading(page, ru.addressTitle);
    await picture(page, '1-address');
    await tabTo(page, 'address');
    await page.keyboard.type('romashka');
    await page.keyboard.press('Enter');
    await heading(page, ru.accessTitle);
    expect(await focused(page)).toBe('H1');
    await seen(page, 'Адрес сохранён.');
    await picture(page, '2-token');
    await tabTo(page, 'token');
    await page.keyboard.type('secret-token');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.locator('#token').getAttribute('type')).toBe('text');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await heading(page, ru.checkTitle);
    await seen(page, 'Токен действует до 30.11.2026.');
    await picture(page, '3-check');
    expect(await page.locator('#token').inputValue()).toBe('');
    expect(await page.locator('#token').getAttribute('type')).toBe('password');
    expect(await page.locator('#checks .state').allTextContents()).toEqual([
      ru.ok,
      ru.warning,
      ru.failed,
      ru.skipped,
    ]);
    await tabTo(page, 'make-report');
    await page.keyboard.press('Space');
    await seen(page, ru.reportDone);
    expect(sidebar.reports).toBe(1);
    await tabTo(page, 'close');
    await page.keyboard.press('Enter');
    await page.waitForTimeout(50);
    expect(sidebar.closed).toBe(true);
    expect(sidebar.asked).toEqual([
      { ask: 'state' },
      { ask: 'address', address: 'romashka' },
      { ask: 'token', token: 'secret-token' },
      { ask: 'check' },
    ]);
  });

  it('the keys, the 20-minute code', async () => {
    const { page, asked } = await open(agreeing(withAddress));
    await heading(page, ru.accessTitle);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await picture(page, '2-oauth-link');
    await tabTo(page, 'copy-redirect');
    await page.keyboard.press('Enter');
    await seen(page, ru.copied);
    await tabTo(page, 'clientId');
    await page.keyboard.type('abc');
    await tabTo(page, 'clientSecret');
    await page.keyboard.type('shh');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await tabTo(page, 'code');
    await page.keyboard.type('def50200');
    await picture(page, '2-oauth-code');
    await page.keyboard.press('Enter');
    await heading(page, ru.checkTitle);
    expect(asked[1]).toEqual({ ask: 'code', clientId: 'abc', clientSecret: 'shh', code: 'def50200' });
    for (const secret of ['clientSecret', 'code']) {
      expect(await page.locator(`#${secret}`).inputValue()).toBe('');
    }
  });
});

describe('where it begins', () => {
  it.each([
    ['nothing is known', NOTHING_YET, ru.addressTitle],
    ['the address is known', withAddress, ru.accessTitle],
    ['it is connected', connected, ru.checkTitle],
  ] as const)('%s', async (_, state, title) => {
    const { page } = await open(agreeing(state));
    await heading(page, title);
  });

  it('amoCRM refuses: with access, and says why', async () => {
    const { page } = await open(agreeing({ ...connected, connection: 'refused' }));
    await heading(page, ru.accessTitle);
    await seen(page, ru.refused);
    await picture(page, '2-refused');
  });

  it('Google is not reached: says so, and tries again', async () => {
    let calls = 0;
    const { page } = await open(request => {
      calls += 1;
      if (calls === 1) throw new Error('offline');
      return agreeing()(request);
    });
    await seen(page, ru.unreachable);
    await picture(page, '0-unreachable');
    expect(await focused(page)).toBe('notice');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await heading(page, ru.addressTitle);
  });
});

describe('what goes wrong', () => {
  const refusing = (field: ConnectField | undefined, start = withAddress): Server => {
    return (request): ConnectAnswer => {
      if (request.ask === 'state') return { state: start };
      const said = { ok: false, what: 'Так нельзя.', todo: 'Сделайте иначе.' };
      return { state: start, said: field ? { ...said, field } : said };
    };
  };

  const fill = async (page: Page) => {
    await page.getByText(ru.wayOauth, { exact: true }).click();
    await page.fill('#clientId', 'abc');
    await page.fill('#clientSecret', 'shh');
  };

  it.each(['address', 'token', 'clientId', 'clientSecret', 'code'] as const)(
    'the field %s: is shown beside it, and gets the focus',
    async field => {
      const { page } = await open(refusing(field));
      await heading(page, ru.accessTitle);
      await fill(page);
      await page.keyboard.press('Enter');
      await seen(page, 'Так нельзя. Сделайте иначе.');
      expect(await focused(page)).toBe(field);
      expect(await page.locator(`#${field}`).getAttribute('aria-invalid')).toBe('true');
      expect(await page.locator(`#${field}`).getAttribute('aria-describedby')).toContain(`${field}-error`);
      expect(await page.locator(`#${field}-error`).isVisible()).toBe(true);
      if (field !== 'address') expect(await page.locator('#clientSecret').inputValue()).toBe('shh');
      await picture(page, `error-${field}`);
      await page.keyboard.type('x');
      expect(await page.locator(`#${field}`).getAttribute('aria-invalid')).toBeNull();
      expect(await page.locator(`#${field}-error`).isVisible()).toBe(false);
    },
  );

  it('no field: is shown above, and gets the focus', async () => {
    const { page } = await open(refusing(undefined));
    await heading(page, ru.accessTitle);
    await fill(page);
    await page.keyboard.press('Enter');
    await seen(page, 'Так нельзя.');
    expect(await focused(page)).toBe('notice');
    await picture(page, 'error-above');
  });

  it('an empty field does not trouble the server', async () => {
    const { page, asked } = await open(agreeing(withAddress));
    await heading(page, ru.accessTitle);
    await page.getByRole('button', { name: ru.tokenSubmit }).click();
    await seen(page, ru.required);
    expect(await focused(page)).toBe('token');
    expect(asked).toEqual([{ ask: 'state' }]);
  });

  it('a kept secret may be left empty', async () => {
    const { page, asked } = await open(agreeing({ ...withAddress, clientId: 'abc', hasSecret: true }));
    await heading(page, ru.accessTitle);
    await page.getByText(ru.wayOauth, { exact: true }).click();
    await seen(page, ru.secretKept);
    await page.getByRole('button', { name: ru.linkSubmit }).click();
    await heading(page, ru.consentTitle);
    expect(asked[1]).toEqual({ ask: 'link', clientId: 'abc', clientSecret: '' });
  });

  it('Google is not reached: what was typed is sent again', async () => {
    let tokens = 0;
    const { page, asked } = await open(request => {
      if (request.ask === 'token') tokens += 1;
      if (tokens === 1) throw new Error('offline');
      return agreeing(withAddress)(request);
    });
    await heading(page, ru.accessTitle);
    await page.fill('#token', 'abc');
    await page.keyboard.press('Enter');
    await seen(page, ru.unreachable);
    await page.getByRole('button', { name: ru.tryAgain }).click();
    await heading(page, ru.checkTitle);
    expect(asked.filter(({ ask }) => ask === 'token')).toHaveLength(2);
  });

  it('amoCRM is slow: says so, and nothing is begun twice', async () => {
    let answer = () => {};
    const { page, asked } = await open(async request => {
      if (request.ask === 'token') await new Promise<void>(resolve => (answer = resolve));
      return agreeing(withAddress)(request);
    });
    await heading(page, ru.accessTitle);
    await page.fill('#token', 'abc');
    await page.keyboard.press('Enter');
    await seen(page, ru.tokenBusy);
    expect(await page.locator('#access-submit').isDisabled()).toBe(true);
    await picture(page, 'busy');
    await page.keyboard.press('Enter');
    await page.clock.runFor(15_000);
    await seen(page, ru.slow);
    answer();
    await heading(page, ru.checkTitle);
    expect(asked.filter(({ ask }) => ask === 'token')).toHaveLength(1);
  });
});

describe('consent by a link', () => {
  async function toConsent(server: Server): Promise<Sidebar> {
    const sidebar = await open(server);
    const { page } = sidebar;
    await heading(page, ru.accessTitle);
    await page.getByText(ru.wayOauth, { exact: true }).click();
    await page.fill('#clientId', 'abc');
    await page.fill('#clientSecret', 'shh');
    await page.keyboard.press('Enter');
    await heading(page, ru.consentTitle);
    return sidebar;
  }

  /** A server whose person has consented when told so. */
  function consenting() {
    let consented = false;
    const rest = agreeing(withAddress);
    return {
      consent: () => {
        consented = true;
      },
      server: (async request => {
        const answer = await rest(request);
        return consented ? { ...answer, state: byOauth } : answer;
      }) as Server,
    };
  }

  const polls = ({ asked }: Sidebar) => asked.filter(({ ask }) => ask === 'state').length - 1;

  /** Time passes in the page, and answers come. */
  async function pass(page: Page, seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      await page.clock.runFor(1_000);
      await page.evaluate(
        'new Promise(resolve => { const c = new MessageChannel(); c.port1.onmessage = resolve; c.port2.postMessage(0); })',
      );
    }
  }

  const look = (page: Page, hidden: boolean) =>
    page.evaluate(`
      Object.defineProperty(document, 'hidden', { value: ${hidden}, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    `);

  it('opens amoCRM in a new tab, and goes on by itself', async () => {
    const { server, consent } = consenting();
    const sidebar = await toConsent(server);
    const { page } = sidebar;
    expect(await page.locator('#clientSecret').inputValue()).toBe('');
    const link = page.getByRole('link', { name: ru.consentOpen });
    expect(await link.getAttribute('href')).toBe(LINK);
    expect(await link.getAttribute('rel')).toBe('noopener');
    await picture(page, '2-consent');
    const [tab] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
    await tab.waitForURL(LINK);
    await tab.close();
    await pass(page, 10);
    expect(polls(sidebar)).toBeGreaterThanOrEqual(2);
    consent();
    await pass(page, 4);
    await heading(page, ru.checkTitle);
    await seen(page, 'ООО «Ромашка»');
    const before = polls(sidebar);
    await pass(page, 20);
    expect(polls(sidebar)).toBe(before);
  });

  it('asks nothing while it is out of sight', async () => {
    const sidebar = await toConsent(consenting().server);
    await look(sidebar.page, true);
    await pass(sidebar.page, 30);
    expect(polls(sidebar)).toBe(0);
    await look(sidebar.page, false);
    await pass(sidebar.page, 5);
    expect(polls(sidebar)).toBeGreaterThanOrEqual(1);
  });

  it('gives up after 20 minutes', async () => {
    const sidebar = await toConsent(consenting().server);
    const { page } = sidebar;
    await look(page, true);
    await page.clock.fastForward(20 * 60_000);
    await look(page, false);
    await seen(page, ru.consentOver);
    await heading(page, ru.accessTitle);
  });

  it('has a way back for who refused', async () => {
    const sidebar = await toConsent(consenting().server);
    await sidebar.page.getByRole('button', { name: ru.consentBack }).click();
    await heading(sidebar.page, ru.accessTitle);
    const before = polls(sidebar);
    await pass(sidebar.page, 10);
    expect(polls(sidebar)).toBe(before);
  });
});

describe("customers' text", () => {
  it('is shown as text', async () => {
    const state = { ...connected, account: HOSTILE };
    const lines = [{ state: 'ok' as const, label: HOSTILE, what: HOSTILE, todo: HOSTILE }];
    const { page } = await open(request =>
      request.ask === 'check'
        ? { state, checks: lines }
        : { state, said: { ok: true, what: HOSTILE, todo: '' } },
    );
    await seen(page, HOSTILE);
    await page.locator('#checks li').waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.getByText(HOSTILE, { exact: true }).count()).toBe(4);
  });

  it('is shown as text after the consent', async () => {
    const { html, title } = htmlOf(
      `connectReturnPage(words.ru, ${JSON.stringify({ ok: true, title: 'Доступ есть', sentence: HOSTILE })})`,
    );
    expect(title).toBe('Доступ есть');
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({ viewport: { width: 600, height: 420 }, colorScheme });
      await page.setContent(html);
      await seen(page, HOSTILE);
      await seen(page, ru.closeTab);
      expect(await page.locator('img').count()).toBe(0);
      await picture(page, `return-${colorScheme}`);
      await page.close();
    }
  });
});

describe.each([
  ['ru', 'light'],
  ['ru', 'dark'],
  ['en', 'light'],
  ['en', 'dark'],
] as const)('in %s, %s', (language, colorScheme) => {
  const words = CONNECT_PAGE[language];

  it('is readable at 300 pixels, every field has its label', async () => {
    const long = 'МежрегиональныйЦентрПоддержкиПредпринимательства'.repeat(3);
    const { page } = await open(agreeing({ ...NOTHING_YET, account: long }), {
      language,
      colorScheme,
      reducedMotion: 'reduce',
    });
    await heading(page, words.addressTitle);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    await inspect(page, 'address');
    await page.fill('#address', 'romashka');
    await page.keyboard.press('Enter');
    await heading(page, words.accessTitle);
    await inspect(page, 'token');
    await page.getByText(words.wayOauth, { exact: true }).click();
    await inspect(page, 'link');
    await page.getByText(words.byCode, { exact: true }).click();
    await inspect(page, 'code');
    await page.getByText(words.byLink, { exact: true }).click();
    await page.fill('#clientId', 'abc');
    await page.fill('#clientSecret', 'shh');
    await page.keyboard.press('Enter');
    await heading(page, words.consentTitle);
    await inspect(page, 'consent');
    await page.getByRole('button', { name: words.consentBack }).click();
    await page.getByRole('radio', { name: words.wayToken }).check();
    await page.fill('#token', 'abc');
    await page.keyboard.press('Enter');
    await page.locator('#checks li').first().waitFor();
    await inspect(page, 'check');
  });

  async function inspect(page: Page, name: string): Promise<void> {
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    const unnamed = await page.evaluate(
      `[...document.querySelectorAll('input')].filter(one => !one.labels.length || !one.labels[0].textContent.trim()).map(one => one.id)`,
    );
    expect(unnamed).toEqual([]);
    expect(await page.evaluate(CONTRAST)).toEqual([]);
    await picture(page, `${language}-${colorScheme}-${name}`);
  }
});

/** Texts in sight whose contrast is below 4.5, in the page's own words: WCAG AA. */
const CONTRAST = `(() => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = colour => parts(colour).slice(0, 3).map(part => part / 255)
    .map(part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const back = one => {
    for (let up = one; up; up = up.parentElement) {
      const colour = getComputedStyle(up).backgroundColor;
      if (parts(colour)[3] !== 0) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  return [...document.querySelectorAll('body *')]
    .filter(one => one.checkVisibility() && [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    .filter(one => !['SCRIPT', 'STYLE'].includes(one.tagName))
    .map(one => {
      const [low, high] = [light(getComputedStyle(one).color), light(back(one))].sort((a, b) => a - b);
      return { text: one.textContent.trim().slice(0, 40), contrast: (high + 0.05) / (low + 0.05) };
    })
    .filter(({ contrast }) => contrast < 4.5);
})()`;
