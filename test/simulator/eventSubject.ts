/**
 * What an event is about besides its entity: a stage, a tag, a field. Found by the shape of its values alone, whatever
 * the type [D crm_platform/events-and-notes].
 */

import { byCodeUnits } from './oracle';
import type { SimEvent } from './state';

export type SubjectKind =
  | 'stage'
  | 'customerStage'
  | 'tag'
  | 'field'
  | 'responsible'
  | 'taskType'
  | 'channel'
  | 'linked'
  | 'bot';

export interface Subject {
  kind: SubjectKind;
  /** At most 100 UTF-16 units; a stage's is `<pipeline>/<stage>`, of several tags the names with `, ` between them. */
  id: string;
}

const LONGEST_ID = 100;

/** Of these types what is gone stands in `value_before`. */
const GONE = /_(deleted|unlinked|detached|removed)$/;

const SHAPES: readonly { kind: SubjectKind; id(element: unknown): string | undefined }[] = [
  { kind: 'stage', id: stageIn },
  { kind: 'customerStage', id: element => idAt(element, 'customer_status', 'id') },
  { kind: 'tag', id: tagIn },
  { kind: 'field', id: element => idAt(element, 'custom_field_value', 'field_id') },
  { kind: 'responsible', id: element => idAt(element, 'responsible_user', 'id') },
  { kind: 'taskType', id: element => idAt(element, 'task_type', 'id') },
  { kind: 'channel', id: channelIn },
  { kind: 'linked', id: element => idAt(element, 'link', 'entity', 'type') },
  { kind: 'linked', id: element => idAt(element, 'unlink', 'entity', 'type') },
  { kind: 'bot', id: element => idAt(element, 'helpbot', 'id') },
];

/** Undefined when neither of the values has a known shape. */
export function subjectOf({ type, valueAfter, valueBefore }: SimEvent): Subject | undefined {
  const subject =
    fieldOf(type) ??
    (GONE.test(type)
      ? (subjectIn(valueBefore) ?? subjectIn(valueAfter))
      : (subjectIn(valueAfter) ?? subjectIn(valueBefore)));
  return subject && { ...subject, id: subject.id.slice(0, LONGEST_ID) };
}

/** A field with a type of its own is named by that. */
function fieldOf(type: string): Subject | undefined {
  const id = /^custom_field_(\d+)_value_changed$/.exec(type)?.[1];
  return id === undefined ? undefined : { kind: 'field', id };
}

function subjectIn(values: unknown): Subject | undefined {
  const elements = elementsOf(values);
  const [first] = elements.flatMap(subjectsIn);
  if (first?.kind !== 'tag') return first;
  const names = elements.map(tagIn).filter(name => name !== undefined);
  return { kind: 'tag', id: [...new Set(names)].sort(byCodeUnits).join(', ') };
}

function elementsOf(values: unknown): unknown[] {
  if (Array.isArray(values)) return values;
  return typeof values === 'object' && values !== null ? [values] : [];
}

function subjectsIn(element: unknown): Subject[] {
  return SHAPES.flatMap(({ kind, id: idIn }) => {
    const id = idIn(element);
    return id === undefined ? [] : [{ kind, id }];
  });
}

function stageIn(element: unknown): string | undefined {
  const pipeline = idAt(element, 'lead_status', 'pipeline_id');
  const stage = idAt(element, 'lead_status', 'id');
  return pipeline === undefined || stage === undefined ? undefined : `${pipeline}/${stage}`;
}

function tagIn(element: unknown): string | undefined {
  return idAt(element, 'tag', 'name');
}

/** An origin is a name; a number there is not one. */
function channelIn(element: unknown): string | undefined {
  return typeof valueAt(element, 'message', 'origin') === 'string'
    ? idAt(element, 'message', 'origin')
    : undefined;
}

/** What can be an id, as text: text that is not empty, or a finite number. */
function idAt(element: unknown, ...path: string[]): string | undefined {
  const value = valueAt(element, ...path);
  if (typeof value === 'string' && value !== '') return value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}

function valueAt(element: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined,
    element,
  );
}
