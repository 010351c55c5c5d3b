import type { Page } from 'playwright-core';
import { CONNECT_PAGE } from '../../../src/core/texts/connectPage';
import { heading, seen } from '../person';
import { agreeing, byOauth, LINK, withAddress } from './agreeing';
import { opening } from './opening';
import type { Server, StubbedPage } from './stubbedPage';

const { ru } = CONNECT_PAGE;
const open = opening();

describe('consent by a link', () => {
  async function toConsent(server: Server): Promise<StubbedPage> {
    const sidebar = await open(server);
    const { frame, page } = sidebar;
    await heading(frame, ru.accessTitle);
    await page.getByText(ru.wayOauth, { exact: true }).click();
    await page.fill('#clientId', 'abc');
    await page.fill('#clientSecret', 'shh');
    await page.keyboard.press('Enter');
    await heading(frame, ru.consentTitle);
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

  const polls = ({ asked }: StubbedPage) => asked.filter(({ ask }) => ask === 'state').length - 1;

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
    const { frame, page } = sidebar;
    expect(await page.locator('#clientSecret').inputValue()).toBe('');
    const link = page.getByRole('link', { name: ru.consentOpen });
    expect(await link.getAttribute('href')).toBe(LINK);
    expect(await link.getAttribute('rel')).toBe('noopener');
    const [tab] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
    await tab.waitForURL(LINK);
    await tab.close();
    await pass(page, 10);
    expect(polls(sidebar)).toBeGreaterThanOrEqual(2);
    consent();
    await pass(page, 4);
    await heading(frame, ru.checkTitle);
    await seen(frame, 'ООО «Ромашка»');
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
    const { frame, page } = sidebar;
    await look(page, true);
    await page.clock.fastForward(20 * 60_000);
    await look(page, false);
    await seen(frame, ru.consentOver);
    await heading(frame, ru.accessTitle);
  });

  it('has a way back for who refused', async () => {
    const sidebar = await toConsent(consenting().server);
    await sidebar.page.getByRole('button', { name: ru.consentBack }).click();
    await heading(sidebar.frame, ru.accessTitle);
    const before = polls(sidebar);
    await pass(sidebar.page, 10);
    expect(polls(sidebar)).toBe(before);
  });
});
