import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Outcome, Sidebar } from '../emulator/outcome';
import type { PageCallOptions } from '../emulator/pageCall';
import type { World } from '../emulator/world';
import { escaped } from './escaped';
import { GOOGLE_SCRIPT } from './googleScript';

export interface SidebarServer {
  /** Shows the world's open sidebar beside an empty sheet, as it is when the page is loaded. */
  readonly url: string;
  /** What came of the page's calls, in order. */
  readonly calls: Outcome[];
  /** What the emulator threw meanwhile: faults of the test, planted secrets that got out. */
  readonly faults: unknown[];
  /** How long a call takes, beside the script's own time: something for the page to wait for. */
  delayMs: number;
  /** How the windows that calls open are answered. */
  answers: PageCallOptions['answers'];
  /** Of the next call alone: what goes wrong in it. */
  next: PageCallOptions | undefined;
  close(): Promise<void>;
}

/** What Apps Script grants a sidebar [doc HX], less dialogs of the browser and the way to the top window. */
const SANDBOX = 'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox';

/** [doc Ui.showSidebar] */
const WIDTH = 300;

/**
 * Serves the sidebar of a world over HTTP. The sheet is at 127.0.0.1 and the sidebar at localhost: two origins, as on
 * the platform, so that the page cannot reach into what is around it.
 */
export async function serveSidebar(world: World): Promise<SidebarServer> {
  const calls: Outcome[] = [];
  const faults: unknown[] = [];

  const run = async (body: string): Promise<[status: number, answer: string]> => {
    await new Promise(resolve => setTimeout(resolve, served.delayMs));
    try {
      const { name, args } = JSON.parse(body) as { name: string; args: unknown[] };
      const { answers, next } = served;
      served.next = undefined;
      const outcome = world.callFromPage(name, args[0], { ...(answers ? { answers } : {}), ...next });
      calls.push(outcome);
      const { error, value } = outcome;
      return [200, JSON.stringify(error ? { message: error.message } : { value })];
    } catch (fault) {
      faults.push(fault);
      return [500, String(fault)];
    }
  };

  const server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    const asked = `${method} ${headers.host?.replace(/:\d+$/, '')}${url}`;
    const port = (server.address() as AddressInfo).port;
    const { sidebar } = world;
    let [status, type, answer] = [404, 'text/plain', `There is no ${asked}`];
    if (asked === 'GET 127.0.0.1/') [status, type, answer] = [200, 'text/html', sheet(sidebar, port)];
    if (asked === 'GET localhost/sidebar' && sidebar)
      [status, type, answer] = [200, 'text/html', asServed(sidebar)];
    if (asked === 'POST localhost/run') {
      type = 'application/json';
      [status, answer] = await run(await textOf(request));
    }
    if (asked === 'POST 127.0.0.1/close') {
      world.sidebar = undefined;
      [status, answer] = [200, ''];
    }
    response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' });
    response.end(answer);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));

  const served: SidebarServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    calls,
    faults,
    delayMs: 0,
    answers: undefined,
    next: undefined,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return served;
}

/** The window around the sidebar: its title and its cross are the platform's. */
function sheet(sidebar: Sidebar | undefined, port: number): string {
  const panel = sidebar
    ? `<aside><header><h1>${escaped(sidebar.title)}</h1><button aria-label="Close sidebar">×</button></header>
       <iframe title="Sidebar" sandbox="${SANDBOX}" src="http://localhost:${port}/sidebar"></iframe></aside>`
    : '';
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>Spreadsheet</title><link rel="icon" href="data:,">
<style>
  body { margin: 0; height: 100vh; display: flex; justify-content: flex-end; background: #f8f9fa; }
  aside { width: ${WIDTH}px; display: flex; flex-direction: column; background: #fff; border-left: 1px solid #dadce0; }
  header { display: flex; justify-content: space-between; padding: 12px; font: 16px Arial; }
  h1 { margin: 0; font: inherit; } iframe { flex: 1; width: ${WIDTH}px; border: 0; }
</style></head><body>${panel}<script>
  const close = async () => {
    await (await fetch('/close', { method: 'POST' })).text();
    document.querySelector('aside')?.remove();
  };
  document.querySelector('button')?.addEventListener('click', close);
  addEventListener('message', event => {
    const frame = document.querySelector('iframe');
    if (event.source === frame?.contentWindow && event.data === 'google.script.host.close') close();
  });
</script></body></html>`;
}

/** The script's page with `google.script` in front of its own scripts. */
export function asServed({ html, metaTags }: Pick<Sidebar, 'html' | 'metaTags'>): string {
  const tags = metaTags.map(
    ({ name, content }) => `<meta name="${escaped(name)}" content="${escaped(content)}">`,
  );
  const added = `${tags.join('')}<script>${GOOGLE_SCRIPT}</script>`;
  const start = /^\s*(<!doctype[^>]*>)?\s*(<html[^>]*>)?\s*(<head[^>]*>)?/i.exec(html)?.[0] ?? '';
  return start + added + html.slice(start.length);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
