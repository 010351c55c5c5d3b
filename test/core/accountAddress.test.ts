import fc from 'fast-check';
import { accountHost } from '../../src/core/accountAddress';

describe('M15 · accountHost', () => {
  it.each([
    ['mycompany', 'mycompany.amocrm.ru'],
    ['a', 'a.amocrm.ru'],
    ['a'.repeat(63), `${'a'.repeat(63)}.amocrm.ru`],
    ['www2.kommo.com', 'www2.kommo.com'],
    ['mywww', 'mywww.amocrm.ru'],
    ['MyCompany', 'mycompany.amocrm.ru'],
    ['my-company2', 'my-company2.amocrm.ru'],
    ['mycompany.amocrm.ru', 'mycompany.amocrm.ru'],
    ['MYCOMPANY.AMOCRM.RU', 'mycompany.amocrm.ru'],
    ['mycompany.amocrm.com', 'mycompany.amocrm.com'],
    ['mycompany.kommo.com', 'mycompany.kommo.com'],
    ['https://mycompany.amocrm.ru', 'mycompany.amocrm.ru'],
    ['http://mycompany.amocrm.ru/', 'mycompany.amocrm.ru'],
    ['HTTPS://mycompany.amocrm.ru/leads/detail/123', 'mycompany.amocrm.ru'],
    ['https://mycompany.amocrm.ru/leads/pipeline/?filter[a]=b#top', 'mycompany.amocrm.ru'],
    ['https://mycompany.kommo.com?x=1', 'mycompany.kommo.com'],
    ['mycompany.amocrm.ru#x', 'mycompany.amocrm.ru'],
    ['https://mycompany.amocrm.ru:443/leads', 'mycompany.amocrm.ru'],
    ['  mycompany.amocrm.ru \n', 'mycompany.amocrm.ru'],
    ['\u00a0mycompany\u00a0', 'mycompany.amocrm.ru'],
    // Behind the first slash nothing can change the host any more.
    ['mycompany.amocrm.ru/@evil.com', 'mycompany.amocrm.ru'],
  ])('%j is the account %j', (text, host) => {
    expect(accountHost(text)).toBe(host);
  });

  it.each([
    ['', 'nothing'],
    ['   ', 'only blanks'],
    ['www.amocrm.ru', "the vendor's own site"],
    ['WWW.kommo.com', "the vendor's own site"],
    ['a'.repeat(64), 'a name too long for a host'],
    ['amocrm.ru', 'no account'],
    ['kommo.com', 'no account'],
    ['.amocrm.ru', 'an empty name'],
    ['https://', 'only a scheme'],
    ['evil.com', 'another host'],
    ['mycompany.amocrm.ru.evil.com', 'a subdomain of another host'],
    ['mycompany.amocrm.ru@evil.com', 'user information'],
    ['https://mycompany.amocrm.ru:pass@evil.com/', 'user information with a password'],
    ['https://me@mycompany.amocrm.ru', 'user information'],
    ['mycompany.amocrm.ru:8443', 'another port'],
    ['mycompany:80', 'a port'],
    ['mycompany.amocrm.ru\\@evil.com', 'a backslash'],
    ['a.b.amocrm.ru', 'a subdomain of a subdomain'],
    ['evil.com.amocrm.ru', 'dots in the name'],
    ['mycompany-amocrm.ru', 'another domain'],
    ['mycompany.xamocrm.ru', 'another domain'],
    ['mycompany.amocrm.rus', 'another domain'],
    ['mycompany.amocrm.ru.', 'a trailing dot'],
    ['ftp://mycompany.amocrm.ru', 'another scheme'],
    ['javascript:mycompany', 'another scheme'],
    ['//mycompany.amocrm.ru', 'no scheme'],
    ['https:mycompany.amocrm.ru', 'no slashes'],
    ['моякомпания', 'Cyrillic'],
    ['mycоmpany.amocrm.ru', 'one Cyrillic letter'],
    ['mycompany.amocrm.ru\u3002evil.com', 'an ideographic full stop'],
    ['my company', 'a blank inside'],
    ['my\tcompany.amocrm.ru', 'a tab inside'],
    ['my\u200bcompany.amocrm.ru', 'an invisible character'],
    ['mycompany.amocrm.ru\nevil.com', 'two lines'],
    ['-mycompany', 'a leading hyphen'],
    ['mycompany-', 'a trailing hyphen'],
    ['my_company', 'an underscore'],
    ['#ERROR!', 'a formula error'],
    ['mycompany%2eevil.com', 'an escape'],
    ['[::1]', 'an address'],
    ['127.0.0.1', 'an address'],
  ])('%j is refused: %s', text => {
    expect(accountHost(text)).toBeUndefined();
  });

  it('gives nothing but a plain host of the vendor, whatever is typed', () => {
    const bits = [
      'https://',
      'http://',
      'me',
      '.',
      'amocrm.ru',
      'kommo.com',
      '@',
      ':',
      '/',
      '\\',
      '?',
      '#',
      'ё',
      ' ',
    ];
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom(...bits, 'evil.com')).map(a => a.join('')),
    );
    fc.assert(
      fc.property(text, typed => {
        const host = accountHost(typed);
        if (host === undefined) return;
        expect(host).toMatch(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?\.(amocrm\.ru|amocrm\.com|kommo\.com)$/);
        expect(new URL(`https://${host}/api/v4/account`).hostname).toBe(host);
        expect(accountHost(host)).toBe(host);
      }),
      { numRuns: 1000 },
    );
  });
});
