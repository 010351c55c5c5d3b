import { getRequest } from '../../src/amocrm/request';

const account = { host: 'example.amocrm.ru', token: 'T0KEN' };

describe('T13, M10 · getRequest', () => {
  it('M10 · goes to the account’s own host with the long-lived token, and ends after a while', () => {
    expect(getRequest(account, '/api/v4/account')).toEqual({
      url: 'https://example.amocrm.ru/api/v4/account',
      headers: { Authorization: 'Bearer T0KEN', Accept: 'application/json' },
      timeoutMs: 30_000,
    });
  });

  it('T13 · escapes keys and values, brackets too', () => {
    const { url } = getRequest(account, '/api/v4/events', { 'filter[created_at][from]': 5, x: 'a&b=c d+ё' });
    expect(url).toBe(
      'https://example.amocrm.ru/api/v4/events?filter%5Bcreated_at%5D%5Bfrom%5D=5&x=a%26b%3Dc%20d%2B%D1%91',
    );
    expect(Object.fromEntries(new URL(url).searchParams)).toEqual({
      ...{ 'filter[created_at][from]': '5', x: 'a&b=c d+ё' },
    });
  });

  it('the token stands in no address', () => {
    expect(getRequest(account, '/api/v4/account', { a: 1 }).url).not.toContain('T0KEN');
  });
});
