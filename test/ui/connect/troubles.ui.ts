import type { Frame } from 'playwright-core';
import { PLANTED } from '../../emulator/plantedSecrets';
import { focused, heading, seen } from '../person';
import { everythingIn, LANGUAGES, MENU, type Stage, stages } from './stage';

describe.each(LANGUAGES)('what goes wrong, in %s', (language, locale) => {
  const open = stages(language, locale);

  /** The address is known, and a token is asked for. */
  async function atToken(stage: Stage): Promise<Frame> {
    const { simulator, texts, words, world } = stage;
    world.click(MENU, texts.menu.openConnect);
    world.callFromPage('connectRequest', { ask: 'address', address: simulator.host });
    const frame = await stage.look();
    await heading(frame, words.accessTitle);
    return frame;
  }

  async function give(frame: Frame, token: string): Promise<void> {
    await frame.fill('#token', token);
    await frame.page().keyboard.press('Enter');
  }

  it('the prompts of Set up are cancelled: the sidebar opens', async () => {
    const stage = await open();
    const { simulator, texts, words, world } = stage;
    world.click(MENU, texts.menu.setUp, { answers: ['CANCEL', 'OK'] });
    const frame = await stage.look();
    await heading(frame, words.addressTitle);
    world.sidebar = undefined;
    world.click(MENU, texts.menu.setUp, { answers: [{ text: simulator.host }, 'CANCEL', 'OK'] });
    await heading(await stage.look(), words.accessTitle);
  });

  it('another run holds the line: the token stays, and works a moment later', async () => {
    const stage = await open();
    const { picture, server, simulator, words, world } = stage;
    const frame = await atToken(stage);
    const lease = { id: 'another', holder: 'dailyReport', since: world.now(), until: world.now() + 60_000 };
    world.properties().set('lease', JSON.stringify(lease));
    await give(frame, simulator.token);
    await frame.locator('#notice.failed:visible').waitFor();
    await picture('trouble-another-run');
    world.jumpTo(world.now() + 61_000);
    await frame.locator('#access-submit').click();
    await heading(frame, words.checkTitle);
    await frame.locator('#checks li').nth(7).waitFor();
    expect(server.calls.at(-1)?.error).toBeUndefined();
  });

  it('amoCRM is down: says so, and keeps what was typed', async () => {
    const stage = await open();
    const { picture, simulator, texts, words, world } = stage;
    const frame = await atToken(stage);
    simulator.outage(world.now(), world.now() + 3_600_000, 'html-502');
    await give(frame, simulator.token);
    await seen(frame, `${texts.error.what('server-error', 502)}.`);
    expect(await focused(frame)).toBe('notice');
    expect(await frame.locator('#token').inputValue()).toBe(simulator.token);
    await picture('trouble-amocrm-down');
    simulator.heal();
    await frame.locator('#access-submit').click();
    await heading(frame, words.checkTitle);
  });

  it("another account's address and token: told of both, and the former connection goes on", async () => {
    const stage = await open();
    const { other, picture, simulator, texts, words } = stage;
    const frame = await atToken(stage);
    await give(frame, simulator.token);
    await heading(frame, words.checkTitle);
    await frame.locator('#checks li').nth(7).waitFor();
    await frame.locator('#connect-anew').click();
    await frame.locator('#change-address').click();
    await frame.fill('#address', other.host);
    await frame.page().keyboard.press('Enter');
    await heading(frame, words.accessTitle);
    await seen(frame, other.host);
    expect(await frame.locator('#to-check').isDisabled()).toBe(true);
    await picture('2-elsewhere');
    await give(frame, other.token);
    await heading(frame, words.addressTitle);
    await seen(frame, `${other.host}: ${texts.connection.foreign(simulator.account.name)}.`);
    await seen(frame, texts.connection.foreignTodo(simulator.host));
    expect(await focused(frame)).toBe('notice');
    expect(await frame.locator('#address').inputValue()).toBe(simulator.host);
    expect(await frame.locator('#address').getAttribute('aria-invalid')).toBeNull();
    expect(await frame.locator('#token').inputValue()).toBe('');
    await picture('trouble-other-account');
    await frame.locator('#to-check').click();
    await seen(frame, simulator.account.name);
    await frame.locator('#checks li.ok').nth(7).waitFor();
    await picture('3-former-account');
  });

  it('Google ends the call: says so, and tries again', async () => {
    const stage = await open();
    const { picture, server, simulator, words } = stage;
    const frame = await atToken(stage);
    server.next = { cut: { at: 12, when: 'before' } };
    await give(frame, simulator.token);
    await frame.locator('#notice.failed:visible').waitFor();
    await picture('trouble-google');
    await frame.getByRole('button', { name: words.tryAgain }).click();
    await heading(frame, words.checkTitle);
    await frame.locator('#checks li').nth(7).waitFor();
    expect(await everythingIn(frame)).not.toContain(PLANTED);
  });

  it('a token without rights: the check says what does not work', async () => {
    const stage = await open();
    const { picture, simulator } = stage;
    simulator.plan('GET /api/v4/users', '403-json', 9);
    simulator.clockOffsetMs = 10 * 60_000;
    const frame = await atToken(stage);
    await give(frame, simulator.token);
    await frame.locator('#checks li.failed').first().waitFor();
    await picture('3-check-failed');
  });
});
