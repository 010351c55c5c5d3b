import type { Connection } from '../../src/core/connection';
import { dailyReport } from '../../src/jobs/dailyReport';
import { keptPlan } from '../../src/jobs/keptPlan';
import { measurePing } from '../../src/jobs/measurePing';
import { htmlPage, json, text } from '../support/amoAnswers';
import { inMemoryOutside, type WorldParts } from '../support/inMemoryOutside';

const NOW = '2026-11-19T03:05:00+03:00';
const MINUTE = 60_000;

/** Tokens whose access ends in so many minutes. */
function connection(minutes: number): Connection {
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
function world(minutes: number, tokens: () => ReturnType<typeof json>, parts: WorldParts = {}) {
  return inMemoryOutside({
    now: NOW,
    settings: { baseUrl: 'mycompany' },
    properties: { connection: JSON.stringify(connection(minutes)) },
    server: ({ url }) => (url.endsWith('/oauth2/access_token') ? tokens() : json({ id: 5, name: 'Пример' })),
    ...parts,
  });
}

const stored = (one: ReturnType<typeof world>) => JSON.parse(one.properties.get('connection')!) as Connection;
const asked = (one: ReturnType<typeof world>) =>
  one.requests.map(({ request }) => new URL(request.url).pathname);

describe('M10, A4 · a token endpoint that fails', () => {
  const FAULTS = [
    ['a failure', () => text('', 500)],
    ['a page', () => htmlPage()],
    ['garbage', () => text('{"access_token":', 200)],
  ] as const;

  it.each(FAULTS)(
    'A4 · %s: a report whose token has ended waits some minutes, and no wish is lost',
    (_, tokens) => {
      const one = world(-1, tokens);
      dailyReport(one.outside, { from: '2026-11-10', to: '2026-11-11' });
      expect(asked(one)).toEqual(['/oauth2/access_token']);
      expect(keptPlan(one.outside)).toMatchObject({
        open: true,
        failures: 1,
        asked: [{ from: '2026-11-10' }],
      });
      expect(one.triggers.filter(({ onceAt }) => onceAt !== undefined)).toHaveLength(1);
      expect(stored(one).renewal).toMatchObject({ refresh: 'refresh-1', doubtSince: expect.any(Number) });
      expect(stored(one).refusal).toBeUndefined();
    },
  );

  it.each(FAULTS)('A4 · %s: a token that still lives serves on', (_, tokens) => {
    const one = world(10, tokens);
    measurePing(one.outside, true);
    expect(asked(one)).toEqual(['/oauth2/access_token', ...Array(3).fill('/api/v4/account')]);
    expect(stored(one).renewal).toMatchObject({ doubtSince: expect.any(Number) });
  });
});
