import type { Page } from 'playwright-core';
import type { ConnectAnswer, ConnectField } from '../../../src/core/connectRequest';
import { CONNECT_PAGE } from '../../../src/core/texts/connectPage';
import { focused, heading, seen } from '../person';
import { agreeing, connected, withAddress } from './agreeing';
import { opening } from './opening';
import type { Server } from './stubbedPage';

const { ru } = CONNECT_PAGE;
const open = opening();

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
      const { frame, page } = await open(refusing(field));
      await heading(frame, ru.accessTitle);
      await fill(page);
      await page.keyboard.press('Enter');
      await seen(frame, 'Так нельзя. Сделайте иначе.');
      expect(await focused(frame)).toBe(field);
      expect(await page.locator(`#${field}`).getAttribute('aria-invalid')).toBe('true');
      expect(await page.locator(`#${field}`).getAttribute('aria-describedby')).toContain(`${field}-error`);
      expect(await page.locator(`#${field}-error`).isVisible()).toBe(true);
      if (field !== 'address') expect(await page.locator('#clientSecret').inputValue()).toBe('shh');
      await page.keyboard.type('x');
      expect(await page.locator(`#${field}`).getAttribute('aria-invalid')).toBeNull();
      expect(await page.locator(`#${field}-error`).isVisible()).toBe(false);
    },
  );

  it('no field: is shown above, and gets the focus', async () => {
    const { frame, page, screenshot } = await open(refusing(undefined));
    await heading(frame, ru.accessTitle);
    await fill(page);
    await page.keyboard.press('Enter');
    await seen(frame, 'Так нельзя.');
    expect(await focused(frame)).toBe('notice');
    await screenshot('page/error-above');
  });

  it('an empty field does not trouble the server', async () => {
    const { asked, frame, page } = await open(agreeing(withAddress));
    await heading(frame, ru.accessTitle);
    await page.getByRole('button', { name: ru.tokenSubmit }).click();
    await seen(frame, ru.required);
    expect(await focused(frame)).toBe('token');
    expect(asked).toEqual([{ ask: 'state' }]);
  });

  it('a kept secret may be left empty', async () => {
    const { asked, frame, page } = await open(agreeing({ ...withAddress, clientId: 'abc', hasSecret: true }));
    await heading(frame, ru.accessTitle);
    await page.getByText(ru.wayOauth, { exact: true }).click();
    await seen(frame, ru.secretKept);
    await page.getByRole('button', { name: ru.linkSubmit }).click();
    await heading(frame, ru.consentTitle);
    expect(asked[1]).toEqual({ ask: 'link', clientId: 'abc', clientSecret: '' });
  });

  it('Google is not reached: what was typed is sent again', async () => {
    let tokens = 0;
    const { asked, frame, page } = await open(request => {
      if (request.ask === 'token') tokens += 1;
      if (tokens === 1) throw new Error('offline');
      return agreeing(withAddress)(request);
    });
    await heading(frame, ru.accessTitle);
    await page.fill('#token', 'abc');
    await page.keyboard.press('Enter');
    await seen(frame, ru.unreachable);
    await page.getByRole('button', { name: ru.tryAgain }).click();
    await heading(frame, ru.checkTitle);
    expect(asked.filter(({ ask }) => ask === 'token')).toHaveLength(2);
  });

  it('nothing could be checked: says why', async () => {
    const said = { ok: false, what: 'Другой запуск.', todo: 'Подождите.' };
    const { frame, page } = await open(request =>
      request.ask === 'check' ? { state: connected, said, checks: [] } : { state: connected },
    );
    await seen(frame, 'Другой запуск.');
    expect(await focused(frame)).toBe('notice');
    expect(await page.locator('#verdict').isVisible()).toBe(false);
  });

  it('the end of the report is not heard: says where to look', async () => {
    const { frame, page } = await open(agreeing(connected), { brokenReport: true });
    await heading(frame, ru.checkTitle);
    await page.locator('#check-again').click();
    await page.locator('#make-report').click();
    await seen(frame, ru.reportUnheard);
  });

  it('amoCRM is slow: says so, and nothing is begun twice', async () => {
    let answer = () => {};
    const { asked, frame, page, screenshot } = await open(async request => {
      if (request.ask === 'token') await new Promise<void>(resolve => (answer = resolve));
      return agreeing(withAddress)(request);
    });
    await heading(frame, ru.accessTitle);
    await page.fill('#token', 'abc');
    await page.keyboard.press('Enter');
    await seen(frame, ru.tokenBusy);
    expect(await page.locator('#access-submit').isDisabled()).toBe(true);
    await screenshot('page/busy');
    await page.keyboard.press('Enter');
    await page.clock.runFor(15_000);
    await seen(frame, ru.slow);
    answer();
    await heading(frame, ru.checkTitle);
    expect(asked.filter(({ ask }) => ask === 'token')).toHaveLength(1);
  });
});
