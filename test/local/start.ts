/**
 * `npm start`: the product in an emulated Google account, against the simulator or a real server. Shows the report
 * and leaves the workbook as files. See design contract 4, repeated in the README.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { marksInForce } from '../../src/core/sheetMark';
import { SHEET_MARK } from '../../src/core/tables';
import type { Network } from '../emulator/contract';
import { printTable } from '../emulator/export/print-table';
import { workbookJson } from '../emulator/export/workbook-json';
import { workbookXlsx } from '../emulator/export/workbook-xlsx';
import { inProcessNetwork } from '../emulator/inProcess';
import { amocrmRoute, httpNetwork } from '../emulator/overHttp';
import { believableDay } from '../simulator/generator';
import { Simulator } from '../simulator/simulator';
import { shiftDate, wallTime } from '../simulator/wallClock';
import { locateColumns } from './columns';
import { runCommand } from './commandLine';
import { knownTo } from './integrationKeys';
import { type Rehearsal, rehearse } from './rehearsal';
import { type StartOptions, startOptions, USAGE } from './startOptions';

const COMPANY_ZONE = 'Europe/Moscow';
const COMPANY_SEED = 'npm start';

runCommand(USAGE, async () => {
  const options = startOptions(process.argv.slice(2));
  const firstDay = options.date ?? shiftDate(wallTime(Date.now(), COMPANY_ZONE).date, -1);
  const { network, address, token } = otherEnd(options, firstDay);
  const rehearsal = rehearse({
    bundleDir: resolve(__dirname, '../../dist'),
    network,
    address: options.settings.filter(({ key }) => key === 'baseUrl').at(-1)?.value ?? address,
    token: options.settings.filter(({ key }) => key === 'token').at(-1)?.value ?? token,
    keys: options.keys,
    settings: options.settings.filter(({ key }) => key !== 'baseUrl'),
    locale: options.locale,
    sheetZone: options.sheetZone,
    firstDay,
    days: options.days,
    pings: options.pings,
    again: options.again,
  });
  await tell(rehearsal, options.out);
  const { reports } = rehearsal;
  return reports.every(({ complete }) => complete) ? 0 : 1;
});

/** amoCRM: a real server, or a company of our own making, with its neighbouring days for zones other than its own. */
function otherEnd(
  options: StartOptions,
  firstDay: string,
): { network: Network; address: string; token: string } {
  if (options.amocrm !== undefined) {
    const network = httpNetwork({ route: amocrmRoute(options.amocrm) });
    return { network, address: 'demo.amocrm.ru', token: options.token ?? '' };
  }
  const dates = Array.from({ length: options.days + 2 }, (_, index) => shiftDate(firstDay, index - 1));
  const days = dates.map(date => believableDay({ date, timeZone: COMPANY_ZONE, seed: COMPANY_SEED }));
  const simulator = new Simulator({
    users: days[0]!.users,
    customFields: days[0]!.customFields,
    pipelines: days[0]!.pipelines,
    events: days.flatMap(day => day.events),
    timeZone: COMPANY_ZONE,
    ...(options.keys === undefined ? {} : { oauth: knownTo(options.keys) }),
  });
  const admin = simulator.users.find(user => user.isAdmin) ?? simulator.users[0]!;
  const token = options.token === undefined ? simulator.token : simulator.issueToken(options.token, admin.id);
  return { network: inProcessNetwork(simulator), address: simulator.host, token };
}

async function tell({ world, reports }: Rehearsal, out: string): Promise<void> {
  const { workbook, triggers, mail, requests } = world;
  const { sheet } = locateColumns(workbook, 'report');
  const lines = [printTable(workbook.display(sheet)), ''];
  for (const { day, complete, problems } of reports) {
    lines.push(
      `${day}: ${complete ? 'complete' : 'NOT complete'}`,
      ...problems.map(problem => `  ${problem}`),
    );
  }

  const folder = resolve(out);
  await mkdir(folder, { recursive: true });
  const extras = { sheetMark: SHEET_MARK, nameOf: tableOf, triggers, mail, requests };
  const json = workbookJson(workbook, extras);
  await writeFile(join(folder, 'workbook.json'), `${JSON.stringify(json, undefined, 1)}\n`);
  await writeFile(join(folder, 'workbook.xlsx'), await workbookXlsx(workbook));
  lines.push(
    '',
    `${requests} requests to amoCRM`,
    join(folder, 'workbook.xlsx'),
    join(folder, 'workbook.json'),
    '',
  );
  process.stdout.write(lines.join('\n'));
}

/** The table's key; a copy of one of our sheets is as foreign as any other. */
function tableOf(mark: string, sheetId: number): string {
  const [key = ''] = marksInForce([{ mark, sheetId }]).keys();
  return key;
}
