/** `GET /api/v4/account` [D crm_platform/account-info]. */

import { hal } from '../answers';
import { allowParameters, type Visit, withNames } from '../visit';
import { offsetText } from '../wallClock';

const WITH = [
  'amojo_id',
  'amojo_rights',
  'users_groups',
  'task_types',
  'version',
  'entity_names',
  'datetime_settings',
  'drive_url',
  'is_api_filter_enabled',
  'invoices_settings',
  'uuid',
];

export function getAccount(visit: Visit) {
  allowParameters(visit, ['with']);
  const asked = withNames(visit, WITH);
  const { account } = visit.world;
  const embedded = Object.entries(embeddedParts(visit)).filter(([name]) => asked.has(name));
  const extra = Object.entries(topLevelParts(visit)).filter(([name]) => asked.has(name));
  return hal({
    id: account.id,
    name: account.name,
    subdomain: account.subdomain,
    created_at: 1_577_836_800,
    created_by: 0,
    updated_at: 1_767_225_600,
    updated_by: 0,
    current_user_id: visit.caller.id,
    country: account.language === 'ru' ? 'RU' : 'US',
    currency: account.language === 'ru' ? 'RUB' : 'USD',
    currency_symbol: account.language === 'ru' ? '₽' : '$',
    customers_mode: account.customersMode,
    is_unsorted_on: true,
    mobile_feature_version: 0,
    is_loss_reason_enabled: true,
    is_helpbot_enabled: false,
    is_technical_account: false,
    contact_name_display_order: 1,
    language: account.language,
    ...Object.fromEntries(extra),
    _links: { self: { href: visit.world.link('/api/v4/account') } },
    ...(embedded.length > 0 ? { _embedded: Object.fromEntries(embedded) } : {}),
  });
}

function topLevelParts({ world }: Visit): Record<string, unknown> {
  return {
    is_api_filter_enabled: true,
    amojo_id: 'f3c6340d-410e-4ad1-9f7e-c5e663599909',
    uuid: '824f3a59-6154-4edf-ba90-0b5593715d07',
    drive_url: `https://drive-b.${world.account.zone}`,
    version: 16,
    invoices_settings: { lang: world.account.language, invoices_catalog_id: 7001 },
    entity_names: {
      leads: {
        ru: nounForms('сделка', 'сделки', 'f'),
        en: { singular_form: { default: 'lead' }, plural_form: { default: 'leads' }, gender: 'f' },
        es: { singular_form: { default: 'lead' }, plural_form: { default: 'leads' }, gender: 'm' },
      },
    },
  };
}

function nounForms(one: string, many: string, gender: string) {
  const cases = ['dative', 'default', 'genitive', 'accusative', 'instrumental', 'prepositional'];
  const form = (word: string) => Object.fromEntries(cases.map(name => [name, word]));
  return { gender, plural_form: form(many), singular_form: form(one) };
}

function embeddedParts({ world, request }: Visit): Record<string, unknown> {
  const groups = [...world.users.values()].flatMap(user => (user.group ? [user.group] : []));
  const unique = new Map(groups.map(group => [group.id, { id: group.id, name: group.name, uuid: null }]));
  return {
    amojo_rights: { can_direct: true, can_create_groups: true },
    users_groups: [{ id: 0, name: 'Отдел продаж', uuid: null }, ...unique.values()],
    task_types: world.account.taskTypes.map(({ id, name, code = null }) => ({
      id,
      name,
      color: null,
      icon_id: null,
      code,
    })),
    datetime_settings: {
      date_pattern: 'd.m.Y H:i',
      short_date_pattern: 'd.m.Y',
      short_time_pattern: 'H:i',
      date_formant: 'd.m.Y',
      time_format: 'H:i:s',
      timezone: world.account.timeZone,
      timezone_offset: offsetText(request.at, world.account.timeZone),
    },
  };
}
