import { format } from 'node:util';
import type { LiveExecution } from '../execution';
import { facade, NOTHING, type Shape } from '../facade';

type Logger = Pick<GoogleAppsScript.Base.Logger, 'log' | 'clear' | 'getLog'>;

/** `console` and `Logger` write to the execution's log [doc …/guides/logging]. No service call; allowed everywhere. */
export function executionLog(execution: LiveExecution): { console: object; Logger: object } {
  const { realm } = execution;
  const write = (level: string, args: readonly unknown[]): void => {
    if (execution.phase === 'ended' || execution.death) return;
    const line = `${level} ${format(...args)}`;
    execution.output('the log', line);
    execution.console.push(line);
  };
  const levels = { log: 'DEBUG', info: 'INFO', warn: 'WARNING', error: 'ERROR' } as const;
  const script: Record<string, unknown> = realm.object({});
  for (const [method, level] of Object.entries(levels)) {
    script[method] = realm.method(args => write(level, args));
  }

  const lines: string[] = [];
  const inside: Logger = {
    log(...args: unknown[]) {
      lines.push(format(...args));
      write('INFO', args);
      return inside as GoogleAppsScript.Base.Logger;
    },
    clear() {
      lines.length = 0;
    },
    getLog: () => lines.join('\n'),
  };
  const anything: readonly (readonly Shape[])[] = Array.from({ length: 8 }, (_, n) =>
    Array<Shape>(n + 1).fill('any'),
  );
  return {
    console: script,
    Logger: facade(execution, 'Logger', inside, {
      log: { takes: anything },
      clear: { takes: NOTHING },
      getLog: { takes: NOTHING },
    }),
  };
}
