/** What an account has of which a test says nothing. */

import type { CustomerStatus, SimPipeline, SimUser, TaskType } from './state';

/** What a new account comes with [D crm_platform/account-info]. */
export const DEFAULT_TASK_TYPES: readonly TaskType[] = [
  { id: 1, name: 'Связаться', code: 'FOLLOW_UP' },
  { id: 2, name: 'Встреча', code: 'MEETING' },
];

export const DEFAULT_PIPELINES: readonly SimPipeline[] = [
  {
    id: 3_177_727,
    name: 'Воронка',
    statuses: [
      { id: 32_392_159, name: 'Первичный контакт' },
      { id: 32_392_162, name: 'Переговоры' },
      { id: 32_392_165, name: 'Принимают решение' },
      { id: 32_392_168, name: 'Согласование договора' },
    ],
  },
];

export const DEFAULT_CUSTOMER_STATUSES: readonly CustomerStatus[] = [
  { id: 4_740_010, name: 'Купили недавно', type: 4 },
  { id: 4_740_013, name: 'Думают о новой покупке' },
  { id: 4_740_025, name: 'Ожидается покупка', type: 1 },
  { id: 4_740_028, name: 'Не купили', type: 2 },
  { id: 4_740_031, name: 'Закрыты', type: 3 },
];

export const DEFAULT_USERS: readonly SimUser[] = [
  { id: 9_000_001, name: 'Анна Администратова', isAdmin: true },
  { id: 9_000_002, name: 'Михаил Менеджеров' },
  { id: 9_000_003, name: 'Светлана Поддержкина' },
];
