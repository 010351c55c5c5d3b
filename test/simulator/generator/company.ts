/** The company behind the days: who works there, what their funnels and fields are called. The same for every date. */

import { SeededRandom } from '../seededRandom';
import type { CustomField, SimPipeline, SimUser } from '../state';

export interface Company {
  /** Whom `/users` lists: people of both departments, an administrator, the integration. */
  users: readonly SimUser[];
  sales: readonly number[];
  support: readonly number[];
  /** The user under whose token the telephony works. */
  integration: number;
  /** Authors of events whom `/users` does not list any more. */
  dismissed: readonly number[];
  pipelines: readonly SimPipeline[];
  fields: readonly CustomField[];
}

const SALES = { id: 401_001, name: 'Отдел продаж' };
const SUPPORT = { id: 401_002, name: 'Поддержка' };
const FIRST = [
  'Анна',
  'Борис',
  'Вера',
  'Глеб',
  'Дарья',
  'Егор',
  'Жанна',
  'Захар',
  'Ирина',
  'Кирилл',
  'Лидия',
  'Максим',
];
const LAST = [
  'Примерова',
  'Образцов',
  'Тестова',
  'Макетов',
  'Эскизова',
  'Черновик',
  'Шаблонова',
  'Заготовкин',
];

const FIELDS = [
  'Телефон',
  'Email',
  'Должность',
  'Источник',
  'Дата встречи',
  'Сумма договора',
  'Город',
  'Статус оплаты',
];

const PIPELINES: readonly SimPipeline[] = [
  {
    id: 3_104_455,
    name: 'Продажи',
    statuses: [
      { id: 31_881_101, name: 'Первичный контакт' },
      { id: 31_881_104, name: 'Переговоры' },
      { id: 31_881_107, name: 'Договор' },
      { id: 31_881_110, name: 'Счёт выставлен' },
      { id: 31_881_115, name: 'Оплата' },
    ],
  },
  {
    id: 3_166_396,
    name: 'Повторные продажи',
    statuses: [
      { id: 32_311_021, name: 'Напомнили о себе' },
      { id: 32_311_024, name: 'Коммерческое предложение' },
      { id: 32_311_027, name: 'Ждём оплату' },
    ],
  },
];

/** @param users how many `/users` lists, at least 1 */
export function makeCompany(seed: string, users: number): Company {
  const random = new SeededRandom(`${seed}|company`);
  const base = 8_000_000 + random.whole(0, 9_000) * 100;
  const listed: SimUser[] = [];
  const idOf = (index: number) => base + index * 3;
  for (let index = 0; index < users; index++) {
    const name = `${FIRST[index % FIRST.length]} ${LAST[Math.floor(index / FIRST.length + index) % LAST.length]}`;
    listed.push({
      id: idOf(index),
      name,
      email: `user${index + 1}@example.com`,
      lang: 'ru',
      isAdmin: index === 0,
      isActive: index % 17 !== 16,
      group: index % 3 === 2 ? SUPPORT : SALES,
    });
  }
  const integration = listed.at(-1) as SimUser;
  if (users >= 3) Object.assign(integration, { name: 'Телефония', isAdmin: false, isActive: true });
  const people = users >= 3 ? listed.slice(0, -1) : listed;
  const working = people.filter(person => person.isActive);
  const support = working.filter(person => person.group === SUPPORT);
  const sales = working.filter(person => person.group === SALES);
  return {
    users: listed,
    sales: sales.map(person => person.id),
    support: (support.length > 0 ? support : sales).map(person => person.id),
    integration: integration.id,
    dismissed: [base - 30, base - 60, base - 90],
    pipelines: PIPELINES,
    fields: FIELDS.map((name, index) => ({ id: 188_085 + index * 2, name })),
  };
}
