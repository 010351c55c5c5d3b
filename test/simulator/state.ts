/** What an imitated account is made of, and how a test says so. */

import type { EpochMs } from '../emulator/contract';

export type Language = 'ru' | 'en' | 'es' | 'pt';
export type EpochSeconds = number;

export interface SimUser {
  id: number;
  name: string;
  email?: string;
  lang?: Language;
  /** Only an administrator's token may read `/users` [D crm_platform/users-api]. Default: no. */
  isAdmin?: boolean;
  /** A switched-off user stays in the list. Default: active. */
  isActive?: boolean;
  isFree?: boolean;
  group?: { id: number; name: string };
  role?: { id: number; name: string };
}

export type FieldEntity = 'leads' | 'contacts' | 'companies' | 'customers';

/** A custom field: adds `custom_field_<id>_value_changed` to the event types, whatever its entity. */
export interface CustomField {
  id: number;
  name: string;
  /** Whose cards have it. Default: leads. */
  entity?: FieldEntity;
}

export interface SimStage {
  id: number;
  name: string;
}

export interface SimPipeline {
  id: number;
  name: string;
  /** Its own stages in order. The system's are there by themselves; 142 or 143 in here only gives them another name. */
  statuses: SimStage[];
}

export interface TaskType {
  id: number;
  name: string;
  /** Default: none, as for a type that the account added. */
  code?: string;
}

export interface CustomerStatus {
  id: number;
  name: string;
  /**
   * 0 the account's own (default), 1 purchase expected, 2 did not purchase, 3 closed, 4 purchased recently; all but 0 are
   * the system's [D crm_platform/customers-statuses-api].
   */
  type?: 0 | 1 | 2 | 3 | 4;
}

/** [D crm_platform/account-info] */
export type CustomersMode = 'unavailable' | 'disabled' | 'segments' | 'dynamic' | 'periodicity';

/** How the events list is sorted. `unordered` is a shuffle of the whole selection that stays the same from page to page. */
export type EventOrder = 'newest-first' | 'oldest-first' | 'unordered';

/**
 * Which pages of the events list have a `next`: those that more events follow (`as-they-are`), none (`missing`), those
 * of some addresses only, even if more follow (`sometimes-missing`), or every page, so that the last one's leads to 204
 * (`phantom`).
 */
export type NextLinks = 'as-they-are' | 'missing' | 'sometimes-missing' | 'phantom';

/** An event as a test or the generator hands it in; what is left out gets a plain value. */
export interface NewEvent {
  /** Default: a lower-case ULID of `at`. Kommo's published example has another form [K reference/events-list]. */
  id?: string;
  /** When it happened. Its seconds are `created_at`, its milliseconds go into the id. */
  at: EpochMs;
  type: string;
  /** 0 is the robot; `null` is served as null, `'absent'` leaves the key out. */
  createdBy: number | string | null;
  entityType?: string;
  entityId?: number;
  entityName?: string;
  /** A list of objects in every published event; anything else is served as it is. Default: an empty list. */
  valueAfter?: unknown;
  valueBefore?: unknown;
  /** The contact of a conversation whose event is shown with a lead or customer [D crm_platform/events-and-notes]. */
  linkedTalkContactId?: number;
  /** From when the list shows it. Default: `at`. A later time is a late arrival. */
  visibleFrom?: EpochMs;
  /** Keys of the served object to overwrite, for malformed rows; `undefined` removes the key. Nothing else sees it. */
  raw?: Readonly<Record<string, unknown>>;
}

/** An event in the account. */
export interface SimEvent extends Omit<NewEvent, 'visibleFrom'> {
  id: string;
  createdAt: EpochSeconds;
  entityType: string;
  entityId: number;
  valueAfter: unknown;
  valueBefore: unknown;
  visibleFrom: EpochMs;
}

/** A token is opaque text; the user behind it decides the rights. */
export interface SimToken {
  value: string;
  userId: number;
  expiresAt?: EpochMs;
  revoked?: boolean;
}

export interface SimAccount {
  id: number;
  name: string;
  subdomain: string;
  /** `amocrm.ru`, `amocrm.com` or `kommo.com`. */
  zone: string;
  /** IANA name. */
  timeZone: string;
  language: Language;
  customFields: CustomField[];
  /** The first is the main one. */
  pipelines: SimPipeline[];
  taskTypes: TaskType[];
  /** Customers have stages in `periodicity` only [D crm_platform/customers-statuses-api]. */
  customersMode: CustomersMode;
  customerStatuses: CustomerStatus[];
}

/** The account's own host, the only one that serves its API [K docs/limitations]. */
export function hostOf(account: SimAccount): string {
  return `${account.subdomain}.${account.zone}`;
}

/** The host that an access token names in `api_domain` [D oauth/account-subdomain-info]. */
export function apiHostOf({ zone }: Pick<SimAccount, 'zone'>): string {
  return `api-a.${zone}`;
}
