/** About 02:00 another system pours its data in: bursts within one second, often within one millisecond. */

import { customFieldKey } from '../eventTypeNames';
import { about, aboutContact, ROBOT, type Scene, someLead } from './scene';
import { field, sale, transaction } from './values';

/** @param events how many rows the exchange writes */
export function exchangeAtNight(scene: Scene, events: number): void {
  const { random, slots } = scene;
  let at = slots.firstAt(2) + random.whole(0, 240) * 1000;
  for (let written = 0; written < events; ) {
    const burst = Math.min(random.whole(5, 40), events - written);
    for (let i = 0; i < burst; i++) {
      writeRow(scene, random.chance(0.7) ? at : at + random.whole(1, 900));
    }
    written += burst;
    at += random.whole(1, 6) * 1000;
  }
}

function writeRow(scene: Scene, at: number): void {
  const { random, company, journal } = scene;
  const lead = someLead(scene);
  const kind = random.weighted([6, 3, 1, 1]);
  if (kind === 0) {
    const { id } = random.pick(company.fields);
    const valueAfter = field(id, String(random.whole(100_000, 999_999)));
    journal.write({ at, type: customFieldKey(id), createdBy: ROBOT, ...about(lead), valueAfter });
  } else if (kind === 1) {
    const valueBefore = sale(lead.budget);
    lead.budget = random.whole(5, 400) * 1000;
    const valueAfter = sale(lead.budget);
    journal.write({
      at,
      type: 'sale_field_changed',
      createdBy: ROBOT,
      ...about(lead),
      valueBefore,
      valueAfter,
    });
  } else if (kind === 2) {
    journal.write({ at, type: 'entity_segment_attached', createdBy: ROBOT, ...aboutContact(lead) });
  } else {
    const customer = { entityType: 'customer', entityId: scene.nextId(), entityName: 'Покупатель' };
    const valueAfter = transaction(scene.nextId());
    journal.write({ at, type: 'transaction_added', createdBy: ROBOT, ...customer, valueAfter });
  }
}
