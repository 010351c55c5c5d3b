import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';

const SCREENSHOTS = resolve(__dirname, '../../out/ui');

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** One person's browser window. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors on the console and in pages, requests that failed or left the machine; a test asserts that there are none. */
  readonly problems: string[];
  /** Into `out/ui/NAME.png`: the page from top to bottom, or another one. */
  screenshot(name: string, page?: Page): Promise<void>;
  close(): Promise<void>;
}

/** The machine's own Chromium; CHROMIUM names another one. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env['CHROMIUM'] || '/usr/bin/chromium', args: QUIET });
}

/** A window without history, cookies or a way to the network. */
export async function newVisitor(browser: Browser, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: { width: 900, height: 700 },
    locale: 'ru-RU',
    ...options,
  });
  const problems: string[] = [];
  // Whatever a test pretends comes before this, which catches the rest.
  await context.route(isElsewhere, async route => {
    problems.push(`Request to ${route.request().url()}`);
    await route.abort();
  });
  context.on('console', message => {
    if (['error', 'warning'].includes(message.type())) problems.push(`Console: ${message.text()}`);
  });
  context.on('weberror', error => problems.push(`Page: ${error.error().message}`));
  context.on('requestfailed', request => {
    problems.push(`Request to ${request.url()} failed: ${request.failure()?.errorText}`);
  });
  context.on('response', response => {
    if (response.status() >= 400) problems.push(`Request to ${response.url()} answered ${response.status()}`);
  });
  const page = await context.newPage();
  // Long enough for a machine with much else to do.
  page.setDefaultTimeout(20_000);
  return {
    context,
    page,
    problems,
    async screenshot(name, shown = page) {
      mkdirSync(SCREENSHOTS, { recursive: true });
      await shown.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
    },
    close: () => context.close(),
  };
}

function isElsewhere({ protocol, hostname }: URL): boolean {
  return /^(https?|wss?):$/.test(protocol) && hostname !== '127.0.0.1' && hostname !== 'localhost';
}
