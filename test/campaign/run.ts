/** `npm run campaign`: kills, failures and interleavings at every point, and weeks of chaos, on all cores. */

import { availableParallelism } from 'node:os';
import { type CampaignOptions, readOptions, USAGE } from './campaignOptions';
import { Crew } from './crew';
import {
  chaosGroup,
  command,
  type Group,
  interleaveGroups,
  killGroups,
  PARTS,
  type Part,
  play,
  sizeGroup,
  type Task,
} from './tasks';

const SHOWN_FAILURES = 10;
const SHOWN_PROBLEMS = 3;

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (typeof options === 'string') {
    console.error(`${options}\n${USAGE}`);
    return 2;
  }
  if (options.single) return playSingle(options.single);
  let failures = 0;
  const crew = new Crew(options.workers ?? availableParallelism());
  try {
    for (const part of PARTS.filter(one => !options.only || one === options.only)) {
      for (const group of groupsOf(part, options)) failures += await playGroup(group, crew, options);
    }
  } finally {
    crew.dismiss();
  }
  console.log(failures === 0 ? 'campaign: all right' : `campaign: ${failures} failures`);
  return failures === 0 ? 0 : 1;
}

function playSingle(task: Task): number {
  const problems = play(task);
  for (const problem of problems) console.log(problem);
  console.log(`${problems.length === 0 ? 'right' : 'WRONG'}: ${command(task)}`);
  return problems.length === 0 ? 0 : 1;
}

function groupsOf(part: Part, options: CampaignOptions): Group[] {
  const { group, seed, stride, weather, weeks } = options;
  const groups = (): Group[] => {
    switch (part) {
      case 'size':
        return [sizeGroup()];
      case 'chaos':
        return [chaosGroup(weather, seed, weeks)];
      case 'interleave':
        return interleaveGroups(stride, options.all);
      default:
        return killGroups(part, stride, options.all);
    }
  };
  return group === undefined ? groups() : groups().filter(({ name }) => name === group);
}

/** @returns how many of its tasks failed, those that may fail not counted */
async function playGroup(group: Group, crew: Crew, options: CampaignOptions): Promise<number> {
  const { name, part, pending, tasks } = group;
  const began = Date.now();
  let done = 0;
  let failed = 0;
  let shown = Date.now();
  await crew.playAll(tasks, (task, problems) => {
    done += 1;
    if (problems.length > 0) {
      failed += 1;
      if (failed <= SHOWN_FAILURES && !(pending && !options.verbose)) showFailure(task, problems);
    }
    if (Date.now() - shown < 15_000) return;
    shown = Date.now();
    console.log(`  ${part} ${name}: ${done} of ${tasks.length}, ${failed} failed`);
  });
  const seconds = Math.round((Date.now() - began) / 1000);
  const yet = failed === 0 && tasks.length > 0 ? ', yet all right: take the mark away' : '';
  const state = pending ? `pending (${pending})${yet}` : failed > 0 ? 'FAILED' : 'right';
  console.log(`${part} ${name}: ${tasks.length} played, ${failed} failed, ${seconds} s: ${state}`);
  return pending ? 0 : failed;
}

function showFailure(task: Task, problems: readonly string[]): void {
  console.log(command(task));
  for (const problem of problems.slice(0, SHOWN_PROBLEMS)) console.log(`    ${problem.slice(0, 500)}`);
  const more = problems.length - SHOWN_PROBLEMS;
  if (more > 0) console.log(`    … and ${more} more`);
}

main().then(
  code => {
    process.exitCode = code;
  },
  error => {
    console.error(error);
    process.exitCode = 1;
  },
);
