import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

interface Ended {
  status: number;
  out: string;
  err: string;
}

/** What `npm run bench` runs after the build. */
function bench(...args: string[]): Promise<Ended> {
  return new Promise(done => {
    const all = ['--import', 'tsx', 'test/bench/run.ts', ...args];
    execFile(process.execPath, all, { cwd: ROOT }, (error, out, err) => {
      done({ status: error ? Number(error.code) : 0, out, err });
    });
  });
}

describe('npm run bench', () => {
  it('prints JSON and nothing else', async () => {
    const { err, out, status } = await bench('--json', '--only', '150', '--latency', '300', '--workers', '1');
    expect(status).toBe(0);
    const { bundle, rows, serial } = JSON.parse(out);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({ events: 150, latencyMs: 300, requestsPerSecond: 7, minRequests: 2 });
    expect(rows[1]).toMatchObject({ requestsPerSecond: 5 });
    expect(serial.map(Object.keys)).toEqual(rows.map(Object.keys));
    expect(Object.keys(bundle)).toEqual(['bytes', 'evaluateMs']);
    expect(err).toContain('4 of 4');
  });

  it('tells a mistake of the command line in one line', async () => {
    const { err, out, status } = await bench('--fast');
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(/^unknown option --fast\. Usage: .*\n$/);
  });
});
