import type { AccountHost } from './accountAddress';

/**
 * Where amoCRM asks the user for consent ([D oauth/step-by-step]). `post_message` lets the page come back in its own
 * window: a script's page cannot lead its main window anywhere ([doc HX]).
 */
export function consentAddress(host: AccountHost, clientId: string, state: string): string {
  const zone = host.split('.').slice(-2).join('.');
  const query = { client_id: clientId, state, mode: 'post_message' };
  const pairs = Object.entries(query).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return `https://www.${zone}/oauth?${pairs.join('&')}`;
}
