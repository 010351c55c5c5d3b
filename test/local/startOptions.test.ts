import { BadOption } from './commandLine';
import { startOptions } from './startOptions';

const KEYS = ['--client-id', 'I', '--client-secret', 'S', '--auth-code', 'C'];

describe('how the person connects', () => {
  it('is a token by default', () => {
    expect(startOptions([])).toMatchObject({ keys: undefined, token: undefined });
    expect(startOptions(['--auth', 'token', '--token', 'T'])).toMatchObject({ keys: undefined, token: 'T' });
  });

  it('is an integration with --auth oauth', () => {
    const { keys, token } = startOptions(['--auth', 'oauth', ...KEYS]);
    expect(keys).toEqual({ clientId: 'I', clientSecret: 'S', authCode: 'C' });
    expect(token).toBeUndefined();
  });

  it.each([
    [['--auth', 'oauth'], '--auth oauth needs --client-id, --client-secret and --auth-code'],
    [['--auth', 'oauth', ...KEYS.slice(0, 4)], '--auth-code is missing'],
    [['--auth', 'oauth', ...KEYS.slice(2)], '--client-id is missing'],
    [['--auth', 'oauth', ...KEYS, '--auth-code', ''], '--auth-code is empty'],
    [KEYS, 'need --auth oauth'],
    [KEYS.slice(0, 2), 'is missing'],
    [['--auth', 'token', ...KEYS], 'need --auth oauth'],
    [['--auth', 'oauth', ...KEYS, '--token', 'T'], '--auth oauth goes without a token'],
    [['--auth', 'oauth', ...KEYS, '--set', 'token=T'], '--auth oauth goes without a token'],
    [['--auth', 'password'], '--auth needs token or oauth, not "password"'],
    [['--auth'], '--auth needs a value'],
  ])('%j is refused', (args, text) => {
    expect(() => startOptions(args)).toThrow(BadOption);
    expect(() => startOptions(args)).toThrow(text);
  });
});
