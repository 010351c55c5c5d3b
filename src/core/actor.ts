import type { AmoEvent } from './event';

/**
 * Who made an event. `robot`: nobody in particular (robots, Salesbot, the system); `client`: nobody, and something that
 * clients do; `service`: a user under whose name an integration works; `former`: a user who has left the account;
 * `unknown`: no author at all, or one who was never seen as a user.
 */
export type Actor = 'robot' | 'client' | 'service' | 'unknown' | 'person' | 'former';

/** In a fixed order: stored sums name an actor by its place here. */
export const ACTORS: readonly Actor[] = ['robot', 'client', 'service', 'unknown', 'person', 'former'];

export interface Authorship {
  /** Ids of those who are users now. */
  present: ReadonlySet<number>;
  /** Ids of all users, those who left included. */
  users: ReadonlySet<number>;
  /** Ids of users whose events are made by an integration under their name. */
  serviceAccounts: ReadonlySet<number>;
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

export function actorOf({ type, createdBy }: Pick<AmoEvent, 'type' | 'createdBy'>, by: Authorship): Actor {
  if (!createdBy) return CLIENT_ACTIONS.has(type) ? 'client' : createdBy === 0 ? 'robot' : 'unknown';
  if (by.serviceAccounts.has(createdBy)) return 'service';
  if (by.present.has(createdBy)) return 'person';
  return by.users.has(createdBy) ? 'former' : 'unknown';
}

/** People of the account, those who left it included. */
export function isPerson(actor: Actor): boolean {
  return actor === 'person' || actor === 'former';
}

/**
 * The rule of the report: whether an actor is automation, not a person of the account.
 * @param clientActionsCount whether clients' own actions count as automation, as in the user's own example
 */
export function isAutomated(actor: Actor, clientActionsCount: boolean): boolean {
  return actor === 'client' ? clientActionsCount : !isPerson(actor);
}
