import type { Cell } from '../../src/core/cell';
import type { Schedule } from '../../src/core/schedule';
import type { SettingRow } from '../../src/core/settings';
import { languageOf, TEXTS } from '../../src/core/texts';
import type { Dialogs, HttpRequest, HttpResult, Outside, Triggers } from '../../src/ports';
import type { FakeServer } from './amoAnswers';
import { type FakeClock, fakeClock } from './fakeClock';
import { type MemoryMutex, memoryMutex, memoryProperties } from './memoryStores';
import { emptyContents, makeSheets, memoryWorkbook, type WorkbookContents } from './memoryWorkbook';
import { sentTogether } from './sentTogether';
import { type Steps, steps } from './steps';

const MOST_TRIGGERS = 20; // per user and script, [doc Q]
const MOST_REQUESTS_A_RUN = 5_000; // a story that never ends must fail, not hang

/** A trigger as the platform keeps it. */
export interface MemoryTrigger {
  id: string;
  handler: string;
  /** Who made it: nobody else sees it. Without one everybody does. */
  owner?: string | undefined;
  schedule?: Schedule;
  /** When a one-off trigger fires at the earliest, epoch ms. */
  onceAt?: number;
}

/** A world for one story, and windows into it. */
export interface InMemory {
  /** Each look at it begins an execution: its time counts from then. */
  readonly outside: Outside;
  /** In whose name the next execution runs. */
  user: string | undefined;
  /** How long the next execution may work, in ms. */
  workingMs: number;
  /** Whether a trigger calls the next execution. */
  byTrigger: boolean;
  clock: FakeClock;
  steps: Steps;
  contents: WorkbookContents;
  properties: Map<string, string>;
  mutex: MemoryMutex;
  requests: { request: HttpRequest; sent: number; answered: number }[];
  triggers: MemoryTrigger[];
  mails: { to: string; subject: string; body: string }[];
  /** How many more mails the platform takes. */
  mailsLeft: number;
  /** What the person was told and asked, in order. */
  shown: string[];
  console: { level: string; text: string }[];
  /** Every text that left the run: cells, problems, console, dialogs. For the search for secrets. */
  everythingShown(): string;
}

export interface WorldParts {
  /** ISO 8601 with an offset */
  now?: string;
  server?: FakeServer;
  /** How long the nth request takes, in ms. */
  latency?: (nth: number, request: HttpRequest) => number;
  /** undefined: the sheets are not made yet. */
  settings?: Partial<Record<SettingRow, Cell>> | undefined;
  properties?: Record<string, string>;
  locale?: string;
  timeZone?: string;
  /** What the person types or presses, in order; undefined is Cancel. Without it nobody sits there. */
  person?: readonly (string | boolean | undefined)[];
  workingMs?: number;
}

export const REDIRECT_URI = 'https://script.google.com/macros/d/SCRIPT/usercallback';
export const USER = 'owner@example.com';
const WORKING_MS = 270_000;

export function inMemoryOutside(parts: WorldParts): InMemory {
  const { locale = 'ru_RU', timeZone = 'Europe/Moscow', now = '2026-11-19T03:05:00+03:00' } = parts;
  const clock = fakeClock(now);
  const walk = steps();
  const { step } = walk;
  const contents = emptyContents();
  if (parts.settings) {
    makeSheets(contents, TEXTS[languageOf('auto', locale)]);
    for (const [key, value] of Object.entries(parts.settings)) {
      contents.settings.find(row => row.key === key)!.value = value;
    }
  }
  const properties = new Map(Object.entries(parts.properties ?? {}));
  const mutex = memoryMutex(step);
  const requests: InMemory['requests'] = [];
  const shown: string[] = [];
  const console: InMemory['console'] = [];
  const triggers: InMemory['triggers'] = [];
  const mails: InMemory['mails'] = [];
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `id-${ids}`;
  };

  const sendAll = (batch: readonly HttpRequest[]): HttpResult[] => {
    step('http.send', batch.map(({ url }) => new URL(url).pathname).join(' '));
    const sent = clock.now();
    const nth = requests.length;
    const results = sentTogether(clock, batch, request => {
      // The one exception: tokens that work once are asked for and saved under the lock.
      const isForTokens = request.json !== undefined || 'X-Refresh-Token' in request.headers;
      if (mutex.held && !isForTokens) throw new Error('A request inside the lock');
      if (requests.length >= MOST_REQUESTS_A_RUN) throw new Error('Requests without end');
      const takes = parts.latency?.(requests.length + 1, request) ?? 40;
      requests.push({ request, sent, answered: sent });
      const place = requests.length;
      const answer = () => {
        if (!parts.server) throw new Error(`Nobody was expected to ask ${request.url}`);
        return parts.server(request, place, sent);
      };
      return { takes, answer };
    });
    for (const one of requests.slice(nth)) one.answered = clock.now();
    return results;
  };
  const services: Omit<Outside, 'startedAt' | 'countedUntil' | 'workingMs' | 'byTrigger' | 'properties'> = {
    clock,
    http: {
      send: request => sendAll([request])[0]!,
      sendAll,
    },
    mutex,
    logMutex: mutex,
    workbook: memoryWorkbook(contents, { locale, timeZone }, step),
    dialogs: dialogs(parts.person, shown, mutex),
    triggers: memoryTriggers(triggers, { newId, step, clock, user: () => world.user }),
    mailer: {
      left() {
        step('mailer.left');
        return world.mailsLeft;
      },
      send(to, subject, body) {
        step('mailer.send', to);
        if (mutex.held) throw new Error('A mail inside the lock');
        if (world.mailsLeft === 0) throw new Error('Service invoked too many times for one day: email.');
        world.mailsLeft -= 1;
        mails.push({ to, subject, body });
      },
    },
    sidebar: { show: texts => void shown.push(`sidebar ${texts.language}`) },
    consent: { redirectUri: () => REDIRECT_URI, stateToken: () => 'state-token' },
    whoami: () => world.user,
    console: {
      write(level, text) {
        console.push({ level, text });
      },
    },
    uniqueId: newId,
  };
  const everythingShown = () =>
    JSON.stringify([contents.tables, contents.settings, contents.problems, console, shown, mails]);
  const world: InMemory = {
    get outside() {
      const { byTrigger, workingMs } = world;
      return {
        ...services,
        properties: memoryProperties(properties, step),
        ...{ byTrigger, workingMs, startedAt: clock.now(), countedUntil: clock.now() },
      };
    },
    ...{ user: USER, workingMs: parts.workingMs ?? WORKING_MS, byTrigger: parts.person === undefined },
    ...{ clock, steps: walk, contents, properties, mutex, mailsLeft: 100 },
    ...{ requests, triggers, mails, shown, console, everythingShown },
  };
  return world;
}

function dialogs(person: WorldParts['person'], shown: string[], mutex: MemoryMutex): Dialogs {
  const answers = [...(person ?? [])];
  const show = (text: string) => {
    if (mutex.held) throw new Error('A dialog inside the lock');
    shown.push(text);
  };
  const next = (question: string) => {
    if (answers.length === 0) throw new Error(`Nobody was expected to be asked: ${question}`);
    return answers.shift();
  };
  return {
    available: person !== undefined,
    tell(text) {
      if (person) show(text);
    },
    ask(question) {
      if (!person) return undefined;
      show(question);
      const answer = next(question);
      if (typeof answer === 'boolean') throw new Error(`A text was asked for: ${question}`);
      return answer;
    },
    confirm(question) {
      if (!person) return false;
      show(question);
      const answer = next(question);
      if (typeof answer === 'string') throw new Error(`Yes or no was asked: ${question}`);
      return answer ?? false;
    },
    toast(text) {
      if (mutex.held) throw new Error('A dialog inside the lock');
      shown.push(text);
    },
  };
}

function memoryTriggers(
  triggers: InMemory['triggers'],
  {
    newId,
    step,
    clock,
    user,
  }: {
    newId: () => string;
    step: Steps['step'];
    clock: FakeClock;
    user: () => string | undefined;
  },
): Triggers {
  const visible = () => triggers.filter(({ owner }) => owner === undefined || owner === user());
  const add = (trigger: Omit<MemoryTrigger, 'id' | 'owner'>): string => {
    if (visible().length >= MOST_TRIGGERS) throw new Error('This script has too many triggers');
    const id = newId();
    triggers.push({ id, owner: user(), ...trigger });
    return id;
  };
  return {
    existing() {
      step('triggers.existing');
      return visible().map(({ id, handler }) => ({ id, handler }));
    },
    create(schedule) {
      step('triggers.create', schedule.handler);
      return add({ handler: schedule.handler, schedule });
    },
    createOnce(handler, afterMs) {
      step('triggers.createOnce', handler);
      add({ handler, onceAt: clock.now() + afterMs });
    },
    remove(id) {
      step('triggers.remove', id);
      const index = triggers.findIndex(trigger => trigger.id === id && visible().includes(trigger));
      if (index < 0) throw new Error(`There is no trigger ${id}`);
      triggers.splice(index, 1);
    },
  };
}
