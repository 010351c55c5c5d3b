/** `filter[value_before|value_after][…]` [D crm_platform/events-and-notes]. */

import { customFieldIdOf } from './eventTypeNames';
import { listAt, type QueryTree } from './phpQuery';
import type { SimEvent } from './state';

type Values = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const WITH_PLAIN_VALUE = ['nps_rate_added', 'sale_field_changed', 'name_field_changed', 'ltv_field_changed'];

/** Undefined when nothing is asked of that side. A branch that does not fit the type matches nothing. */
export function valueCondition(
  side: 'value_before' | 'value_after',
  given: string | QueryTree | undefined,
  types: readonly string[],
): ((event: SimEvent) => boolean) | undefined {
  if (given === undefined || typeof given === 'string') return undefined;
  return event =>
    valuesOf(side === 'value_after' ? event.valueAfter : event.valueBefore).some(value =>
      fits(given, value, event.type, types),
    );
}

/** Malformed values match nothing. */
function valuesOf(values: unknown): Values[] {
  return Array.isArray(values) ? values.filter(value => typeof value === 'object' && value !== null) : [];
}

function fits(asked: QueryTree, value: Values, type: string, types: readonly string[]): boolean {
  if ('leads_statuses' in asked) {
    const status = value['lead_status'];
    return pairsIn(asked['leads_statuses']).some(
      pair =>
        pair['pipeline_id'] === String(status?.['pipeline_id']) &&
        pair['status_id'] === String(status?.['id']),
    );
  }
  if ('customers_statuses' in asked) {
    const status = String(value['customer_status']?.['id']);
    return pairsIn(asked['customers_statuses']).some(pair => pair['status_id'] === status);
  }
  if ('responsible_user_id' in asked) {
    return listAt(asked['responsible_user_id']).includes(String(value['responsible_user']?.['id']));
  }
  if ('custom_field_values' in asked) {
    const oneField = types.length === 1 && customFieldIdOf(type) !== undefined;
    return (
      oneField &&
      listAt(asked['custom_field_values']).includes(String(value['custom_field_value']?.['enum_id']))
    );
  }
  if ('value' in asked) return asked['value'] === plainValue(value, type);
  return false;
}

function pairsIn(node: string | QueryTree | undefined): QueryTree[] {
  return typeof node === 'object' ? Object.values(node).filter(pair => typeof pair === 'object') : [];
}

function plainValue(value: Values, type: string): string | undefined {
  if (!WITH_PLAIN_VALUE.includes(type) && type !== 'custom_field_value_changed') return undefined;
  const inner = Object.values(value)[0] ?? {};
  return String(inner['rate'] ?? inner['sale'] ?? inner['name'] ?? inner['text'] ?? '');
}
