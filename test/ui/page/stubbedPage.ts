import type { Browser, BrowserContextOptions, Frame } from 'playwright-core';
import type { ConnectAnswer, ConnectRequest, ConnectState } from '../../../src/core/connectRequest';
import { BUNDLE } from '../../bundle/product';
import { answering, NOON } from '../../emulator/support/smallWorld';
import { World } from '../../emulator/world';
import { newVisitor, type Visitor } from '../browser';
import { asServed } from '../sidebarServer';

const ADDRESS = 'https://sidebar.example/';

export type Server = (request: ConnectRequest) => ConnectAnswer | Promise<ConnectAnswer>;

/** The sidebar's page alone, as wide as Google makes it, in front of a server that is a function. */
export interface StubbedPage extends Visitor {
  readonly frame: Frame;
  readonly asked: ConnectRequest[];
  reports: number;
  closed: boolean;
}

export const NOTHING_YET: ConnectState = {
  language: 'ru',
  address: '',
  connection: 'none',
  account: '',
  way: '',
  clientId: '',
  hasSecret: false,
  redirectUri:
    'https://script.google.com/macros/d/1aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789abcdefghijk/usercallback',
};

/** The page that the built bundle hands to Google. */
export function sidebarHtml(language: 'ru' | 'en'): string {
  const world = new World({
    bundleDir: BUNDLE,
    now: NOON,
    network: answering(),
    locale: language === 'ru' ? 'ru_RU' : 'en_US',
  });
  return world.run('openConnect').sidebars[0]!.html;
}

interface PageOptions extends BrowserContextOptions {
  language?: 'ru' | 'en';
  brokenReport?: boolean;
}

const served = { ru: '', en: '' };

export async function openPage(
  browser: Browser,
  server: Server,
  { language = 'ru', brokenReport = false, ...options }: PageOptions = {},
): Promise<StubbedPage> {
  const visitor = await newVisitor(browser, { viewport: { width: 300, height: 720 }, ...options });
  const { context, page, problems } = visitor;
  const stubbed: StubbedPage = { ...visitor, frame: page.mainFrame(), asked: [], reports: 0, closed: false };
  await context.route(
    url => ['sidebar.example', 'www.amocrm.ru'].includes(url.hostname),
    async (route, request) => {
      served[language] ||= asServed({ html: sidebarHtml(language), metaTags: [] });
      const body = request.url() === ADDRESS ? served[language] : 'elsewhere';
      await route.fulfill({ contentType: 'text/html; charset=utf-8', body });
    },
  );
  page.on('dialog', dialog => problems.push(`Dialog: ${dialog.message()}`));
  await page.exposeFunction('atServer', async (body: string) => {
    const { name, args } = JSON.parse(body) as { name: string; args: [ConnectRequest] };
    try {
      if (name === 'connectRequest') {
        stubbed.asked.push(args[0]);
        return JSON.stringify({ value: await server(args[0]) });
      }
      if (name === 'runReportNow' && brokenReport) throw new Error('Exceeded maximum execution time');
      if (name === 'runReportNow') stubbed.reports += 1;
      else problems.push(`There is no ${name}`);
      return JSON.stringify({ value: null });
    } catch (error) {
      return JSON.stringify({ message: (error as Error).message });
    }
  });
  await page.exposeFunction('atHost', () => {
    stubbed.closed = true;
  });
  await page.clock.install();
  // In place of the way to a server: time in the page stands still until a test lets it pass.
  await page.addInitScript(`
    window.fetch = async (_, { body }) => new Response(await atServer(body));
    addEventListener('message', ({ data }) => data === 'google.script.host.close' && atHost());
  `);
  await page.goto(ADDRESS);
  return stubbed;
}
