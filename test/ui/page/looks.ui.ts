import type { Page } from 'playwright-core';
import { CONNECT_PAGE } from '../../../src/core/texts/connectPage';
import { heading, seen } from '../person';
import { agreeing, connected } from './agreeing';
import { opening } from './opening';
import { NOTHING_YET, type StubbedPage, sidebarHtml } from './stubbedPage';

const open = opening();
const HOSTILE = '<img src=x onerror=alert(1)>';

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

describe("customers' text", () => {
  it('is shown as text', async () => {
    const state = { ...connected, account: HOSTILE };
    const lines = [{ state: 'ok' as const, label: HOSTILE, what: HOSTILE, todo: HOSTILE }];
    const { frame, page } = await open(request =>
      request.ask === 'check'
        ? { state, checks: lines }
        : { state, said: { ok: true, what: HOSTILE, todo: '' } },
    );
    await seen(frame, HOSTILE);
    await page.locator('#checks li').waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.getByText(HOSTILE, { exact: true }).count()).toBe(4);
  });
});

const overflow = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

describe.each([
  ['ru', 'light'],
  ['ru', 'dark'],
  ['en', 'light'],
  ['en', 'dark'],
] as const)('in %s, %s', (language, colorScheme) => {
  const words = CONNECT_PAGE[language];

  it('is readable at 300 pixels, every field has its label', async () => {
    const long = 'МежрегиональныйЦентрПоддержкиПредпринимательства'.repeat(3);
    const sidebar = await open(agreeing({ ...NOTHING_YET, account: long }), {
      language,
      colorScheme,
      reducedMotion: 'reduce',
    });
    const { frame, page } = sidebar;
    await heading(frame, words.addressTitle);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    await inspect(sidebar, 'address');
    await page.fill('#address', 'romashka');
    await page.keyboard.press('Enter');
    await heading(frame, words.accessTitle);
    await inspect(sidebar, 'token');
    await page.getByText(words.wayOauth, { exact: true }).click();
    await inspect(sidebar, 'link');
    await page.getByText(words.byCode, { exact: true }).click();
    await inspect(sidebar, 'code');
    await page.getByText(words.byLink, { exact: true }).click();
    await page.fill('#clientId', 'abc');
    await page.fill('#clientSecret', 'shh');
    await page.keyboard.press('Enter');
    await heading(frame, words.consentTitle);
    await inspect(sidebar, 'consent');
    await page.getByRole('button', { name: words.consentBack }).click();
    await page.getByRole('radio', { name: words.wayToken }).check();
    await page.fill('#token', 'abc');
    await page.keyboard.press('Enter');
    await page.locator('#checks li').first().waitFor();
    await inspect(sidebar, 'check');
  });

  async function inspect({ page, screenshot }: StubbedPage, name: string): Promise<void> {
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    const unnamed = await page.evaluate(
      `[...document.querySelectorAll('input')].filter(one => !one.labels.length || !one.labels[0].textContent.trim()).map(one => one.id)`,
    );
    expect(unnamed).toEqual([]);
    expect(await page.evaluate(CONTRAST)).toEqual([]);
    await screenshot(`page/${language}-${colorScheme}-${name}`);
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
