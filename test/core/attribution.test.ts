import fc from 'fast-check';
import { attributed } from '../../src/core/attribution';
import { hoursOf } from '../../src/core/dayHours';
import type { AmoEvent } from '../../src/core/event';

const HOURS = hoursOf('2026-11-18', 'Europe/Moscow');
const FROM = HOURS[0]!.from;
const attribution = {
  hours: HOURS,
  by: { users: new Set([101, 102, 104]), present: new Set([101, 102]), serviceAccounts: new Set([102]) },
};
const event = (more: Partial<AmoEvent> = {}): AmoEvent => ({
  ...{ id: 'e1', type: 'lead_added', createdAt: FROM, createdBy: 0, entity: undefined, subject: undefined },
  ...more,
});
const one = (more: Partial<AmoEvent>) => attributed([event(more)], attribution)[0]!;

describe('T16 · whose doing an event was', () => {
  it.each<[Partial<AmoEvent>, string, string | undefined]>([
    [{}, 'robot', '0:lead_added|'],
    [{ type: 'incoming_call' }, 'client', '1:incoming_call|'],
    [{ createdBy: 102 }, 'service', '2:lead_added|'],
    [{ createdBy: 555 }, 'unknown', '3:lead_added|'],
    [{ createdBy: undefined }, 'unknown', '3:lead_added|'],
    [{ createdBy: 101 }, 'person', undefined],
    [{ createdBy: 104 }, 'former', undefined],
    [
      { type: 'custom_field_7_value_changed', subject: { kind: 'field', id: '7' } },
      'robot',
      '0:custom_field_value_changed|f7',
    ],
    [{ subject: { kind: 'stage', id: '7/142' } }, 'robot', '0:lead_added|s7/142'],
    [{ createdBy: 101, subject: { kind: 'stage', id: '7/142' } }, 'person', undefined],
  ])('T16 · %j: %s, process %p', (more, actor, process) => {
    expect(one(more)).toEqual({ event: event(more), actor, hour: 0, doing: process, process });
  });

  it.each<[number | undefined, Partial<AmoEvent>, string | undefined]>([
    [0, {}, '0:=|0'],
    [3, {}, '0:=|3'],
    [3, { createdBy: 102 }, '2:=|3'],
    [undefined, {}, '0:lead_added|'],
    [3, { createdBy: 101 }, undefined],
  ])(
    'T1 · T16 · under rule %p, %j belongs to %p, and is by its nature what it was',
    (rule, more, process) => {
      const asked: unknown[] = [];
      const ruleOf = (...what: unknown[]) => {
        asked.push(what);
        return rule;
      };
      const found = attributed([event({ ...more, createdAt: FROM + 3_600 })], { ...attribution, ruleOf })[0]!;
      const plain = one({ ...more, createdAt: FROM + 3_600 });
      expect(found).toEqual({ ...plain, process });
      expect(asked).toEqual(process === undefined ? [] : [[plain.event, plain.actor, 1]]);
    },
  );

  it('T9 · the hour is that of the zone’s clocks', () => {
    expect([0, 3_599, 3_600, 86_399].map(second => one({ createdAt: FROM + second }).hour)).toEqual([
      0, 0, 1, 23,
    ]);
    const berlin = { ...attribution, hours: hoursOf('2026-10-25', 'Europe/Berlin') };
    const twice = ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', '2026-10-25T02:30:00Z'];
    const events = twice.map((at, nth) => event({ id: `e${nth}`, createdAt: Date.parse(at) / 1000 }));
    expect(attributed(events, berlin).map(({ hour }) => hour)).toEqual([2, 2, 3]);
  });

  it('T16 · events come in order of time, each once, however they were listed', () => {
    const listed = fc.uniqueArray(fc.tuple(fc.nat(5), fc.nat(1_000)), { selector: ([, id]) => id });
    fc.assert(
      fc.property(listed, pairs => {
        const events = pairs.map(([second, id]) => event({ id: `e${id}`, createdAt: FROM + second }));
        const before = [...events];
        const sorted = attributed(new Set(events), attribution).map(found => found.event);
        expect(events).toEqual(before);
        expect(attributed([...events].reverse(), attribution).map(found => found.event)).toEqual(sorted);
        expect(new Set(sorted)).toEqual(new Set(events));
        const times = sorted.map(({ createdAt }) => createdAt);
        expect(times).toEqual([...times].sort());
      }),
    );
  });
});
