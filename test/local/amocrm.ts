/** `npm run amocrm`: the pretend amoCRM over HTTP, for this product and for other clients. */

import { believableDay } from '../simulator/generator';
import { serve } from '../simulator/server';
import { Simulator } from '../simulator/simulator';
import { shiftDate, wallTime } from '../simulator/wallClock';
import { BadOption, calendarDay, readCommandLine, runCommand, wholeNumber } from './commandLine';
import { type IntegrationKeys, integrationKeys, KEY_OPTIONS, knownTo } from './integrationKeys';

const TIME_ZONE = 'Europe/Moscow';

const USAGE =
  'npm run amocrm -- [--port N] [--events N] [--date YYYY-MM-DD] [--users N] [--latency MS] ' +
  '[--client-id I --client-secret S --auth-code C [--redirect-uri R] [--access-seconds N]]';

interface Wanted {
  port: number;
  date: string;
  events: number | undefined;
  users: number | undefined;
  latency: number | undefined;
  /** With them an integration can connect. */
  keys: IntegrationKeys | undefined;
  /** undefined: any */
  redirectUri: string | undefined;
  accessSeconds: number | undefined;
}

function wanted(args: string[]): Wanted {
  const text = { type: 'string' } as const;
  const given = readCommandLine(args, {
    ...{ port: text, events: text, date: text, users: text, latency: text },
    ...{ ...KEY_OPTIONS, 'redirect-uri': text, 'access-seconds': text },
  });
  const keys = integrationKeys(given);
  const useless = ['redirect-uri', 'access-seconds'].find(name => !keys && given[name] !== undefined);
  if (useless !== undefined) throw new BadOption(`--${useless} needs --client-id and its like`);
  if (given['redirect-uri'] === '') throw new BadOption('--redirect-uri is empty');
  return {
    keys,
    redirectUri: given['redirect-uri'] as string | undefined,
    accessSeconds: wholeNumber('access-seconds', given, 1, 31_536_000),
    port: wholeNumber('port', given, 0, 65_535) ?? 8787,
    date: calendarDay('date', given) ?? shiftDate(wallTime(Date.now(), TIME_ZONE).date, -1),
    events: wholeNumber('events', given, 0, 1_000_000),
    users: wholeNumber('users', given, 1, 5_000),
    latency: wholeNumber('latency', given, 0, 600_000),
  };
}

function open({ date, events, users, latency, keys, redirectUri, accessSeconds }: Wanted): Simulator {
  const day = believableDay({
    date,
    timeZone: TIME_ZONE,
    seed: 'local',
    ...(events === undefined ? {} : { events }),
    ...(users === undefined ? {} : { users }),
  });
  const oauth = keys && {
    ...knownTo(keys),
    ...(redirectUri === undefined ? {} : { redirectUri, anyRedirectUri: false }),
    ...(accessSeconds === undefined ? {} : { accessLifeSeconds: accessSeconds }),
  };
  return new Simulator({
    users: day.users,
    customFields: day.customFields,
    pipelines: day.pipelines,
    events: day.events,
    timeZone: TIME_ZONE,
    // The caller's clock may stand elsewhere than ours.
    eventsAppear: 'at-once',
    ...(latency === undefined ? {} : { latency: { min: latency, max: latency, byHour: [] } }),
    ...(oauth === undefined ? {} : { oauth }),
  });
}

/** What there is to connect with, and how. */
function integrationLines({ keys, redirectUri, date }: Wanted, address: string): string[] {
  if (!keys) return [];
  const { clientId, clientSecret, authCode } = keys;
  const options = `--client-id ${clientId} --client-secret ${clientSecret} --auth-code ${authCode}`;
  return [
    `client id: ${clientId}`,
    `client secret: ${clientSecret}`,
    `code, works once: ${authCode}`,
    `redirect URI: ${redirectUri ?? 'any'}`,
    `try it: npm start -- --amocrm ${address} --auth oauth ${options} --date ${date}`,
  ];
}

runCommand(USAGE, async () => {
  const options = wanted(process.argv.slice(2));
  const simulator = open(options);
  const server = await serve(simulator, options.port).catch((problem: NodeJS.ErrnoException) => {
    if (problem.code === 'EADDRINUSE') throw new BadOption(`port ${options.port} is taken, choose another`);
    throw problem;
  });
  const stop = () => process.exit(0);
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  process.stdout.write(
    [
      `address: ${server.address}`,
      `token: ${simulator.token}`,
      `account: ${simulator.host}, ${simulator.users.length} users, ${simulator.ledger.events.length} events on ${options.date} (${TIME_ZONE})`,
      `right answer: ${server.address}/__oracle?date=${options.date}`,
      `try it: npm start -- --amocrm ${server.address} --token ${simulator.token} --date ${options.date}`,
      ...integrationLines(options, server.address),
      '',
    ].join('\n'),
  );
  return undefined;
});
