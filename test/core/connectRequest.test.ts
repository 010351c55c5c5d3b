import { type ConnectRequest, connectRequestOf } from '../../src/core/connectRequest';
import { MASK } from '../../src/core/token';

const STATE: ConnectRequest = { ask: 'state' };
const FIELDS = { address: 'demo', token: 't0ken', clientId: 'id', clientSecret: 's3cret', code: 'c0de' };
const KEYS = { clientId: 'id', clientSecret: 's3cret' };

describe('M15 · connectRequestOf', () => {
  it.each<[unknown, ConnectRequest]>([
    ['state', STATE],
    ['address', { ask: 'address', address: 'demo' }],
    ['token', { ask: 'token', token: 't0ken' }],
    ['link', { ask: 'link', ...KEYS }],
    ['code', { ask: 'code', ...KEYS, code: 'c0de' }],
    ['check', { ask: 'check' }],
    ['', STATE],
    ['Check', STATE],
    [undefined, STATE],
    [['check'], STATE],
  ])('takes what belongs to %j, and nothing more', (ask, request) => {
    expect(connectRequestOf({ ask, ...FIELDS })).toEqual(request);
  });

  it.each([[undefined], [null], ['check'], [5], [[]]])('A6 · %j asks how things stand', asked => {
    expect(connectRequestOf(asked)).toEqual(STATE);
  });

  it.each<[string, unknown, string]>([
    ['missing', undefined, ''],
    ['null', null, ''],
    ['a number', 5, ''],
    ['a list', ['t0ken'], ''],
    ['the mask, which is no secret', MASK, ''],
    ['a secret typed behind the mask', `${MASK}t0k${MASK}en`, 't0ken'],
    ['of 10 000 characters', 'x'.repeat(10_000), 'x'.repeat(10_000)],
    ['longer than that', `${'x'.repeat(10_000)}y`, 'x'.repeat(10_000)],
  ])('A6 · a text that is %s', (_, token, read) => {
    expect(connectRequestOf({ ask: 'token', token })).toEqual({ ask: 'token', token: read });
  });
});
