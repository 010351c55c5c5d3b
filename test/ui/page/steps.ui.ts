import { CONNECT_PAGE } from '../../../src/core/texts/connectPage';
import { focused, heading, seen, tabTo } from '../person';
import { agreeing, connected, withAddress } from './agreeing';
import { opening } from './opening';
import { NOTHING_YET } from './stubbedPage';

const { ru } = CONNECT_PAGE;
const open = opening();

describe('by keyboard alone', () => {
  it('address, token, check, report, close', async () => {
    const sidebar = await open(agreeing());
    const { frame, page } = sidebar;
    await heading(frame, ru.addressTitle);
    await tabTo(frame, 'address');
    await page.keyboard.type('romashka');
    await page.keyboard.press('Enter');
    await heading(frame, ru.accessTitle);
    expect(await focused(frame)).toBe('H1');
    await tabTo(frame, 'token');
    await page.keyboard.type('secret-token');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.locator('#token').getAttribute('type')).toBe('text');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await heading(frame, ru.checkTitle);
    await seen(frame, 'Токен действует до 30.11.2026.');
    expect(await page.locator('#token').inputValue()).toBe('');
    expect(await page.locator('#token').getAttribute('type')).toBe('password');
    expect(await page.locator('#checks .state').allTextContents()).toEqual([
      ru.ok,
      ru.warning,
      ru.failed,
      ru.skipped,
    ]);
    expect(await page.locator('#make-report').isVisible()).toBe(false);
    await tabTo(frame, 'check-again');
    await page.keyboard.press('Enter');
    await seen(frame, ru.someWarnings);
    await tabTo(frame, 'make-report');
    await page.keyboard.press('Space');
    await seen(frame, ru.reportDone);
    expect(sidebar.reports).toBe(1);
    await tabTo(frame, 'close');
    await page.keyboard.press('Enter');
    await page.waitForTimeout(50);
    expect(sidebar.closed).toBe(true);
    expect(sidebar.asked).toEqual([
      { ask: 'state' },
      { ask: 'address', address: 'romashka' },
      { ask: 'token', token: 'secret-token' },
      { ask: 'check' },
      { ask: 'check' },
    ]);
  });

  it('the keys, the 20-minute code', async () => {
    const { asked, frame, page } = await open(agreeing(withAddress));
    await heading(frame, ru.accessTitle);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await tabTo(frame, 'copy-redirect');
    await page.keyboard.press('Enter');
    await seen(frame, ru.copied);
    await tabTo(frame, 'clientId');
    await page.keyboard.type('abc');
    await tabTo(frame, 'clientSecret');
    await page.keyboard.type('shh');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await tabTo(frame, 'code');
    await page.keyboard.type('def50200');
    await page.keyboard.press('Enter');
    await heading(frame, ru.checkTitle);
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
    const { frame } = await open(agreeing(state));
    await heading(frame, title);
  });

  it('amoCRM refuses: with access, and says why', async () => {
    const { frame } = await open(agreeing({ ...connected, connection: 'refused' }));
    await heading(frame, ru.accessTitle);
    await seen(frame, ru.refused);
  });

  it('Google is not reached: says so, and tries again', async () => {
    let calls = 0;
    const { frame, page, screenshot } = await open(request => {
      calls += 1;
      if (calls === 1) throw new Error('offline');
      return agreeing()(request);
    });
    await seen(frame, ru.unreachable);
    await screenshot('page/unreachable');
    expect(await focused(frame)).toBe('notice');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await heading(frame, ru.addressTitle);
  });
});
