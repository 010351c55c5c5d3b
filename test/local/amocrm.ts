/** `npm run amocrm`: the pretend amoCRM over HTTP, for this product and for other clients. */

import { believableDay } from '../simulator/generator';
import { serve } from '../simulator/server';
import { Simulator } from '../simulator/simulator';
import { shiftDate, wallTime } from '../simulator/wallClock';
import { BadOption, calendarDay, readCommandLine, runCommand, wholeNumber } from './commandLine';

const TIME_ZONE = 'Europe/Moscow';

const USAGE = 'npm run amocrm -- [--port N] [--events N] [--date YYYY-MM-DD] [--users N] [--latency MS]';

interface Wanted {
  port: number;
  date: string;
  events: number | undefined;
  users: number | undefined;
  latency: number | undefined;
}

function wanted(args: string[]): Wanted {
  const text = { type: 'string' } as const;
  const given = readCommandLine(args, { port: text, events: text, date: text, users: text, latency: text });
  return {
    port: wholeNumber('port', given, 0, 65_535) ?? 8787,
    date: calendarDay('date', given) ?? shiftDate(wallTime(Date.now(), TIME_ZONE).date, -1),
    events: wholeNumber('events', given, 0, 1_000_000),
    users: wholeNumber('users', given, 1, 5_000),
    latency: wholeNumber('latency', given, 0, 600_000),
  };
}

function open({ date, events, users, latency }: Wanted): Simulator {
  const day = believableDay({
    date,
    timeZone: TIME_ZONE,
    seed: 'local',
    ...(events === undefined ? {} : { events }),
    ...(users === undefined ? {} : { users }),
  });
  return new Simulator({
    users: day.users,
    customFields: day.customFields,
    pipelines: day.pipelines,
    events: day.events,
    timeZone: TIME_ZONE,
    // The caller's clock may stand elsewhere than ours.
    eventsAppear: 'at-once',
    ...(latency === undefined ? {} : { latency: { min: latency, max: latency, byHour: [] } }),
  });
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
      '',
    ].join('\n'),
  );
  return undefined;
});
