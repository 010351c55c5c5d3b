import { AmoError } from '../../core/amoError';
import { timeZoneName } from '../../core/day';
import { isObject } from '../answer';
import { ACCOUNT_PATH, type AmoClient } from '../client';

export interface Account {
  id: number;
  name: string;
  /** The account's zone; undefined when amoCRM does not tell. */
  timeZone: string | undefined;
}

/** Who the token's account is, and in which zone it lives ([D crm_platform/account-info]). */
export function readAccount(client: AmoClient): Account {
  return client.get(ACCOUNT_PATH, { with: 'datetime_settings' }, data => {
    const { id, name, _embedded: embedded } = data ?? {};
    if (typeof id !== 'number') throw new AmoError('malformed', 200);
    const dates = isObject(embedded) ? embedded['datetime_settings'] : undefined;
    const zone = isObject(dates) ? dates['timezone'] : undefined;
    return {
      id,
      name: typeof name === 'string' && name !== '' ? name : String(id),
      timeZone: typeof zone === 'string' ? timeZoneName(zone) : undefined,
    };
  });
}
