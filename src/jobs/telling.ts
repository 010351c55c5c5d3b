import { serialOf } from '../core/day';
import { messageOf } from '../core/thrown';
import { withoutSecrets } from '../core/token';
import { type LogRow, waitingRows } from '../core/waitingRows';
import { LockBusy } from '../ports';
import { LOG_WAITS } from './propertyNames';
import type { Run } from './run';
import { refuseNewer } from './snapshot';

/** What a run has to say: one row of the log each. */
export interface Finding {
  level: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
  what: string;
  effect?: string;
  todo?: string;
  /** The platform's own words, in whatever language: for the console, where engineers read. */
  detail?: string;
}

const LEVELS = ['DEBUG', 'INFO', 'WARN', 'ERROR'];
const MOST_LOG_ROWS = 3_000;

/**
 * Rows of the log that may wait: where nothing but the ordinary is to be told, nobody looks for it at once.
 * @returns undefined where something has to be written now
 */
export function rowsThatWait(findings: readonly Finding[], job: string, run: Run): LogRow[] | undefined {
  if (findings.some(({ level }) => level === 'WARN' || level === 'ERROR')) return undefined;
  return rowsOf(
    worthLogging(
      findings.map(finding => safely(finding, run)),
      run,
    ),
    job,
    run,
  );
}

/**
 * Tells the console, the log and the person at the keyboard. A log that cannot be written is told to the others.
 * @param log.mayWrite whether the log may be written at all
 * @param log.waiting how many of the findings, from the first on, wait for a run that writes to the log
 * @returns rows that waited until now, and stand in the log
 */
export function tellEverybody(
  findings: readonly Finding[],
  job: string,
  run: Run,
  { mayWrite, waiting }: { mayWrite: boolean; waiting: number },
): readonly LogRow[] {
  const { console, dialogs } = run.outside;
  for (const { level, detail } of findings) {
    if (detail) console.write(level, `${job}: ${withoutSecrets(detail, run.secrets)}`);
  }
  const safe = findings.map(finding => safely(finding, run));
  for (const { level, ...texts } of worthLogging(safe, run))
    console.write(level, `${job}: ${joined(texts, ' · ')}`);

  let written: readonly LogRow[] = [];
  const said = safe.map(({ level: _, ...texts }) => joined(texts, '\n'));
  try {
    if (mayWrite) written = log(worthLogging(safe.slice(waiting), run), job, run);
  } catch (error) {
    const message = messageOf(error);
    const trouble = withoutSecrets(run.texts.logUnavailable(message), run.secrets);
    console.write('ERROR', `${job}: ${trouble}`);
    said.push(trouble);
  }
  if (said.length > 0) dialogs.tell(said.join('\n\n'));
  return written;
}

function rowsOf(findings: readonly Told[], job: string, { gate, outside, startedAt, zone }: Run): LogRow[] {
  return findings.map(finding => ({
    when: serialOf(startedAt, zone),
    job,
    ...finding,
    seconds: Math.round((outside.clock.now() - startedAt) / 1000),
    requests: gate.requests,
  }));
}

/**
 * Under a lock, since two runs that end together would both write below the same last row. What waits goes first. It is
 * taken off the list afterwards: a run that ends in between leaves it there, and as it is looked for in the sheet before
 * it is written, it stands once all the same.
 */
function log(findings: readonly Told[], job: string, run: Run): LogRow[] {
  const { logMutex, properties, workbook } = run.outside;
  if (findings.length === 0) return [];
  const rows = rowsOf(findings, job, run);
  const again = rowsWaiting(properties);
  const write = () => {
    // Who has worked from memory has not looked yet.
    refuseNewer(workbook);
    if (!workbook.has('log')) workbook.ensure(run.texts);
    workbook.table('log', run.texts).append(rows, { most: MOST_LOG_ROWS, order: 'when', again });
    // The next run must find what this one wrote ([doc LK]).
    workbook.flush();
  };
  try {
    logMutex.during(write);
  } catch (error) {
    // Better a row that another run might overwrite than none.
    if (!(error instanceof LockBusy)) throw error;
    write();
  }
  return again;
}

/** What is to be told now does not wait for what cannot be read. */
function rowsWaiting(properties: Run['outside']['properties']): LogRow[] {
  try {
    return waitingRows(properties.recall()[LOG_WAITS]);
  } catch {
    return [];
  }
}

function safely({ level, detail: _, ...texts }: Finding, { secrets }: Run): Told {
  return { level, ...withoutSecretsIn(texts, secrets) };
}

function worthLogging(findings: readonly Told[], { settings }: Run): Told[] {
  const threshold = LEVELS.indexOf(settings.logLevel);
  return findings.filter(({ level }) => LEVELS.indexOf(level) >= threshold);
}

type Words = Omit<Finding, 'level' | 'detail'>;
type Told = Required<Omit<Finding, 'detail'>>;

function withoutSecretsIn(
  { what, effect = '', todo = '' }: Words,
  secrets: readonly string[],
): Required<Words> {
  return {
    what: withoutSecrets(what, secrets),
    effect: withoutSecrets(effect, secrets),
    todo: withoutSecrets(todo, secrets),
  };
}

function joined({ what, effect, todo }: Required<Words>, separator: string): string {
  return [what, effect, todo].filter(text => text !== '').join(separator);
}
