import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import readXlsxFile from 'read-excel-file/node';
import type { WorkbookJson } from '../emulator/export/workbook-json';
import type { OracleReport } from '../simulator/oracle';
import { scratchFolder } from '../support/scratchFolder';

const ROOT = resolve(__dirname, '../..');
/** Node itself, so that a signal reaches the command and not a wrapper. */
const TSX = ['--import', 'tsx'];
const DAY = '2026-11-18';

interface Ended {
  status: number;
  out: string;
  err: string;
  folder: string;
}

/** What `npm start` runs after the build. */
function start(...args: string[]): Promise<Ended> {
  const folder = scratchFolder('start');
  const all = [...TSX, 'test/local/start.ts', ...args, '--out', folder];
  return new Promise(done => {
    execFile(
      process.execPath,
      all,
      { cwd: ROOT, env: { ...process.env, TZ: 'Pacific/Auckland' } },
      (error, out, err) => {
        done({ status: error ? Number(error.code) : 0, out, err, folder });
      },
    );
  });
}

const workbook = ({ folder }: Ended): WorkbookJson =>
  JSON.parse(readFileSync(join(folder, 'workbook.json'), 'utf8'));
const sheet = (ended: Ended, key: string) => workbook(ended).sheets.find(found => found.key === key)!;

describe('npm start', () => {
  it('M10 · connects an integration by its code, refreshes day after day, and shows no secret anywhere', async () => {
    const keys = ['PLANTED5ECRET-client', 'PLANTED5ECRET-code'] as const;
    const ended = await start(
      ...['--auth', 'oauth', '--client-id', 'I', '--client-secret', keys[0], '--auth-code', keys[1]],
      ...['--date', DAY, '--days', '2', '--pings', '2'],
    );
    expect([ended.status, ended.err]).toEqual([0, '']);
    const files = readdirSync(ended.folder).map(file => readFileSync(join(ended.folder, file), 'utf8'));
    const cells = (await readXlsxFile(join(ended.folder, 'workbook.xlsx'))).map(({ data }) => data);
    expect(JSON.stringify([ended.out, files, cells])).not.toContain('PLANTED5ECRET');
    expect(
      sheet(ended, 'days')
        .display.slice(1)
        .map(([date]) => date),
    ).toEqual(['18.11.2026', '19.11.2026']);
  });

  it('T11 · prints the report, writes the files, and repeats to the figure', async () => {
    const [first, second] = await Promise.all([start('--date', DAY), start('--date', DAY)]);
    expect(first.status).toBe(0);
    expect(first.out).toContain('Пиковая нагрузка (мс)');
    expect(first.out).toContain(join(first.folder, 'workbook.xlsx'));
    expect(workbook(second)).toEqual(workbook(first));
    const { display, values } = sheet(first, 'report');
    expect(display[0]).toEqual(['Дата', 'Событие', 'Кол-во', 'Пиковая нагрузка (мс)', 'Время пика']);
    expect(display).toHaveLength(6);
    expect(display[1]![0]).toBe('18.11.2026');
    expect(display[1]![4]).toMatch(/^\d\d:\d\d$/);
    expect(values[1]![0]).toBe(DAY);
    expect(values[1]![4]).toMatch(/^2026-11-18T\d\d:\d\d:\d\d$/);
    const sheets = await readXlsxFile(join(first.folder, 'workbook.xlsx'));
    const rows = sheets.find(found => found.sheet === 'Отчёт')!.data;
    expect(rows[1]![0]).toEqual(new Date(`${DAY}T00:00:00Z`));
    expect(
      workbook(first)
        .triggers.map(({ handler }) => handler)
        .sort(),
    ).toEqual(['dailyReport', 'hourlyPing']);
  });

  it('types settings as a user would, and the last of a repeated option counts', async () => {
    const ended = await start(
      '--date',
      '2026-01-01',
      '--date',
      DAY,
      '--pings',
      '2',
      '--set',
      'topEvents=2',
      '--set',
      'language=en',
      '--locale',
      'en_GB',
      '--sheet-zone',
      'Asia/Tokyo',
      '--again',
    );
    expect(ended.status).toBe(0);
    expect(sheet(ended, 'report').display.map(row => row[0])).toEqual(['Date', DAY, DAY]);
    expect(sheet(ended, 'pings').display).toHaveLength(3);
  });

  it('reports day after day', async () => {
    const ended = await start(
      '--date',
      '2026-10-24',
      '--days',
      '3',
      '--set',
      'timeZone=Europe/Berlin',
      '--pings',
      'all',
    );
    expect(ended.status).toBe(0);
    const pings = sheet(ended, 'days')
      .display.slice(1)
      .map(row => [row[0], row[sheet(ended, 'days').display[0]!.indexOf('Замеров')]]);
    expect(pings).toEqual([
      ['24.10.2026', '24'],
      ['25.10.2026', '25'],
      ['26.10.2026', '24'],
    ]);
  });

  it.each([
    [['--colour', 'red'], 'unknown option --colour'],
    [['--days', '0'], '--days needs a whole number from 1 to 1000'],
    [['--date', '2026-02-30'], '--date needs a day'],
    [['--pings', 'some'], '--pings needs a whole number'],
    [['--set', 'topEvents'], '--set needs key=value'],
    [['--set', 'colour=red'], '--set: there is no setting "colour"'],
    [['--amocrm', 'ftp://x'], "--amocrm needs a server's address"],
    [['--sheet-zone', 'Moscow'], '--sheet-zone needs a time zone'],
    [['--locale', 'zz'], '--locale needs a spreadsheet locale'],
    [['--locale', 'russian'], '--locale needs a spreadsheet locale'],
    [['--auth', 'oauth'], '--auth oauth needs --client-id, --client-secret and --auth-code'],
    [['--again=yes'], '--again takes no value'],
    [['now'], 'unexpected "now"'],
  ])('%j is one clear line and status 2', async (args, text) => {
    const { status, out, err } = await start(...args);
    expect({ status, out, lines: err.trim().split('\n').length }).toEqual({ status: 2, out: '', lines: 1 });
    expect(err).toContain(text);
  });
});

describe('npm start over HTTP', () => {
  let server: ChildProcess;
  let address = '';
  let token = '';

  beforeAll(async () => {
    const args = [
      ...TSX,
      'test/local/amocrm.ts',
      '--port',
      '0',
      '--events',
      '1500',
      '--users',
      '73',
      '--date',
      DAY,
      '--latency',
      '5',
    ];
    server = spawn(process.execPath, args, { cwd: ROOT });
    let printed = '';
    await new Promise<void>(ready => {
      server.stdout!.on('data', chunk => {
        printed += chunk;
        if (printed.includes('try it')) ready();
      });
    });
    address = /address: (\S+)/.exec(printed)![1]!;
    token = /token: (\S+)/.exec(printed)![1]!;
  });
  afterAll(() => server.kill('SIGKILL'));

  it('M17 T13 · agrees with the oracle of npm run amocrm in real time, under its limit, with few more requests than pages', async () => {
    const ended = await start('--amocrm', address, '--token', token, '--date', DAY, '--pings', '2');
    expect(ended.status).toBe(0);
    const oracle = (await (await fetch(`${address}/__oracle?date=${DAY}`)).json()) as OracleReport;
    expect(
      sheet(ended, 'report')
        .values.slice(1)
        .map(row => row[2]),
    ).toEqual(oracle.top.map(([, count]) => count));
    expect(sheet(ended, 'days').values[1]!.slice(2, 4)).toEqual([oracle.total, oracle.automated]);
    const pages = Math.ceil(oracle.total / 100);
    const pingRequests = 2 * 3;
    // Pipelines, fields of four kinds of cards, stages of customers, and kinds of tasks.
    const names = 7;
    expect(workbook(ended).requests - pingRequests - pages - names).toBeLessThanOrEqual(16);
    // Elsewhere the figure may stand in an id or a share.
    expect(JSON.stringify([sheet(ended, 'log').display, sheet(ended, 'days').display])).not.toContain('429');
    const pings = sheet(ended, 'pings').display;
    expect(pings.slice(1).map(row => row[pings[0]!.indexOf('Статус HTTP')])).toEqual(['200', '200']);
    expect(readFileSync(join(ended.folder, 'workbook.json'), 'utf8')).not.toContain(token);
  });

  it('M1 T9 · a ping holds the request alone, also right after another execution', async () => {
    const ended = await start(
      ...['--amocrm', address, '--token', token, '--date', DAY, '--pings', '2', '--set', 'pingSamples=1'],
    );
    const [header, ...rows] = sheet(ended, 'pings').values;
    const ms = rows.map(row => row[header!.indexOf('Отклик (мс)')] as number);
    expect(ms).toHaveLength(2);
    expect(Math.max(...ms)).toBeLessThan(400);
  });

  it('M16 · with a wrong token ends with status 1, names the cause, invents nothing, shows no secret', async () => {
    const secret = 'planted-secret-0815';
    const ended = await start('--amocrm', address, '--token', secret, '--date', DAY, '--pings', '1');
    expect(ended.status).toBe(1);
    expect(ended.out).toContain('amoCRM не принимает токен (401)');
    expect(sheet(ended, 'report').display).toHaveLength(1);
    expect(sheet(ended, 'log').display.at(-1)!.join(' ')).toContain('не принимает токен');
    const files = ['workbook.json', 'workbook.xlsx'].map(name =>
      readFileSync(join(ended.folder, name), 'latin1'),
    );
    expect([ended.out, ended.err, ...files].join('\n')).not.toContain(secret);
  });
});
