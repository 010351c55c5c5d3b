import type { Cell } from '../../src/core/cell';
import type { SettingRow } from '../../src/core/settings';
import { languageOf, TEXTS } from '../../src/core/texts';
import type { Dialogs, HttpRequest, Outside, Triggers } from '../../src/ports';
import type { FakeServer } from './amoAnswers';
import { type FakeClock, fakeClock } from './fakeClock';
import { type MemoryMutex, memoryMutex, memoryProperties } from './memoryStores';
import { emptyContents, makeSheets, memoryWorkbook, type WorkbookContents } from './memoryWorkbook';
import { type Steps, steps } from './steps';

const MOST_TRIGGERS = 20; // per user and script, [doc Q]
const MOST_REQUESTS_A_RUN = 5_000; // a story that never ends must fail, not hang

/** A world for one story, and windows into it. */
export interface InMemory {
  outside: Outside;
  clock: FakeClock;
  steps: Steps;
  contents: WorkbookContents;
  properties: Map<string, string>;
  mutex: MemoryMutex;
  requests: { request: HttpRequest; sent: number; answered: number }[];
  triggers: { id: string; handler: string }[];
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
}

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
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `id-${ids}`;
  };

  const outside: Outside = {
    clock,
    http: {
      get(request) {
        step('http.get', new URL(request.url).pathname);
        if (mutex.held) throw new Error('A request inside the lock');
        if (requests.length >= MOST_REQUESTS_A_RUN) throw new Error('Requests without end');
        const sent = clock.now();
        const nth = requests.length + 1;
        clock.pass(parts.latency?.(nth, request) ?? 40);
        requests.push({ request, sent, answered: clock.now() });
        if (!parts.server) throw new Error(`Nobody was expected to ask ${request.url}`);
        return parts.server(request, nth, sent);
      },
    },
    properties: memoryProperties(properties, step),
    mutex,
    workbook: memoryWorkbook(contents, { locale, timeZone }, step),
    dialogs: dialogs(parts.person, shown, mutex),
    triggers: memoryTriggers(triggers, newId, step),
    answered: [],
    // Each job of a test is an execution of its own.
    get startedAt() {
      return clock.now();
    },
    console: {
      write(level, text) {
        console.push({ level, text });
      },
    },
    uniqueId: newId,
  };
  const everythingShown = () =>
    JSON.stringify([contents.tables, contents.settings, contents.problems, console, shown]);
  return {
    ...{ outside, clock, steps: walk, contents, properties, mutex },
    ...{ requests, triggers, shown, console, everythingShown },
  };
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
  };
}

function memoryTriggers(triggers: InMemory['triggers'], newId: () => string, step: Steps['step']): Triggers {
  return {
    existing() {
      step('triggers.existing');
      return triggers.map(trigger => ({ ...trigger }));
    },
    create(schedule) {
      step('triggers.create', schedule.handler);
      if (triggers.length >= MOST_TRIGGERS) throw new Error('This script has too many triggers');
      const id = newId();
      triggers.push({ id, handler: schedule.handler });
      return id;
    },
    remove(id) {
      step('triggers.remove', id);
      const index = triggers.findIndex(trigger => trigger.id === id);
      if (index < 0) throw new Error(`There is no trigger ${id}`);
      triggers.splice(index, 1);
    },
  };
}
