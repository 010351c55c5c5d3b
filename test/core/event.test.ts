import fc from 'fast-check';
import { type AmoEvent, byTime, countedType, fieldOfType, operationKey } from '../../src/core/event';
import { ulidAt } from '../support/attributedEvents';

describe('T7 · countedType', () => {
  it.each([
    ['custom_field_123_value_changed', 'custom_field_value_changed', '123'],
    ['custom_field_1_value_changed', 'custom_field_value_changed', '1'],
    ['custom_field_value_changed', 'custom_field_value_changed', undefined],
    ['custom_field_x_value_changed', 'custom_field_x_value_changed', undefined],
    ['custom_field_12_value_changed_twice', 'custom_field_12_value_changed_twice', undefined],
    ['my_custom_field_12_value_changed', 'my_custom_field_12_value_changed', undefined],
    ['lead_added', 'lead_added', undefined],
    ['', '', undefined],
  ])('T7 · %j counts as %j, and is a change of field %p', (type, key, field) => {
    expect(countedType(type)).toBe(key);
    expect(fieldOfType(type)).toBe(field);
  });
});

const SECOND = 1_763_413_200;
const event = (more: Partial<AmoEvent> = {}): AmoEvent => ({
  ...{ id: 'e1', type: 'lead_added', createdAt: SECOND, createdBy: 0, subject: undefined },
  ...{ entity: { type: 'lead', id: 7 } },
  ...more,
});
const at = (ms: number, tail?: string) => ulidAt(SECOND * 1000 + ms, tail);

describe('T16 · operationKey: what is one write', () => {
  it.each<[string, boolean, Partial<AmoEvent>, Partial<AmoEvent>]>([
    ['two types at one millisecond', true, { id: at(5) }, { id: at(5, '1111111111111111'), type: 'b' }],
    ['ids in capitals', true, { id: at(5) }, { id: at(5, '1111111111111111').toUpperCase() }],
    ['two milliseconds', false, { id: at(5) }, { id: at(6) }],
    ['two entities', false, { id: at(5) }, { id: at(5), entity: { type: 'lead', id: 8 } }],
    ['two kinds of entity', false, { id: at(5) }, { id: at(5), entity: { type: 'contact', id: 7 } }],
    ['two authors', false, { id: at(5) }, { id: at(5), createdBy: 101 }],
    ['nobody named, and nobody', false, { id: at(5) }, { id: at(5), createdBy: undefined }],
    ['ids that are no ULIDs, in one second', true, { id: 'a1' }, { id: 'b2' }],
    ['ids that are no ULIDs, a second apart', false, { id: 'a1' }, { id: 'b2', createdAt: SECOND + 1 }],
    ['a ULID of another second counts by the second', true, { id: at(1_000) }, { id: at(2_500) }],
    ['one from the second before, too', true, { id: at(-1) }, { id: 'a1' }],
    ['the last millisecond of the second', false, { id: at(999) }, { id: 'a1' }],
    [
      'events of no entity stand alone',
      false,
      { id: 'a1', entity: undefined },
      { id: 'b2', entity: undefined },
    ],
  ])('T16 · D10 · %s: one operation %p', (_, same, a, b) => {
    expect(operationKey(event(a)) === operationKey(event(b))).toBe(same);
  });
});

describe('T16 · byTime', () => {
  it('T16 · orders by the second, then by the id, whatever the order was', () => {
    const ids = fc.uniqueArray(fc.tuple(fc.nat(3), fc.string({ minLength: 1 })), {
      selector: ([, id]) => id,
      maxLength: 30,
    });
    fc.assert(
      fc.property(ids, pairs => {
        const events = pairs.map(([second, id]) => event({ id, createdAt: SECOND + second }));
        const sorted = [...events].sort(byTime);
        expect([...events].reverse().sort(byTime)).toEqual(sorted);
        sorted.slice(1).forEach((later, index) => {
          const earlier = sorted[index]!;
          expect(earlier.createdAt <= later.createdAt).toBe(true);
          if (earlier.createdAt === later.createdAt) expect(earlier.id < later.id).toBe(true);
        });
      }),
    );
  });

  it('T16 · of one second by the millisecond in ULIDs', () => {
    const events = [
      event({ id: at(30) }),
      event({ id: at(4) }),
      event({ id: at(999), createdAt: SECOND - 1 }),
    ];
    expect([...events].sort(byTime).map(({ id }) => id)).toEqual([at(999), at(4), at(30)]);
  });
});
