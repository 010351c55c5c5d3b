/** What a real account also has: types that no list names, and fields deleted since. */

import type { EpochMs } from '../../emulator/contract';
import { customFieldKey } from '../eventTypeNames';
import { about, type Behaviour, ROBOT, type Scene, someLead } from './scene';
import { field } from './values';

/** Neither documented nor listed by `/events/types`. */
export const UNKNOWN_TYPES: readonly string[] = ['copilot_summary_added', 'smart_queue_moved'];

/** A custom field that the account does not have any more. */
export const DELETED_FIELD = 187_001;

const ALL_DAY = new Array<number>(24).fill(1);

function somethingNew(scene: Scene, at: EpochMs): void {
  const { random, journal } = scene;
  const lead = someLead(scene);
  if (random.chance(0.3)) {
    const valueBefore = field(DELETED_FIELD, 'прежнее');
    const type = customFieldKey(DELETED_FIELD);
    journal.write({ at, type, createdBy: ROBOT, ...about(lead), valueBefore, valueAfter: [] });
    return;
  }
  const createdBy = random.chance(0.7) ? ROBOT : lead.responsible;
  const valueAfter = [{ something: { unheard: [random.whole(1, 9)] } }];
  journal.write({ at, type: random.pick(UNKNOWN_TYPES), createdBy, ...about(lead), valueAfter });
}

export const ODDITIES: readonly Behaviour[] = [{ weight: 1, hours: ALL_DAY, act: somethingNew }];
