import { ACTORS, type Actor } from '../../src/core/actor';
import type { EpochSeconds } from '../../src/core/day';
import type { Entity } from '../../src/core/entity';
import { type AmoEvent, countedType } from '../../src/core/event';
import { processKey } from '../../src/core/process';
import type { Subject } from '../../src/core/subject';
import type { AttributedEvent } from '../../src/core/sums';

/** An event as a test of counting needs it. */
export interface Doing {
  type?: string;
  actor?: Actor;
  /** 0 to 23 */
  hour?: number;
  at?: EpochSeconds;
  author?: number | undefined;
  entity?: Entity | undefined;
  subject?: Subject | undefined;
  id?: string;
}

export const A_LEAD: Entity = { type: 'lead', id: 26_060_763 };

let made = 0;

/** An event with its doer and its process, as attribution gives it. */
export function attributedEvent(doing: Doing = {}): AttributedEvent {
  const {
    type = 'lead_added',
    actor = 'robot',
    hour = 5,
    at = 1_763_413_200,
    author,
    entity,
    subject,
  } = doing;
  made += 1;
  const event: AmoEvent = {
    ...{ id: doing.id ?? `e${made}`, type, createdAt: at, entity, subject },
    createdBy: author ?? (actor === 'robot' || actor === 'client' ? 0 : undefined),
  };
  const isPeoples = actor === 'person' || actor === 'former';
  const process = isPeoples ? undefined : processKey({ actor, type: countedType(type), about: subject });
  return { event, actor, hour, doing: process, process };
}

export const placeOf = (actor: Actor): number => ACTORS.indexOf(actor);

/** A ULID of a millisecond: the time in Crockford's base 32, and a tail. */
export function ulidAt(ms: number, tail = '04ymgsgfbmfyfy1m'): string {
  const digits = '0123456789abcdefghjkmnpqrstvwxyz';
  let time = '';
  for (let left = ms, place = 0; place < 10; place += 1, left = Math.floor(left / 32))
    time = digits[left % 32] + time;
  return time + tail;
}
