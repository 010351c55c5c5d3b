import { serialOf } from '../core/day';
import { messageOf } from '../core/thrown';
import { withoutSecrets } from '../core/token';
import { LockBusy } from '../ports';
import type { Run } from './run';

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
 * Tells the console, the log and the person at the keyboard. A log that cannot be written is told to the others.
 * @param mayWrite whether the log may be written at all
 */
export function tellEverybody(findings: readonly Finding[], job: string, run: Run, mayWrite: boolean): void {
  const { console, dialogs } = run.outside;
  const safe = findings.map(({ level, detail, ...texts }) => {
    if (detail) console.write(level, `${job}: ${withoutSecrets(detail, run.secrets)}`);
    return { level, ...withoutSecretsIn(texts, run.secrets) };
  });
  const threshold = LEVELS.indexOf(run.settings.logLevel);
  const worthLogging = safe.filter(({ level }) => LEVELS.indexOf(level) >= threshold);
  for (const { level, ...texts } of worthLogging) console.write(level, `${job}: ${joined(texts, ' · ')}`);

  const said = safe.map(({ level: _, ...texts }) => joined(texts, '\n'));
  try {
    if (mayWrite) log(worthLogging, job, run);
  } catch (error) {
    const message = messageOf(error);
    const trouble = withoutSecrets(run.texts.logUnavailable(message), run.secrets);
    console.write('ERROR', `${job}: ${trouble}`);
    said.push(trouble);
  }
  if (said.length > 0) dialogs.tell(said.join('\n\n'));
}

/** Under a lock, since two runs that end together would both write below the same last row. */
function log(findings: readonly Told[], job: string, run: Run): void {
  const { clock, logMutex, workbook } = run.outside;
  if (findings.length === 0) return;
  const rows = findings.map(finding => ({
    when: serialOf(run.startedAt, run.zone),
    job,
    ...finding,
    seconds: Math.round((clock.now() - run.startedAt) / 1000),
    requests: run.gate.requests,
  }));
  const write = () => {
    if (!workbook.has('log')) workbook.ensure(run.texts);
    workbook.table('log', run.texts).append(rows, { most: MOST_LOG_ROWS, order: 'when' });
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
