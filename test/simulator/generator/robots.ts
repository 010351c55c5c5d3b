/** Robots react within seconds to what people and clients do: tasks, tags, responsible changes, fields, answers. */

import type { EpochMs } from '../../emulator/contract';
import { customFieldKey } from '../eventTypeNames';
import { about, aboutContact, type Lead, ROBOT, type Scene, uuid, withMilliseconds } from './scene';
import { deadline, field, helpbot, link, message, note, responsible, tags } from './values';

const TAGS = ['горячий', 'новый', 'повторный', 'vip', 'акция'];

/** A few seconds later. */
function soon(scene: Scene, at: EpochMs): EpochMs {
  return at + scene.random.whole(1, 8) * 1000;
}

/** A task for the responsible person. */
export function robotTask(scene: Scene, lead: Lead, at: EpochMs): void {
  const task = { entityType: 'task', entityId: scene.nextId(), entityName: `Связаться: ${lead.name}` };
  scene.journal.write({ at, type: 'task_added', createdBy: ROBOT, ...task });
  if (!scene.random.chance(0.15)) return;
  const due = Math.floor(at / 1000);
  const valueBefore = deadline(due + 86_400);
  const valueAfter = deadline(due + 172_800);
  scene.journal.write({
    at,
    type: 'task_deadline_changed',
    createdBy: ROBOT,
    ...task,
    valueBefore,
    valueAfter,
  });
}

/** The lead goes to somebody else. */
export function robotHandover(scene: Scene, lead: Lead, at: EpochMs): void {
  const valueBefore = responsible(lead.responsible);
  lead.responsible = scene.random.pick(scene.company.sales);
  scene.journal.write({
    at: withMilliseconds(scene, at),
    type: 'entity_responsible_changed',
    createdBy: ROBOT,
    ...about(lead),
    valueBefore,
    valueAfter: responsible(lead.responsible),
  });
}

export function onStageChange(scene: Scene, lead: Lead, at: EpochMs): void {
  const { random, journal, company } = scene;
  if (random.chance(0.75)) robotTask(scene, lead, soon(scene, at));
  if (random.chance(0.55)) robotHandover(scene, lead, soon(scene, at));
  if (random.chance(0.4)) {
    const valueAfter = tags(random.pick(TAGS));
    journal.write({
      at: soon(scene, at),
      type: 'entity_tag_added',
      createdBy: ROBOT,
      ...about(lead),
      valueAfter,
    });
  }
  if (random.chance(0.15)) {
    const valueBefore = tags(random.pick(TAGS));
    journal.write({
      at: soon(scene, at),
      type: 'entity_tag_deleted',
      createdBy: ROBOT,
      ...about(lead),
      valueBefore,
    });
  }
  if (random.chance(0.35)) {
    const { id } = random.pick(company.fields);
    const valueAfter = field(id, `значение ${random.whole(1, 99)}`, random.whole(900_000, 900_020));
    journal.write({
      at: soon(scene, at),
      type: customFieldKey(id),
      createdBy: ROBOT,
      ...about(lead),
      valueAfter,
    });
  }
}

export function onNewLead(scene: Scene, lead: Lead, at: EpochMs): void {
  const valueAfter = link('contact', lead.contactId);
  scene.journal.write({ at, type: 'entity_linked', createdBy: ROBOT, ...about(lead), valueAfter });
  if (scene.random.chance(0.7)) robotHandover(scene, lead, soon(scene, at));
  robotTask(scene, lead, soon(scene, at));
}

/** A bot answers part of the incoming messages. */
export function onIncomingMessage(scene: Scene, lead: Lead, at: EpochMs): void {
  const { random, journal } = scene;
  if (random.chance(0.45)) {
    const valueAfter = message(uuid(random), lead.talkId);
    const talk = { ...aboutContact(lead), valueAfter };
    journal.write({ at: soon(scene, at), type: 'outgoing_chat_message', createdBy: ROBOT, ...talk });
  }
  if (random.chance(0.08)) {
    const type = random.chance(0.6) ? 'robot_replied' : 'intent_identified';
    journal.write({ at: soon(scene, at), type, createdBy: ROBOT, ...about(lead), valueAfter: helpbot(145) });
  }
  if (random.chance(0.3)) {
    const valueAfter = link('lead', lead.id);
    journal.write({
      at: soon(scene, at),
      type: 'entity_linked',
      createdBy: ROBOT,
      ...aboutContact(lead),
      valueAfter,
    });
  }
}

export function onCall(scene: Scene, lead: Lead, at: EpochMs): void {
  if (scene.random.chance(0.4)) robotTask(scene, lead, soon(scene, at));
  if (!scene.random.chance(0.2)) return;
  const valueAfter = note(scene.nextId());
  scene.journal.write({
    at: soon(scene, at),
    type: 'service_note_added',
    createdBy: ROBOT,
    ...about(lead),
    valueAfter,
  });
}
