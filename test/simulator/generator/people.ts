/** People at work: stages, tasks, messages, calls, notes, fields. Office hours, with a dip at lunch. */

import type { EpochMs } from '../../emulator/contract';
import { customFieldKey } from '../eventTypeNames';
import { LOST, WON } from '../systemStages';
import type { HourWeights } from './daySlots';
import { onStageChange } from './robots';
import {
  about,
  aboutContact,
  type Behaviour,
  firstStage,
  type Lead,
  type Scene,
  someLead,
  uuid,
  withMilliseconds,
} from './scene';
import { field, leadStatus, link, message, named, note, responsible, sale, tags, taskText } from './values';

const SALES_HOURS: HourWeights = [
  0, 0, 0, 0, 0, 0, 0, 0, 1, 7, 10, 11, 9, 3, 9, 10, 11, 9, 5, 1, 0.3, 0.1, 0, 0,
];
const SUPPORT_HOURS: HourWeights = [0, 0, 0, 0, 0, 0, 0, 1, 6, 8, 8, 8, 7, 4, 7, 8, 8, 8, 7, 6, 4, 2, 0.5, 0];

/** Now and then it is somebody who has left the company since. */
function author(scene: Scene, department: 'sales' | 'support'): number {
  const { random, company } = scene;
  return random.pick(random.chance(0.04) ? company.dismissed : company[department]);
}

function moveStage(scene: Scene, at: EpochMs): void {
  const { random, journal } = scene;
  const lead = someLead(scene);
  const { id, statuses } = lead.pipeline;
  const next = statuses[statuses.findIndex(stage => stage.id === lead.status) + 1];
  const valueBefore = leadStatus(lead.status, id);
  lead.status = next?.id ?? (random.chance(0.4) ? WON : LOST);
  const valueAfter = leadStatus(lead.status, id);
  journal.write({
    at: withMilliseconds(scene, at),
    type: 'lead_status_changed',
    createdBy: author(scene, 'sales'),
    ...about(lead),
    valueBefore,
    valueAfter,
  });
  onStageChange(scene, lead, at);
  // A closed lead is worked on afresh, so that the stock of open ones never runs dry.
  if (next === undefined) lead.status = firstStage(lead.pipeline).id;
}

function closeTask(scene: Scene, at: EpochMs): void {
  const { random, journal } = scene;
  const createdBy = author(scene, random.chance(0.7) ? 'sales' : 'support');
  const task = { entityType: 'task', entityId: scene.nextId(), entityName: 'Связаться с клиентом' };
  if (random.chance(0.7)) {
    journal.write({ at, type: 'task_result_added', createdBy, ...task, valueAfter: note(scene.nextId()) });
  }
  journal.write({ at, type: 'task_completed', createdBy, ...task });
  if (!random.chance(0.5)) return;
  const next = { ...task, entityId: scene.nextId() };
  journal.write({ at: at + 20_000, type: 'task_added', createdBy, ...next });
  if (!random.chance(0.2)) return;
  const texts = { valueBefore: taskText('Позвонить'), valueAfter: taskText('Позвонить после обеда') };
  journal.write({ at: at + 45_000, type: 'task_text_changed', createdBy, ...next, ...texts });
}

function writeToClient(scene: Scene, at: EpochMs): void {
  const { random, journal } = scene;
  const lead = someLead(scene);
  const valueAfter = message(uuid(random), lead.talkId);
  const createdBy = author(scene, 'support');
  journal.write({ at, type: 'outgoing_chat_message', createdBy, ...aboutContact(lead), valueAfter });
  if (!random.chance(0.1)) return;
  journal.write({ at: at + 60_000, type: 'talk_closed', createdBy, ...aboutContact(lead) });
}

function callOrMail(scene: Scene, at: EpochMs): void {
  const { random, journal } = scene;
  const type = random.chance(0.6) ? 'outgoing_call' : 'outgoing_mail';
  const valueAfter = type === 'outgoing_call' ? note(scene.nextId()) : [];
  journal.write({
    at,
    type,
    createdBy: author(scene, 'sales'),
    ...aboutContact(someLead(scene)),
    valueAfter,
  });
}

function editCard(scene: Scene, at: EpochMs): void {
  const lead = someLead(scene);
  const createdBy = author(scene, 'sales');
  scene.journal.write({ at, createdBy, ...about(lead), ...anEdit(scene, lead) });
}

function anEdit(scene: Scene, lead: Lead) {
  const { random, company } = scene;
  const kind = random.weighted([5, 3, 2, 2, 2, 1]);
  if (kind === 0) {
    const { id } = random.pick(company.fields);
    const texts = [random.whole(1, 50), random.whole(51, 99)].map(number => `значение ${number}`);
    // The list shows a field's change under the general key or under its own.
    const type = random.chance(0.3) ? 'custom_field_value_changed' : customFieldKey(id);
    return { type, valueBefore: field(id, String(texts[0])), valueAfter: field(id, String(texts[1])) };
  }
  if (kind === 1) {
    const valueBefore = sale(lead.budget);
    lead.budget += random.whole(-4, 9) * 1000;
    return { type: 'sale_field_changed', valueBefore, valueAfter: sale(lead.budget) };
  }
  if (kind === 2) {
    const valueBefore = named(lead.name);
    lead.name = `${lead.name.split(' (')[0]} (уточнено)`;
    return { type: 'name_field_changed', valueBefore, valueAfter: named(lead.name) };
  }
  if (kind === 3) return { type: 'entity_tag_added', valueAfter: tags('перезвонить') };
  if (kind === 4) return { type: 'entity_linked', valueAfter: link('company', scene.nextId()) };
  const valueBefore = responsible(lead.responsible);
  lead.responsible = random.pick(company.sales);
  return { type: 'entity_responsible_changed', valueBefore, valueAfter: responsible(lead.responsible) };
}

function takeNote(scene: Scene, at: EpochMs): void {
  const type = scene.random.chance(0.7) ? 'common_note_added' : 'attachment_note_added';
  const createdBy = author(scene, 'support');
  scene.journal.write({ at, type, createdBy, ...about(someLead(scene)), valueAfter: note(scene.nextId()) });
}

export const PEOPLE: readonly Behaviour[] = [
  { weight: 12, hours: SALES_HOURS, act: moveStage },
  { weight: 9, hours: SALES_HOURS, act: closeTask },
  { weight: 13, hours: SUPPORT_HOURS, act: writeToClient },
  { weight: 8, hours: SALES_HOURS, act: callOrMail },
  { weight: 8, hours: SALES_HOURS, act: editCard },
  { weight: 7, hours: SUPPORT_HOURS, act: takeNote },
];
