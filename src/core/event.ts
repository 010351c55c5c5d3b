import type { EpochSeconds } from './day';
import type { Entity } from './entity';
import type { Subject } from './subject';
import { ulidTime } from './ulid';

/** What counting needs of an amoCRM event ([D crm_platform/events-and-notes]); everything else is left unread. */
export interface AmoEvent {
  id: string;
  type: string;
  createdAt: EpochSeconds;
  /** The author's id; 0 for robots, the system and clients; undefined when absent or not a number. */
  createdBy: number | undefined;
  /** What it happened to; undefined where it does not say. */
  entity: Entity | undefined;
  /** What it is about; undefined where its type says it all. */
  subject: Subject | undefined;
}

const FIELD_TYPE = /^custom_field_(\d+)_value_changed$/;

/** The key that an event counts under: changes of all custom fields are one type. */
export function countedType(type: string): string {
  return FIELD_TYPE.test(type) ? 'custom_field_value_changed' : type;
}

/** The custom field that a type of its own belongs to. */
export function fieldOfType(type: string): string | undefined {
  return FIELD_TYPE.exec(type)?.[1];
}

/**
 * The operation that an event is a part of: what one author did to one entity at one moment was one write. The moment
 * is the millisecond in the event's id, where the id is a ULID of the event's second, else the second.
 */
export function operationKey({ id, createdAt, createdBy, entity }: AmoEvent): string {
  if (!entity) return id;
  const time = ulidTime(id);
  const moment = time !== undefined && Math.floor(time / 1000) === createdAt ? time : createdAt;
  return `${entity.type}:${entity.id}:${createdBy ?? ''}:${moment}`;
}

/** The order in which things happened, as far as it can be told. */
export function byTime(a: AmoEvent, b: AmoEvent): number {
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);
}
