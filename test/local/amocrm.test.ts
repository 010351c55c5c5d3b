import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { shiftDate, wallTime } from '../simulator/wallClock';

const ROOT = join(__dirname, '..', '..');

interface Ended {
  status: number | null;
  out: string;
  err: string;
}

/** Runs the command; `whenUp` is called with all it has printed once it serves. */
function amocrm(args: string[], whenUp?: (out: string) => Promise<void>): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', join('test', 'local', 'amocrm.ts'), ...args], {
    cwd: ROOT,
  });
  let out = '';
  let err = '';
  return new Promise((resolve, reject) => {
    child.stdout.on('data', chunk => {
      out += chunk;
      if (whenUp && out.includes('try it:')) {
        whenUp(out).then(() => child.kill('SIGTERM'), reject);
        whenUp = undefined;
      }
    });
    child.stderr.on('data', chunk => {
      err += chunk;
    });
    child.on('close', status => resolve({ status, out, err }));
  });
}

test('serves yesterday on any free port, tells its address and token, and stops at once', async () => {
  const ended = await amocrm(
    ['--port', '0', '--events', '150', '--users', '5', '--latency', '1'],
    async out => {
      const address = /^address: (http:\/\/127\.0\.0\.1:\d+)$/m.exec(out)?.[1];
      const token = /^token: (\S+)$/m.exec(out)?.[1];
      const headers = { Authorization: `Bearer ${token}` };
      const users = await fetch(`${address}/api/v4/users`, { headers });
      expect(await users.json()).toMatchObject({ _total_items: 5 });
      const date = shiftDate(wallTime(Date.now(), 'Europe/Moscow').date, -1);
      const oracle = await fetch(`${address}/__oracle?date=${date}`);
      expect(await oracle.json()).toMatchObject({ total: 150 });
      expect(out).toContain(`npm start -- --amocrm ${address}`);
    },
  );
  expect(ended).toMatchObject({ status: 0, err: '' });
});

const KEYS = ['--client-id', 'I', '--client-secret', 'S', '--auth-code', 'C'];

test.each([
  [[], 'https://anywhere.example', 86_400, 'any'],
  [
    ['--redirect-uri', 'https://back.example', '--access-seconds', '60'],
    'https://back.example',
    60,
    'https://back.example',
  ],
])(
  'with %j gives an integration its tokens, and tells the keys',
  async (more, redirect_uri, seconds, told) => {
    const ended = await amocrm(
      ['--port', '0', '--events', '1', '--latency', '1', ...KEYS, ...more],
      async out => {
        const address = /^address: (\S+)$/m.exec(out)?.[1];
        const answer = await fetch(`${address}/oauth2/access_token`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({
            ...{ client_id: 'I', client_secret: 'S', redirect_uri },
            ...{ grant_type: 'authorization_code', code: 'C' },
          }),
        });
        const { access_token, expires_in } = (await answer.json()) as Record<string, string>;
        expect(expires_in).toBe(seconds);
        const headers = { Authorization: `Bearer ${access_token}` };
        expect((await fetch(`${address}/api/v4/users`, { headers })).status).toBe(200);
        for (const line of [
          'client id: I',
          'client secret: S',
          'code, works once: C',
          `redirect URI: ${told}`,
        ]) {
          expect(out.split('\n')).toContain(line);
        }
        const tryIt = `npm start -- --amocrm ${address} --auth oauth ${KEYS.join(' ')} --date`;
        expect(out).toContain(tryIt);
      },
    );
    expect(ended).toMatchObject({ status: 0, err: '' });
  },
);

test.each([
  [['--client-id', 'I', '--auth-code', 'C'], '--client-secret is missing'],
  [['--client-id', '', '--client-secret', 'S', '--auth-code', 'C'], '--client-id is empty'],
  [['--access-seconds', '60'], '--access-seconds needs --client-id'],
  [['--redirect-uri', 'https://back.example'], '--redirect-uri needs --client-id'],
  [[...KEYS, '--access-seconds', '0'], '--access-seconds needs a whole number'],
  [['--colour', 'red'], 'unknown option --colour'],
  [['--events', 'many'], '--events needs a whole number'],
  [['--port', '70000'], '--port needs a whole number'],
  [['--date', '2026-02-30'], '--date needs a day'],
  [['--latency'], '--latency needs a value'],
  [['now'], 'unexpected "now"'],
])('%j is one line on stderr and status 2', async (args, text) => {
  const { status, out, err } = await amocrm(args);
  expect({ status, out, lines: err.trim().split('\n').length }).toEqual({ status: 2, out: '', lines: 1 });
  expect(err).toContain(text);
});
