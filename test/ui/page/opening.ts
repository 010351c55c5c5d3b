import type { Browser } from 'playwright-core';
import { launchBrowser } from '../browser';
import { openPage, type Server, type StubbedPage } from './stubbedPage';

/** One browser for the file's tests, a window for each, and no complaint in any of them. */
export function opening() {
  let browser: Browser | undefined;
  const opened: StubbedPage[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    const done = opened.splice(0);
    for (const stubbed of done) await stubbed.close();
    expect(done.flatMap(({ problems }) => problems)).toEqual([]);
  });

  return async (server: Server, options: Parameters<typeof openPage>[2] = {}): Promise<StubbedPage> => {
    const stubbed = await openPage(browser!, server, options);
    opened.push(stubbed);
    return stubbed;
  };
}
