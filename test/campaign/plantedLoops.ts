import { tags } from '../simulator/generator/values';
import type { NewEvent } from '../simulator/state';
import { startOfDay } from '../simulator/wallClock';

const MINUTE = 60_000;

/** Automation that runs in circles on one day: a field of a deal that flips, and a tag that is put on and taken off. */
export function plantedLoops(date: string, zone: string): NewEvent[] {
  const from = startOfDay(date, zone);
  const flips = Array.from(
    { length: 36 },
    (_, index): NewEvent => ({
      at: from + 9 * 60 * MINUTE + index * 11 * MINUTE,
      type: 'custom_field_188088_value_changed',
      createdBy: 0,
      entityType: 'lead',
      entityId: 20_900_001,
    }),
  );
  const turns = Array.from({ length: 50 }, (_, index): NewEvent => {
    const values = tags('=круг');
    const isAdded = index % 2 === 0;
    return {
      at: from + 13 * 60 * MINUTE + index * 6 * MINUTE,
      type: isAdded ? 'entity_tag_added' : 'entity_tag_deleted',
      createdBy: 7_777_777,
      entityType: 'contact',
      entityId: 20_900_002,
      ...(isAdded ? { valueAfter: values } : { valueBefore: values }),
    };
  });
  return [...flips, ...turns];
}
