import { availableParallelism } from 'node:os';
import { type Given, readCommandLine, wholeNumber } from '../local/commandLine';

export const USAGE = 'npm run bench -- [--json] [--only EVENTS] [--latency MS] [--workers N]';

export interface BenchOptions {
  json: boolean;
  /** One size in place of all of them. */
  only: number | undefined;
  /** One round trip in place of all of them. */
  latencyMs: number | undefined;
  workers: number;
}

/** @throws BadOption */
export function benchOptions(args: string[]): BenchOptions {
  const given: Given = readCommandLine(args, {
    json: { type: 'boolean' },
    only: { type: 'string' },
    latency: { type: 'string' },
    workers: { type: 'string' },
  });
  return {
    json: given['json'] === true,
    only: wholeNumber('only', given, 1, 1_000_000),
    latencyMs: wholeNumber('latency', given, 1, 60_000),
    workers: wholeNumber('workers', given, 1, 64) ?? availableParallelism(),
  };
}
