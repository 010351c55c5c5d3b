import { WHENS, type When } from './killSweep';
import { PARTS, type Part, type Task } from './tasks';
import { WEATHERS, type WeatherName } from './weather';

export interface CampaignOptions {
  only?: Part;
  /** Plays this one task and tells all that is wrong with it. */
  single?: Task;
  /** Only this scenario, pair or weather. */
  group?: string;
  /** Only every n-th point. */
  stride: number;
  weather: WeatherName;
  /** The first seed. */
  seed: number;
  weeks: number;
  workers?: number;
  /** Tells of the failures of what is pending, too. */
  verbose: boolean;
  /** Also blows that leave what another one leaves. */
  all: boolean;
}

export const USAGE = `npm run campaign -- [--only ${PARTS.join('|')}] [--scenario NAME | --pair NAME] [--stride N]
  [--weather ${Object.keys(WEATHERS).join('|')}] [--weeks N] [--first-seed N] [--workers N] [--verbose] [--all]
One of them again:
  --only kill|fail --scenario NAME --at N --when ${WHENS.join('|')}
  --only interleave --pair NAME --at N [--cut N]
  --only chaos --seed N [--weather NAME]
  --only size --events N`;

const NAMES = [
  'only',
  'scenario',
  'pair',
  'at',
  'when',
  'cut',
  'events',
  'seed',
  'first-seed',
  'weather',
  'weeks',
  'stride',
  'workers',
];

/** @returns the options, or what is wrong with them */
export function readOptions(words: readonly string[]): CampaignOptions | string {
  const given = new Map<string, string>();
  let verbose = false;
  let all = false;
  for (let i = 0; i < words.length; i++) {
    const name = words[i]!.replace(/^--/, '');
    if (words[i] === '--verbose') verbose = true;
    else if (words[i] === '--all') all = true;
    else if (!words[i]!.startsWith('--') || !NAMES.includes(name)) return `What is ${words[i]}?`;
    else if (words[i + 1] === undefined) return `${words[i]} needs a value`;
    else given.set(name, words[++i]!);
  }
  if (given.has('events') && !/^\d+$/.test(given.get('events')!)) return '--events needs a number';
  for (const name of ['at', 'cut', 'seed', 'first-seed', 'weeks', 'stride', 'workers']) {
    const value = given.get(name);
    if (value !== undefined && !/^[1-9]\d*$/.test(value)) return `--${name} needs a number from 1`;
  }
  const number = (name: string) => (given.has(name) ? Number(given.get(name)) : undefined);
  const only = given.get('only') as Part | undefined;
  if (only !== undefined && !PARTS.includes(only)) return `There is no part "${only}"`;
  const weather = (given.get('weather') ?? 'storm') as WeatherName;
  if (!(weather in WEATHERS)) return `There is no weather "${weather}"`;
  const when = (given.get('when') ?? 'before') as When;
  if (!WHENS.includes(when)) return `There is no "--when ${when}"`;
  const group = given.get('scenario') ?? given.get('pair');
  const at = number('at');
  if (at !== undefined && (group === undefined || only === undefined || only === 'chaos' || only === 'size'))
    return '--at belongs to a scenario or a pair, and needs --only';
  const [cut, events, seed] = ['cut', 'events', 'seed'].map(number);
  const single = singleTask({ only, group, at, when, cut, events, seed, weather });
  const workers = number('workers');
  return {
    ...(only === undefined ? {} : { only }),
    ...(single === undefined ? {} : { single }),
    ...(group === undefined ? {} : { group }),
    ...(workers === undefined ? {} : { workers }),
    stride: number('stride') ?? 1,
    weather,
    seed: number('first-seed') ?? 1,
    weeks: number('weeks') ?? 1000,
    verbose,
    all,
  };
}

function singleTask(words: {
  only: Part | undefined;
  group: string | undefined;
  at: number | undefined;
  when: When;
  cut: number | undefined;
  events: number | undefined;
  seed: number | undefined;
  weather: WeatherName;
}): Task | undefined {
  const { at, cut, events, group, only, seed, weather, when } = words;
  if (events !== undefined) return { part: 'size', events };
  if (seed !== undefined) return { part: 'chaos', seed, weather };
  if (at === undefined || group === undefined) return undefined;
  if (only === 'kill' || only === 'fail') return { part: only, scenario: group, blow: { at, when } };
  const meeting = cut === undefined ? { at } : { at, cut };
  return { part: 'interleave', pair: group, meeting };
}
