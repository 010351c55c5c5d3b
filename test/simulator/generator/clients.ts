/** Clients write, call, mail, visit and fill in forms; all of it comes with author 0, as a recorded dump shows for messages. */

import type { EpochMs } from '../../emulator/contract';
import type { HourWeights } from './daySlots';
import { onCall, onIncomingMessage, onNewLead } from './robots';
import { about, aboutContact, type Behaviour, openLead, ROBOT, type Scene, someLead, uuid } from './scene';
import { message, note, nps } from './values';

/** From the morning until late, with an evening of their own. */
const CLIENT_HOURS: HourWeights = [
  0.5, 0.3, 0.1, 0.1, 0.1, 0.2, 0.5, 1, 3, 6, 8, 9, 9, 8, 7, 8, 8, 7, 7, 6, 6, 5, 3, 1,
];

function write(scene: Scene, at: EpochMs): void {
  const { random, journal } = scene;
  const lead = someLead(scene);
  const contact = aboutContact(lead);
  if (random.chance(0.2)) journal.write({ at, type: 'talk_created', createdBy: ROBOT, ...contact });
  const lines = random.whole(1, 3);
  for (let line = 0; line < lines; line++) {
    // Part of the conversations belong to a lead: shown with it, but found by the contact.
    const shownWith = random.chance(0.3) ? { ...about(lead), linkedTalkContactId: lead.contactId } : contact;
    const valueAfter = message(uuid(random), lead.talkId, random.pick(['telegram', 'waba', 'wz_whatsapp']));
    const lineAt = at + line * 11_000;
    journal.write({ at: lineAt, type: 'incoming_chat_message', createdBy: ROBOT, ...shownWith, valueAfter });
  }
  onIncomingMessage(scene, lead, at + lines * 11_000);
}

function call(scene: Scene, at: EpochMs): void {
  const lead = someLead(scene);
  const valueAfter = note(scene.nextId());
  scene.journal.write({ at, type: 'incoming_call', createdBy: ROBOT, ...aboutContact(lead), valueAfter });
  onCall(scene, lead, at);
}

function mailOrSms(scene: Scene, at: EpochMs): void {
  const type = scene.random.chance(0.8) ? 'incoming_mail' : 'incoming_sms';
  const valueAfter = type === 'incoming_sms' ? note(scene.nextId()) : [];
  scene.journal.write({ at, type, createdBy: ROBOT, ...aboutContact(someLead(scene)), valueAfter });
}

function visitSite(scene: Scene, at: EpochMs): void {
  const { random, journal } = scene;
  const type = random.chance(0.8) ? 'site_visit_note_added' : 'link_followed';
  journal.write({ at, type, createdBy: ROBOT, ...about(someLead(scene)), valueAfter: note(scene.nextId()) });
}

function fillForm(scene: Scene, at: EpochMs): void {
  const lead = openLead(scene);
  const added = { at, createdBy: ROBOT };
  scene.journal.write({
    ...added,
    type: 'contact_added',
    ...aboutContact(lead),
    valueAfter: note(scene.nextId()),
  });
  scene.journal.write({ ...added, type: 'lead_added', ...about(lead), valueAfter: note(scene.nextId()) });
  onNewLead(scene, lead, at);
}

function rate(scene: Scene, at: EpochMs): void {
  const valueAfter = nps(scene.random.whole(0, 10));
  const customer = { entityType: 'customer', entityId: scene.nextId(), entityName: 'Покупатель' };
  scene.journal.write({ at, type: 'nps_rate_added', createdBy: ROBOT, ...customer, valueAfter });
}

export const CLIENTS: readonly Behaviour[] = [
  { weight: 13, hours: CLIENT_HOURS, act: write },
  { weight: 4, hours: CLIENT_HOURS, act: call },
  { weight: 4, hours: CLIENT_HOURS, act: mailOrSms },
  { weight: 4, hours: CLIENT_HOURS, act: visitSite },
  { weight: 4, hours: CLIENT_HOURS, act: fillForm },
  { weight: 0.5, hours: CLIENT_HOURS, act: rate },
];
