/** What counting needs of an amoCRM event ([D crm_platform/events-and-notes]); everything else is left unread. */
export interface AmoEvent {
  id: string;
  type: string;
  /** Unix seconds, UTC. */
  createdAt: number;
  /** The author's id; 0 for robots, the system and clients; undefined when absent or not a number. */
  createdBy: number | undefined;
}

/** The key that an event counts under: changes of all custom fields are one type. */
export function countedType(type: string): string {
  return /^custom_field_\d+_value_changed$/.test(type) ? 'custom_field_value_changed' : type;
}
