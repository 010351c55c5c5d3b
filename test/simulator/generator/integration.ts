/** An integration works under a user's token, so its calls look like that person's [D oauth/oauth]. */

import type { EpochMs } from '../../emulator/contract';
import type { HourWeights } from './daySlots';
import { about, aboutContact, type Behaviour, type Scene, someLead } from './scene';
import { link, note } from './values';

const TELEPHONY_HOURS: HourWeights = [
  0, 0, 0, 0, 0, 0, 0, 0.5, 3, 8, 9, 9, 8, 5, 8, 9, 9, 8, 6, 4, 2, 1, 0, 0,
];

function logCall(scene: Scene, at: EpochMs): void {
  const { random, journal, company } = scene;
  const createdBy = company.integration;
  const lead = someLead(scene);
  const type = random.chance(0.55) ? 'incoming_call' : 'outgoing_call';
  journal.write({ at, type, createdBy, ...aboutContact(lead), valueAfter: note(scene.nextId()) });
  if (random.chance(0.3)) {
    const valueAfter = link('lead', lead.id);
    journal.write({ at: at + 1000, type: 'entity_linked', createdBy, ...aboutContact(lead), valueAfter });
  }
  if (random.chance(0.15)) {
    journal.write({
      at: at + 1000,
      type: 'common_note_added',
      createdBy,
      ...about(lead),
      valueAfter: note(scene.nextId()),
    });
  }
}

export const INTEGRATION: readonly Behaviour[] = [{ weight: 6, hours: TELEPHONY_HOURS, act: logCall }];
