import { embeddedIn, isObject } from '../answer';
import { ACCOUNT_PATH, type AmoClient } from '../client';
import { pagesOf } from '../pages';

const PAGE = 250;
/** Entities that can have custom fields ([D crm_platform/custom-fields]). */
export const FIELD_OWNERS = ['leads', 'contacts', 'companies', 'customers'] as const;

/** Names of custom fields, by id. */
export function fieldNames(client: AmoClient, of: (typeof FIELD_OWNERS)[number]): Map<string, string> {
  const path = `/api/v4/${of}/custom_fields`;
  return named([...pagesOf(client, path, 'custom_fields', PAGE)].flatMap(({ items }) => items));
}

/** Names of the customers' stages, by id; refused (422) unless periodic purchases are on ([D crm_platform/customers-statuses-api]). */
export function customerStageNames(client: AmoClient): Map<string, string> {
  return client.get('/api/v4/customers/statuses', {}, data => named(embedded(data, 'statuses')));
}

/** Names of the kinds of tasks, by id ([D crm_platform/account-info]). */
export function taskTypeNames(client: AmoClient): Map<string, string> {
  return client.get(ACCOUNT_PATH, { with: 'task_types' }, data => named(embedded(data, 'task_types')));
}

/** The stages of all pipelines, by `<pipeline>/<status>`, named `Pipeline / Stage` ([D crm_platform/leads_pipelines]). */
export function stageNames(client: AmoClient): Map<string, string> {
  return client.get(
    '/api/v4/leads/pipelines',
    {},
    data => new Map(embedded(data, 'pipelines').flatMap(stagesOf)),
  );
}

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

function named(items: readonly unknown[]): Map<string, string> {
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
