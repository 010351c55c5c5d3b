import { ACTORS, type Actor, type Authorship, actorOf, isAutomated } from '../../src/core/actor';
import type { AmoEvent } from '../../src/core/event';

const by: Authorship = {
  users: new Set([101, 102, 103]),
  serviceAccounts: new Set([103, 999]),
};
const event = (type: string, createdBy: number | undefined): AmoEvent => ({
  id: 'e',
  type,
  createdAt: 1_763_400_000,
  createdBy,
});

describe('M4, T5, T6 · actorOf and isAutomated', () => {
  it.each<[number | undefined, Actor, boolean, string]>([
    [undefined, 'robot', true, 'created_by absent'],
    [0, 'robot', true, 'a robot or the system'],
    [101, 'person', false, 'a person'],
    [102, 'person', false, 'another person'],
    [103, 'service', true, 'a service account that is a user'],
    [999, 'service', true, 'a service account that is no user'],
    [555, 'stranger', true, 'not the id of a user'],
    [-1, 'stranger', true, 'a negative id is no user'],
    [Number.POSITIVE_INFINITY, 'stranger', true, 'no number at all'],
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
    ['lead_added', undefined, 'robot'],
    ['robot_replied', 0, 'robot'],
    // Whoever wrote these is named: the setting is about events that name nobody.
    ['incoming_chat_message', 555, 'stranger'],
    ['incoming_call', 103, 'service'],
    ['incoming_call', 101, 'person'],
  ])('M4 · %s by %p is the action of a %s', (type, createdBy, actor) => {
    expect(actorOf(event(type, createdBy), by)).toBe(actor);
  });

  it('T6 · a user with id 0 in the list does not make robots people', () => {
    expect(actorOf(event('lead_added', 0), { ...by, users: new Set([0, 101]) })).toBe('robot');
  });

  it('Q4 · the order of actors is fixed: what is stored names them by their place', () => {
    expect(ACTORS).toEqual(['robot', 'client', 'service', 'stranger', 'person']);
  });
});
