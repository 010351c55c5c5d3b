import { type Authorship, isAutomated } from '../../src/core/automated';
import { type AmoEvent, countedType } from '../../src/core/event';

const by: Authorship = {
  users: new Set([101, 102, 103]),
  serviceAccounts: new Set([103, 999]),
  clientActionsCount: true,
};
const event = (type: string, createdBy: number | undefined): AmoEvent => ({
  id: 'e',
  type,
  createdAt: 1_763_400_000,
  createdBy,
});

describe('M4, T5, T6 · isAutomated', () => {
  it.each<[number | undefined, boolean, string]>([
    [undefined, true, 'created_by absent'],
    [0, true, 'a robot or the system'],
    [101, false, 'a person'],
    [102, false, 'another person'],
    [103, true, 'a service account that is a user'],
    [999, true, 'a service account that is no user'],
    [555, true, 'not the id of a user'],
    [-1, true, 'a negative id is no user'],
    [Number.POSITIVE_INFINITY, true, 'no number at all'],
  ])('M4 · author %p: %p (%s)', (createdBy, automated) => {
    expect(isAutomated(event('lead_status_changed', createdBy), by)).toBe(automated);
  });

  it.each([
    'incoming_chat_message',
    'incoming_call',
    'incoming_mail',
    'incoming_sms',
    'site_visit_note_added',
    'link_followed',
  ])("M4 · a client's %s counts or not, by the setting", type => {
    for (const nobody of [0, undefined]) {
      expect(isAutomated(event(type, nobody), by)).toBe(true);
      expect(isAutomated(event(type, nobody), { ...by, clientActionsCount: false })).toBe(false);
    }
  });

  it.each([
    ['outgoing_chat_message', 0, true],
    ['lead_added', 0, true],
    ['lead_added', undefined, true],
    ['robot_replied', 0, true],
    // Whoever wrote these is named: the setting is about events that name nobody.
    ['incoming_chat_message', 555, true],
    ['incoming_call', 103, true],
    ['incoming_call', 101, false],
  ])('M4 · without clients’ actions, %s by %p: %p', (type, createdBy, automated) => {
    expect(isAutomated(event(type, createdBy), { ...by, clientActionsCount: false })).toBe(automated);
  });

  it('T6 · a user with id 0 in the list does not make robots people', () => {
    expect(isAutomated(event('lead_added', 0), { ...by, users: new Set([0, 101]) })).toBe(true);
  });
});

describe('T7 · countedType', () => {
  it.each([
    ['custom_field_123_value_changed', 'custom_field_value_changed'],
    ['custom_field_1_value_changed', 'custom_field_value_changed'],
    ['custom_field_value_changed', 'custom_field_value_changed'],
    ['custom_field_x_value_changed', 'custom_field_x_value_changed'],
    ['custom_field_12_value_changed_twice', 'custom_field_12_value_changed_twice'],
    ['my_custom_field_12_value_changed', 'my_custom_field_12_value_changed'],
    ['lead_added', 'lead_added'],
    ['', ''],
  ])('%j counts as %j', (type, key) => {
    expect(countedType(type)).toBe(key);
  });
});
