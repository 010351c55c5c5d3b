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

test.each([
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
