import { embeddedIn, isObject } from '../answer';
import { ACCOUNT_PATH, type AmoClient, type Question } from '../client';
import { type Page, type PagedList, pageQuestion, pagesOf } from '../pages';

/** Names by id. */
type Names = Map<string, string>;

/** Entities that can have custom fields ([D crm_platform/custom-fields]). */
export const FIELD_OWNERS = ['leads', 'contacts', 'companies', 'customers'] as const;
type FieldOwner = (typeof FIELD_OWNERS)[number];

/** The first page of them: most accounts have no more custom fields than one page holds. */
export function firstFields(of: FieldOwner): Question<Page> {
  return pageQuestion(fieldsOf(of), 1);
}

/** @param first as `firstFields` asks for it; what is behind it is asked here */
export function fields(client: AmoClient, of: FieldOwner, first: Page): Names {
  return named([...pagesOf(client, fieldsOf(of), first)].flatMap(({ items }) => items));
}

function fieldsOf(of: FieldOwner): PagedList {
  return { path: `/api/v4/${of}/custom_fields`, list: 'custom_fields', limit: 250 };
}

/** The customers' stages; refused (422) unless periodic purchases are on ([D crm_platform/customers-statuses-api]). */
export const CUSTOMER_STAGES: Question<Names> = {
  path: '/api/v4/customers/statuses',
  query: {},
  read: data => named(embedded(data, 'statuses')),
};

/** The kinds of tasks ([D crm_platform/account-info]). */
export const TASK_TYPES: Question<Names> = {
  path: ACCOUNT_PATH,
  query: { with: 'task_types' },
  read: data => named(embedded(data, 'task_types')),
};

/** The stages of all pipelines, by `<pipeline>/<status>`, named `Pipeline / Stage` ([D crm_platform/leads_pipelines]). */
export const STAGES: Question<Names> = {
  path: '/api/v4/leads/pipelines',
  query: {},
  read: data => new Map(embedded(data, 'pipelines').flatMap(stagesOf)),
};

function stagesOf(pipeline: unknown): (readonly [id: string, name: string])[] {
  const id = idOf(pipeline);
  if (id === undefined) return [];
  const name = named([pipeline]).get(id) ?? id;
  return [...named(embedded(pipeline, 'statuses'))].map(([stage, of]) => [
    `${id}/${stage}`,
    `${name} / ${of}`,
  ]);
}

function embedded(item: unknown, list: string): readonly unknown[] {
  const items = embeddedIn(item, list);
  return Array.isArray(items) ? items : [];
}

function named(items: readonly unknown[]): Names {
  return new Map(
    items.flatMap(item => {
      const id = idOf(item);
      const name = isObject(item) ? item['name'] : undefined;
      const known = id !== undefined && typeof name === 'string' && name.trim() !== '';
      return known ? [[id, name.trim()] as const] : [];
    }),
  );
}

function idOf(item: unknown): string | undefined {
  const id = isObject(item) ? item['id'] : undefined;
  return typeof id === 'number' || typeof id === 'string' ? String(id) : undefined;
}
