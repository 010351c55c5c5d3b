import { helpbot, leadStatus, link, message, responsible, tags } from '../simulator/generator/values';
import type { SeededRandom } from '../simulator/seededRandom';
import type { CustomField, NewEvent, SimPipeline, SimUser } from '../simulator/state';

/** Some names look like a formula, some like a page's markup: they must stand in the sheet as they are. */
export const USERS: readonly SimUser[] = [
  { id: 9_000_001, name: 'Анна Администратова', isAdmin: true },
  { id: 9_000_002, name: 'Михаил Менеджеров' },
  { id: 9_000_003, name: '=Светлана()' },
];
/** Under whose name an integration works. */
export const SERVICE: SimUser = { id: 9_000_004, name: 'Телефония' };
/** Who is in the account at first, and does something only when no longer there. */
export const LEAVER: SimUser = { id: 9_000_005, name: 'Лев Уволенский' };

export const FIELDS: readonly CustomField[] = [
  { id: 188_087, name: 'Бюджет' },
  { id: 188_088, name: '=СУММ(A1)' },
  { id: 188_089, name: '<b>Скидка</b> & "акция"', entity: 'contacts' },
];

export const PIPELINES: readonly SimPipeline[] = [
  {
    id: 3_100_001,
    name: 'Продажи',
    statuses: [
      { id: 31_000_001, name: 'Переговоры' },
      { id: 31_000_002, name: '=HYPERLINK("http://x";"Договор")' },
    ],
  },
  { id: 3_100_002, name: '=1+1', statuses: [{ id: 31_000_003, name: '<i>Оплата</i>' }] },
];

const TAGS = ['vip', '=CMD()', '<u>срочно</u>', '007'];
const CHANNELS = ['telegram', 'wz_whatsapp', '+7 916'];
const OTHERS_OF_THE_ACCOUNT = ['lead', 'contact', 'company'];
/** The last one is what no list names. */
const STAGES = [
  ...PIPELINES.flatMap(({ id, statuses }) => statuses.map(stage => leadStatus(stage.id, id))),
  leadStatus(142, PIPELINES[0]!.id),
  leadStatus(31_999_999, PIPELINES[0]!.id),
];
const CUSTOMER_STAGES = [4_740_010, 4_740_013].map(id => [{ customer_status: { id } }]);

/** What an event of that type holds, so that it is about something. */
export function valuesOf(type: string, random: SeededRandom): Pick<NewEvent, 'valueAfter' | 'valueBefore'> {
  switch (type) {
    case 'lead_status_changed':
      return { valueBefore: random.pick(STAGES), valueAfter: random.pick(STAGES) };
    case 'customer_status_changed':
      return { valueAfter: random.pick(CUSTOMER_STAGES) };
    case 'entity_tag_added':
      return { valueAfter: tags(...TAGS.slice(random.whole(0, 3)).slice(0, random.whole(1, 2))) };
    case 'entity_tag_deleted':
      return { valueBefore: tags(random.pick(TAGS)) };
    case 'entity_responsible_changed':
      return { valueAfter: responsible(random.pick(USERS).id) };
    case 'entity_linked':
      return { valueAfter: link(random.pick(OTHERS_OF_THE_ACCOUNT), 1) };
    case 'incoming_chat_message':
    case 'outgoing_chat_message':
      return { valueAfter: message('m', 1, random.pick(CHANNELS)) };
    case 'task_added':
      return { valueAfter: [{ task_type: { id: random.whole(1, 3) } }] };
    case 'robot_replied':
      return { valueAfter: helpbot(random.whole(1, 2)) };
    default:
      return {};
  }
}
