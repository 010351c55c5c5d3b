import type { BrowserContext, Route } from 'playwright-core';
import type { Outcome } from '../emulator/outcome';
import type { World } from '../emulator/world';
import { escaped } from './escaped';

export interface ConsentOptions {
  world: World;
  /** The code that amoCRM sends back when its user allows the access. */
  code: () => string | Promise<string>;
  /** The address of the account that the user chooses. */
  referer: string;
  /** Who is signed in to Google in this browser. Default: the world's owner. */
  user?: string;
  /** Where amoCRM sends the browser back to: the integration's redirect URI. Default: the world's. */
  redirectUri?: string;
}

export interface Consent {
  /** The addresses at which amoCRM was asked for consent. */
  readonly asked: URL[];
  /** What came of the visits to the script. */
  readonly visits: Outcome[];
  /** What the emulator threw meanwhile. */
  readonly faults: unknown[];
}

const CONSENT_PAGE = /^https:\/\/www\.(amocrm\.ru|amocrm\.com|kommo\.com)\/oauth\/?\?/;
const CALLBACK = /^https:\/\/script\.google\.com\/macros\/d\/[^/]+\/usercallback(\?|$)/;

/**
 * Stands in for amoCRM's consent page, with a link to allow and one to refuse, and for the script's own address, to which
 * both lead back.
 */
export async function pretendConsent(context: BrowserContext, options: ConsentOptions): Promise<Consent> {
  const { world, referer, user = world.owner, redirectUri = world.callbackUrl } = options;
  const consent: Consent = { asked: [], visits: [], faults: [] };

  await context.route(CONSENT_PAGE, async route => {
    const url = new URL(route.request().url());
    consent.asked.push(url);
    const state = url.searchParams.get('state') ?? '';
    const back = (answer: Record<string, string>): string =>
      escaped(`${redirectUri}?${new URLSearchParams({ ...answer, state, referer })}`);
    const allowed = back({ code: await options.code(), client_id: url.searchParams.get('client_id') ?? '' });
    await show(
      route,
      'amoCRM',
      `<h1>amoCRM</h1><p>${escaped(referer)}</p>
       <p><a href="${allowed}">Allow</a> <a href="${back({ error: 'access_denied' })}">Refuse</a></p>`,
    );
  });

  await context.route(CALLBACK, async route => {
    try {
      const outcome = world.visit(route.request().url(), { user });
      consent.visits.push(outcome);
      const { page, error } = outcome;
      await show(route, page?.title ?? 'Error', page?.html ?? `<p>${escaped(error?.message ?? '')}</p>`);
    } catch (fault) {
      consent.faults.push(fault);
      await route.fulfill({ status: 500, body: String(fault) });
    }
  });
  return consent;
}

/** With a title and an icon of its own, so that the browser does not look for one. */
function show(route: Route, title: string, html: string): Promise<void> {
  const head = `<meta charset="utf-8"><title>${escaped(title)}</title><link rel="icon" href="data:,">`;
  return route.fulfill({ contentType: 'text/html; charset=utf-8', body: `<!DOCTYPE html>${head}${html}` });
}
