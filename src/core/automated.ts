import type { AmoEvent } from './event';

export interface Authorship {
  /** Ids of all users, those who left included. */
  users: ReadonlySet<number>;
  /** Ids of users whose events are made by an integration under their name. */
  serviceAccounts: ReadonlySet<number>;
  /** Whether what clients do themselves counts as automation, as in the user's own example. */
  clientActionsCount: boolean;
}

/**
 * Event types by which a client acts ([D crm_platform/events-and-notes], names in the facts, section 7). amoCRM gives
 * them no author (`created_by` 0), like a robot's. A filled form has no type of its own: it shows as a new lead.
 */
const CLIENT_ACTIONS: ReadonlySet<string> = new Set([
  'incoming_chat_message',
  'incoming_call',
  'incoming_mail',
  'incoming_sms',
  'site_visit_note_added',
  'link_followed',
]);

/** The rule of the report: whether an event was made by automation, not by a person of the account. */
export function isAutomated({ type, createdBy }: AmoEvent, by: Authorship): boolean {
  if (!createdBy) return by.clientActionsCount || !CLIENT_ACTIONS.has(type);
  return !by.users.has(createdBy) || by.serviceAccounts.has(createdBy);
}
