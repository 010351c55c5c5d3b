import type { Connection } from '../../src/core/connection';
import { json } from './amoAnswers';
import { inMemoryOutside, type WorldParts } from './inMemoryOutside';

export const NOW = '2026-11-19T03:05:00+03:00';
export const MINUTE = 60_000;

/** Tokens whose access ends in so many minutes. */
export function connection(minutes: number): Connection {
  const keys = { clientId: 'id', clientSecret: 'the-secret', redirectUri: 'https://example.com' };
  return {
    version: 1,
    access: 'access-1',
    host: 'mycompany.amocrm.ru',
    accountId: 5,
    renewal: {
      ...keys,
      refresh: 'refresh-1',
      expiresAt: Date.parse(NOW) + minutes * MINUTE,
      code: 'used-code',
    },
  };
}

/** @param tokens what the token endpoint answers */
export function world(minutes: number, tokens: () => ReturnType<typeof json>, parts: WorldParts = {}) {
  return inMemoryOutside({
    now: NOW,
    settings: { baseUrl: 'mycompany' },
    properties: { connection: JSON.stringify(connection(minutes)) },
    server: ({ url }) => (url.endsWith('/oauth2/access_token') ? tokens() : json({ id: 5, name: 'Пример' })),
    ...parts,
  });
}

export const stored = (one: ReturnType<typeof world>) =>
  JSON.parse(one.properties.get('connection')!) as Connection;
export const asked = (one: ReturnType<typeof world>) =>
  one.requests.map(({ request }) => new URL(request.url).pathname);
