import type { Frame } from 'playwright-core';
import { column, shown } from '../../bundle/product';
import { PLANTED } from '../../emulator/plantedSecrets';
import { focused, heading, seen, tabTo } from '../person';
import { everythingIn, LANGUAGES, MENU, stages } from './stage';

const fieldError = (frame: Frame, field: string) => frame.locator(`#${field}-error`).textContent();

describe.each(LANGUAGES)('by a long-lived token, the keyboard alone, in %s', (language, locale) => {
  const open = stages(language, locale);

  it('address, token, check, report, and every slip on the way', async () => {
    const stage = await open();
    const { page, picture, server, simulator, texts, words, world } = stage;
    const { keyboard } = page;
    world.click(MENU, texts.menu.openConnect);
    const frame = await stage.look();
    await heading(frame, words.addressTitle);
    await picture('1-address');

    await tabTo(frame, 'address');
    await keyboard.type('romashka.bitrix24.ru');
    await keyboard.press('Enter');
    await seen(frame, texts.connection.badAddress);
    expect(await focused(frame)).toBe('address');
    await picture('1-address-wrong');

    await keyboard.press('Control+A');
    await keyboard.type('nobody.amocrm.ru');
    await keyboard.press('Enter');
    await heading(frame, words.accessTitle);
    await picture('2-token');
    await tabTo(frame, 'token');
    await keyboard.insertText('eyJ0eXAiOiJKV1QifQ.e30.wrong');
    await keyboard.press('Enter');
    await heading(frame, words.addressTitle);
    await frame.locator('#address-error:visible').waitFor();
    expect(await fieldError(frame, 'address')).toContain('nobody.amocrm.ru');
    expect(await focused(frame)).toBe('address');
    await picture('1-address-of-nobody');

    await keyboard.press('Control+A');
    await keyboard.insertText(`https://${simulator.host}/leads/pipeline/`);
    await keyboard.press('Enter');
    await heading(frame, words.accessTitle);
    await seen(frame, simulator.host);
    await tabTo(frame, 'token');
    expect(await frame.locator('#token').inputValue()).toBe('eyJ0eXAiOiJKV1QifQ.e30.wrong');
    await keyboard.press('Control+A');
    await keyboard.insertText('мой токен');
    await keyboard.press('Enter');
    await seen(frame, texts.setUp.badToken);
    await keyboard.press('Control+A');
    await keyboard.insertText('eyJ0eXAiOiJKV1QifQ.e30.wrong');
    await keyboard.press('Enter');
    await frame.locator('#token-error:visible').waitFor();
    expect(await fieldError(frame, 'token')).toContain(texts.error.what('token-refused', 401));
    expect(await focused(frame)).toBe('token');
    await picture('2-token-wrong');

    await keyboard.press('Control+A');
    await keyboard.insertText(simulator.token);
    await keyboard.press('Enter');
    await heading(frame, words.checkTitle);
    await frame.locator('#checks li').nth(7).waitFor();
    expect(await frame.locator('#checks li.ok').count()).toBe(8);
    await picture('3-check');
    expect(world.triggers.map(({ handler }) => handler).sort()).toEqual(['dailyReport', 'hourlyPing']);
    expect(await everythingIn(frame)).not.toContain(PLANTED);

    server.answers = ['OK'];
    server.delayMs = 400;
    await tabTo(frame, 'make-report');
    await keyboard.press('Enter');
    await seen(frame, words.reportBusy);
    await picture('3-report-busy');
    await seen(frame, words.reportDone);
    await picture('3-report-done');
    expect(shown(world, 'report').length).toBeGreaterThan(1);
    expect(new Set(column(world, 'report', 'date')).size).toBe(1);

    await tabTo(frame, 'close');
    await keyboard.press('Enter');
    await page.locator('iframe').waitFor({ state: 'detached' });
    expect(world.sidebar).toBeUndefined();
  });
});
