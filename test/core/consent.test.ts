import { consentAddress } from '../../src/core/consent';

describe('M15 · consentAddress', () => {
  it.each([
    ['demo.amocrm.ru', 'https://www.amocrm.ru/oauth'],
    ['demo.amocrm.com', 'https://www.amocrm.com/oauth'],
    ['demo.kommo.com', 'https://www.kommo.com/oauth'],
  ])("the user of %s is asked at the zone's own site", (host, site) => {
    const { href, origin, pathname, searchParams } = new URL(consentAddress(host, 'id-1', 'state-1'));
    expect(`${origin}${pathname}`).toBe(site);
    expect(href.startsWith(`${site}?`)).toBe(true);
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: 'id-1',
      state: 'state-1',
      mode: 'post_message',
    });
  });

  it.each(['a&mode=popup', 'a#b', 'a=b', 'a b', 'а/../б', 'A:b+c/d==', '"><script>'])(
    'nothing in the state %j changes the address',
    state => {
      const address = consentAddress('demo.amocrm.ru', 'id', state);
      expect(address).toMatch(/^[\x21-\x7e]+$/);
      expect(address).not.toMatch(/["<>]/);
      const { hash, searchParams } = new URL(address);
      expect(hash).toBe('');
      expect(searchParams.getAll('state')).toEqual([state]);
      expect(searchParams.getAll('mode')).toEqual(['post_message']);
    },
  );
});
