/** The stages that every pipeline has beside its own [D crm_platform/leads_pipelines]. */

import type { Language } from './state';

/** The same ids in every pipeline. */
export const WON = 142;
export const LOST = 143;

export interface SystemStageNames {
  unsorted: string;
  won: string;
  lost: string;
}

const RUSSIAN: SystemStageNames = {
  unsorted: 'Неразобранное',
  won: 'Успешно реализовано',
  lost: 'Закрыто и не реализовано',
};

/** Not published; worded here. */
const OTHERS: SystemStageNames = { unsorted: 'Incoming leads', won: 'Closed - won', lost: 'Closed - lost' };

export function systemStageNames(language: Language): SystemStageNames {
  return language === 'ru' ? RUSSIAN : OTHERS;
}
