import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import vm from 'node:vm';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { ConnectAnswer, ConnectRequest, ConnectState } from '../../src/core/connectRequest';
import { CONNECT_PAGE } from '../../src/core/texts/connectPage';

const ROOT = resolve(__dirname, '../..');
const ADDRESS = 'https://sidebar.example/';

/** src/google/connectSidebar.ts as the build bundles it, in a process of its own: esbuild does not run inside jest. */
const BUNDLED = execFileSync(
  process.execPath,
  [
    '--input-type=module',
    '--eval',
    `import { build } from 'esbuild';
     import { pages } from './buildPage.mjs';
     const { outputFiles } = await build({ entryPoints: ['src/google/connectSidebar.ts'], bundle: true, write: false,
       format: 'iife', globalName: 'App', target: 'es2020', charset: 'utf8', plugins: [pages] });
     console.log(outputFiles[0].text);`,
  ],
  { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 24 },
);

/** The HTML that Google would get. */
export function htmlOf(call: string): { html: string; title: string } {
  const shown = { html: '', title: '' };
  const output = {
    setTitle(title: string) {
      shown.title = title;
      return output;
    },
  };
  const google = vm.createContext({
    words: CONNECT_PAGE,
    SpreadsheetApp: { getUi: () => ({ showSidebar: () => undefined }) },
    HtmlService: {
      createHtmlOutput(html: string) {
        shown.html = html;
        return output;
      },
    },
  });
  vm.runInContext(`${BUNDLED}; App.${call}`, google);
  return shown;
}

export const sidebarHtml = (language: 'ru' | 'en') =>
  htmlOf(`showConnectSidebar(words.${language}, 'Title')`).html;

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

export type Server = (request: ConnectRequest) => ConnectAnswer | Promise<ConnectAnswer>;

export interface Sidebar {
  page: Page;
  asked: ConnectRequest[];
  /** What the page complained of, and what it wanted from elsewhere. */
  complaints: string[];
  reports: number;
  closed: boolean;
}

export async function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
}

/** Opens the sidebar as wide as Google makes it, in front of a server that is a function. */
export async function openSidebar(
  browser: Browser,
  server: Server,
  { language = 'ru', ...options }: { language?: 'ru' | 'en' } & BrowserContextOptions = {},
): Promise<Sidebar> {
  const context = await browser.newContext({ viewport: { width: 300, height: 720 }, ...options });
  const page = await context.newPage();
  const sidebar: Sidebar = { page, asked: [], complaints: [], reports: 0, closed: false };
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) sidebar.complaints.push(message.text());
  });
  page.on('pageerror', error => sidebar.complaints.push(error.message));
  page.on('dialog', dialog => sidebar.complaints.push(dialog.message()));
  await context.route('**/*', (route, request) => {
    if (request.url() === ADDRESS) {
      return route.fulfill({ contentType: 'text/html; charset=utf-8', body: sidebarHtml(language) });
    }
    if (!request.url().startsWith('https://www.amocrm.ru/')) sidebar.complaints.push(request.url());
    return route.fulfill({ contentType: 'text/html', body: 'elsewhere' });
  });
  await page.exposeFunction('atServer', async (name: string, request: ConnectRequest) => {
    if (name === 'close') sidebar.closed = true;
    else if (name === 'runReportNow') sidebar.reports += 1;
    else {
      sidebar.asked.push(request);
      return server(request);
    }
    return undefined;
  });
  await page.clock.install();
  await page.addInitScript(`
    const runner = (good, bad) => ({
      withSuccessHandler: handler => runner(handler, bad),
      withFailureHandler: handler => runner(good, handler),
      connectRequest: request => void atServer('connectRequest', request).then(good, bad),
      runReportNow: () => void atServer('runReportNow').then(good, bad),
    });
    window.google = { script: { run: runner(), host: { close: () => atServer('close') } } };
  `);
  await page.goto(ADDRESS);
  return sidebar;
}
