import { fieldOfType } from '../../core/event';
import type { Subject, SubjectKind } from '../../core/subject';
import { isObject } from '../answer';

/** A tag's name may be anything, and is stored. */
const LONGEST_ID = 100; // UTF-16 units
/** A value may be huge; what it is about stands in front. */
const MOST_ELEMENTS = 100;
/** Of what is taken away the value before tells more. */
const REMOVAL = /_(?:deleted|unlinked|detached|removed)$/;

/** What an element of a value is about, by the key it has ([D crm_platform/events-and-notes], [I 8591417372]). */
const READERS: readonly [key: string, kind: SubjectKind, id: (value: Value) => unknown][] = [
  ['lead_status', 'stage', stageOf],
  ['customer_status', 'customerStage', ({ id }) => id],
  ['tag', 'tag', ({ name }) => name],
  ['custom_field_value', 'field', ({ field_id: id }) => id],
  ['responsible_user', 'responsible', ({ id }) => id],
  ['task_type', 'taskType', ({ id }) => id],
  ['message', 'channel', ({ origin }) => (typeof origin === 'string' ? origin : undefined)],
  ['link', 'linked', linkedKind],
  ['unlink', 'linked', linkedKind],
  ['helpbot', 'bot', ({ id }) => id],
];

type Value = Readonly<Record<string, unknown>>;

/**
 * What an event is about, by the shape of its values, whatever its type: types that nobody has described yet use known
 * shapes. undefined where none is known.
 */
export function subjectOfEvent(type: string, after: unknown, before: unknown): Subject | undefined {
  const field = fieldOfType(type);
  if (field !== undefined) return { kind: 'field', id: field };
  const values = REMOVAL.test(type) ? [before, after] : [after, before];
  for (const value of values) {
    const subject = subjectOfElements(elementsOf(value));
    if (subject) return subject;
  }
  return undefined;
}

/** The first element that is known decides; of tags all count, for several are set at once. */
function subjectOfElements(elements: readonly unknown[]): Subject | undefined {
  const subjects = elements.flatMap(element => subjectOfElement(element) ?? []);
  const [first] = subjects;
  if (first?.kind !== 'tag') return first;
  const names = new Set(subjects.filter(({ kind }) => kind === 'tag').map(({ id }) => id));
  return { kind: 'tag', id: [...names].sort().join(', ').slice(0, LONGEST_ID) };
}

function subjectOfElement(element: unknown): Subject | undefined {
  if (!isObject(element)) return undefined;
  for (const [key, kind, read] of READERS) {
    const value = element[key];
    const id = isObject(value) ? idOf(read(value)) : undefined;
    if (id !== undefined) return { kind, id };
  }
  return undefined;
}

function elementsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, MOST_ELEMENTS) : [value];
}

function idOf(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  return typeof value === 'string' && value !== '' ? value.slice(0, LONGEST_ID) : undefined;
}

function stageOf({ id, pipeline_id: pipeline }: Value): string | undefined {
  const status = idOf(id);
  return status === undefined ? undefined : `${idOf(pipeline) ?? ''}/${status}`;
}

function linkedKind({ entity }: Value): unknown {
  return isObject(entity) ? entity['type'] : undefined;
}
