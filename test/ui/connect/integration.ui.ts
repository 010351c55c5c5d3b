import type { Frame, Page } from 'playwright-core';
import { PLANTED } from '../../emulator/plantedSecrets';
import { focused, heading, seen, tabTo } from '../person';
import { everythingIn, LANGUAGES, MENU, type Stage, stages } from './stage';

const ACCOUNT = 'ООО <b onclick="alert(1)">Ромашка</b> & Ко';

describe.each(LANGUAGES)('by an integration, in %s', (language, locale) => {
  const open = stages(language, locale);

  /** The address is known, and the integration's keys are asked for. */
  async function atKeys(stage: Stage): Promise<Frame> {
    const { page, simulator, texts, words, world } = stage;
    world.click(MENU, texts.menu.openConnect);
    world.callFromPage('connectRequest', { ask: 'address', address: simulator.host });
    const frame = await stage.look();
    await heading(frame, words.accessTitle);
    await tabTo(frame, 'change-address');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await seen(frame, words.oauthGuideTitle);
    return frame;
  }

  async function paste({ page }: Stage, frame: Frame, field: string, text: string): Promise<void> {
    await tabTo(frame, field);
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(text);
  }

  const error = async (frame: Frame, field: string) => {
    await frame.locator(`#${field}-error:visible`).waitFor();
    expect(await focused(frame)).toBe(field);
    return frame.locator(`#${field}-error`).textContent();
  };

  it('by a code, the keyboard alone: an old code, a wrong key, a used code, then a good one', async () => {
    const stage = await open();
    const { page, picture, simulator, texts, words, world } = stage;
    const { keyboard } = page;
    const frame = await atKeys(stage);
    expect(await frame.locator('#redirect').inputValue()).toBe(world.callbackUrl);
    await picture('2-keys');
    const { clientId, clientSecret } = simulator.integration;

    await tabTo(frame, 'access-submit');
    await keyboard.press('Enter');
    expect(await error(frame, 'clientId')).toBe(words.required);
    await paste(stage, frame, 'clientId', clientId);
    await paste(stage, frame, 'clientSecret', clientSecret);
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await keyboard.press('ArrowDown');
    await paste(stage, frame, 'code', simulator.issueCode({ at: world.now() - 21 * 60_000 }));
    await picture('2-code');
    await keyboard.press('Enter');
    expect(await error(frame, 'code')).toContain(texts.error.what('code-expired', 400));
    await picture('2-code-expired');

    await paste(stage, frame, 'clientSecret', 'wrong');
    await paste(stage, frame, 'code', simulator.issueCode());
    await keyboard.press('Enter');
    expect(await error(frame, 'clientSecret')).toContain(texts.error.what('wrong-client-secret', 400));
    await picture('2-secret-wrong');

    await paste(stage, frame, 'clientSecret', clientSecret);
    await paste(stage, frame, 'code', simulator.issueCode());
    await keyboard.press('Enter');
    await heading(frame, words.checkTitle);
    await frame.locator('#checks li.ok').nth(7).waitFor();
    await picture('3-check-by-code');
    expect(await everythingIn(frame)).not.toContain(PLANTED);
    expect(world.triggers).toHaveLength(2);
  });

  /** The link in the sidebar, and the page that it opens. */
  async function toAmocrm(stage: Stage, frame: Frame): Promise<Page> {
    const { context, words } = stage;
    await tabTo(frame, 'access-submit');
    await stage.page.keyboard.press('Enter');
    await heading(frame, words.consentTitle);
    await tabTo(frame, 'consent-link');
    const [tab] = await Promise.all([context.waitForEvent('page'), stage.page.keyboard.press('Enter')]);
    await tab.getByRole('heading', { name: 'amoCRM' }).waitFor();
    return tab;
  }

  it('by consent: refused, then allowed, and the sidebar goes on by itself', async () => {
    const stage = await open({ simulator: { accountName: ACCOUNT } });
    const { page, picture, consent, simulator, texts, words, world } = stage;
    await page.clock.install();
    const frame = await atKeys(stage);
    await paste(stage, frame, 'clientId', simulator.integration.clientId);
    await paste(stage, frame, 'clientSecret', simulator.integration.clientSecret);
    const refused = await toAmocrm(stage, frame);
    expect(await everythingIn(frame)).not.toContain(PLANTED);
    await picture('2-consent');
    await refused.getByRole('link', { name: 'Refuse' }).click();
    await seen(refused.mainFrame(), texts.connection.consentRefused);
    await stage.screenshot(`${language}/return-refused`, refused);
    await refused.close();
    await page.clock.runFor(6_000);
    await heading(frame, words.consentTitle);

    await tabTo(frame, 'consent-back');
    await page.keyboard.press('Enter');
    await heading(frame, words.accessTitle);
    await seen(frame, words.secretKept);
    await picture('2-keys-kept');
    const allowed = await toAmocrm(stage, frame);
    await allowed.getByRole('link', { name: 'Allow' }).click();
    await allowed.getByRole('heading', { name: texts.connection.returnTitle(true) }).waitFor();
    await seen(allowed.mainFrame(), words.closeTab);
    expect(await allowed.locator('main').textContent()).toContain(ACCOUNT);
    expect(await allowed.locator('b').count()).toBe(0);
    expect(await allowed.content()).not.toContain(PLANTED);
    await stage.screenshot(`${language}/return-allowed`, allowed);
    await allowed.emulateMedia({ colorScheme: 'dark' });
    await stage.screenshot(`${language}/return-allowed-dark`, allowed);
    await allowed.close();

    await page.clock.runFor(4_000);
    await heading(frame, words.checkTitle);
    await seen(frame, ACCOUNT);
    await frame.locator('#checks li.ok').nth(7).waitFor();
    expect(await frame.locator('main b').count()).toBe(0);
    await picture('3-check-by-consent');
    expect(await everythingIn(frame)).not.toContain(PLANTED);
    expect(world.triggers).toHaveLength(2);
    expect(consent.asked.map(({ searchParams }) => searchParams.get('client_id'))).toEqual(
      Array(2).fill(simulator.integration.clientId),
    );
    expect(simulator.ledger.tokens.map(({ reused }) => reused)).toEqual([false]);
  });

  it('amoCRM has withdrawn the access: connect anew', async () => {
    const stage = await open();
    const { page, picture, simulator, texts, words, world } = stage;
    const connect = (code: string) =>
      world.callFromPage('connectRequest', {
        ...{ ask: 'code', clientId: simulator.integration.clientId, code },
        clientSecret: simulator.integration.clientSecret,
      });
    world.click(MENU, texts.menu.openConnect);
    world.callFromPage('connectRequest', { ask: 'address', address: simulator.host });
    connect(simulator.issueCode());
    simulator.revokeAccess();
    world.advanceTo(world.now() + 2 * 3_600_000);
    world.click(MENU, texts.menu.openConnect);
    const frame = await stage.look();
    await seen(frame, words.refused);
    await picture('2-refused');

    expect(await frame.getByRole('radio', { name: words.wayOauth }).isChecked()).toBe(true);
    await frame.getByText(words.byCode, { exact: true }).click();
    expect(await frame.locator('#clientId').inputValue()).toBe(simulator.integration.clientId);
    await paste(stage, frame, 'code', simulator.issueCode());
    await page.keyboard.press('Enter');
    await heading(frame, words.checkTitle);
    await frame.locator('#checks li.ok').nth(7).waitFor();
    await picture('3-connected-anew');
  });
});
