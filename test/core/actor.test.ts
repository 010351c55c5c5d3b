import fc from 'fast-check';
import { ACTORS, type Actor, type Authorship, actorOf, isAutomated } from '../../src/core/actor';

const by: Authorship = {
  users: new Set([101, 102, 103, 104, 105]),
  present: new Set([101, 102, 103]),
  serviceAccounts: new Set([103, 105, 999]),
};
const event = (type: string, createdBy: number | undefined) => ({ type, createdBy });

describe('M4, T5, T6 · actorOf and isAutomated', () => {
  it.each<[number | undefined, Actor, boolean, string]>([
    [undefined, 'unknown', true, 'created_by absent'],
    [0, 'robot', true, 'a robot or the system'],
    [-0, 'robot', true, 'zero, however it is written'],
    [101, 'person', false, 'a person'],
    [102, 'person', false, 'another person'],
    [103, 'service', true, 'a service account that is a user'],
    [104, 'former', false, 'a person who has left'],
    [105, 'service', true, 'a service account that has left'],
    [999, 'service', true, 'a service account that is no user'],
    [555, 'unknown', true, 'not the id of a user'],
    [-1, 'unknown', true, 'a negative id is no user'],
    [Number.POSITIVE_INFINITY, 'unknown', true, 'no number at all'],
    [Number.NaN, 'unknown', true, 'not a number'],
  ])('M4 · D7 · author %p is a %s, automated %p (%s)', (createdBy, actor, automated) => {
    expect(actorOf(event('lead_status_changed', createdBy), by)).toBe(actor);
    for (const clientActionsCount of [true, false]) {
      expect(isAutomated(actor, clientActionsCount)).toBe(automated);
    }
  });

  it.each([
    'incoming_chat_message',
    'incoming_call',
    'incoming_mail',
    'incoming_sms',
    'site_visit_note_added',
    'link_followed',
  ])("M4 · a client's %s counts or not, by the setting", type => {
    for (const nobody of [0, undefined]) expect(actorOf(event(type, nobody), by)).toBe('client');
    expect(isAutomated('client', true)).toBe(true);
    expect(isAutomated('client', false)).toBe(false);
  });

  it.each<[string, number | undefined, Actor]>([
    ['outgoing_chat_message', 0, 'robot'],
    ['lead_added', 0, 'robot'],
    ['lead_added', undefined, 'unknown'],
    ['robot_replied', 0, 'robot'],
    // Whoever wrote these is named: the setting is about events that name nobody.
    ['incoming_chat_message', 555, 'unknown'],
    ['incoming_call', 103, 'service'],
    ['incoming_call', 101, 'person'],
    ['incoming_call', 104, 'former'],
  ])('M4 · %s by %p is the action of a %s', (type, createdBy, actor) => {
    expect(actorOf(event(type, createdBy), by)).toBe(actor);
  });

  it('T6 · a user with id 0 in the list does not make robots people', () => {
    const zero = new Set([0, 101]);
    expect(actorOf(event('lead_added', 0), { users: zero, present: zero, serviceAccounts: zero })).toBe(
      'robot',
    );
  });

  it('T16 · who is there now is a person, even where the register of everybody has lost them', () => {
    expect(actorOf(event('lead_added', 7), { ...by, present: new Set([7]) })).toBe('person');
  });

  it('T16 · every event has exactly one actor, and whether it is automated depends on nobody’s leaving', () => {
    const ids = fc.oneof(fc.integer(), fc.constantFrom(undefined, 0, 101, 103, 104, 105, 999), fc.double());
    fc.assert(
      fc.property(ids, fc.constantFrom('lead_added', 'incoming_call'), (createdBy, type) => {
        const actor = actorOf(event(type, createdBy), by);
        expect(ACTORS).toContain(actor);
        const whenAllWereThere = actorOf(event(type, createdBy), { ...by, present: by.users });
        expect(isAutomated(whenAllWereThere, true)).toBe(isAutomated(actor, true));
      }),
    );
  });

  it('Q4 · the order of actors is fixed: what is stored names them by their place', () => {
    expect(ACTORS).toEqual(['robot', 'client', 'service', 'unknown', 'person', 'former']);
  });
});
