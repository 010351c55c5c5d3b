import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAccount } from '../../../src/amocrm/operations/account';
import { type FakeServer, json, noContent, queryOf, text } from '../../support/amoAnswers';
import { clientOver, thrownBy } from '../../support/clientOver';

const read = (server: FakeServer) => {
  const { client, requests } = clientOver(server, { run: 3_000 });
  return { account: readAccount(client), requests };
};
const zoned = (timezone: unknown) => ({ id: 5, name: 'ООО', _embedded: { datetime_settings: { timezone } } });

describe('M10, T13 · readAccount', () => {
  it('M10 · asks who the account is and in which zone it lives, with one request', () => {
    const { account, requests } = read(() => json(zoned('Asia/Omsk')));
    expect(account).toEqual({ id: 5, name: 'ООО', timeZone: 'Asia/Omsk' });
    expect(requests).toHaveLength(1);
    expect(queryOf(requests[0]!)).toEqual({ with: 'datetime_settings' });
  });

  it.each(['get-with-everything.json', 'get-kommo.json'])('T13 · reads what is published as %s', name => {
    const body = readFileSync(join(__dirname, '../../fixtures/amocrm/account', name), 'utf8');
    const { id, name: title } = JSON.parse(body) as { id: number; name: string };
    expect(read(() => text(body)).account).toMatchObject({ id, name: title });
  });

  it.each<[unknown, string | undefined]>([
    ['Europe/Moscow', 'Europe/Moscow'],
    ['Mars/Olympus', undefined],
    ['+03:00', undefined],
    ['', undefined],
    [3, undefined],
    [null, undefined],
  ])('M10 · the zone %j is %j', (zone, known) => {
    expect(read(() => json(zoned(zone))).account.timeZone).toBe(known);
  });

  it.each([[{ id: 5 }], [{ id: 5, name: '' }], [{ id: 5, name: null, _embedded: [] }]])(
    'M10 · an account without name and zone is called by its number: %j',
    body => {
      expect(read(() => json(body)).account).toEqual({ id: 5, name: '5', timeZone: undefined });
    },
  );

  it.each([[() => noContent], [() => json({})], [() => json({ id: '5' })]])(
    'M10 · an answer without an id is no account (%#)',
    server => {
      expect(thrownBy(() => read(server))).toMatchObject({ code: 'malformed' });
    },
  );
});
