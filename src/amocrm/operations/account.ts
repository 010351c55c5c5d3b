import { AmoError } from '../../core/amoError';
import { timeZoneName } from '../../core/day';
import { embeddedIn, isObject } from '../answer';
import { ACCOUNT_PATH, type AmoClient } from '../client';

export interface Account {
  id: number;
  name: string;
  /** The account's zone; undefined when amoCRM does not tell. */
  timeZone: string | undefined;
}

/** Who the token's account is, and in which zone it lives ([D crm_platform/account-info]). */
export function readAccount(client: AmoClient): Account {
  return readAccountAndUser(client).account;
}

/** The same, and in whose name we ask; undefined where amoCRM does not tell. */
export function readAccountAndUser(client: AmoClient): { account: Account; userId: number | undefined } {
  return client.get(ACCOUNT_PATH, { with: 'datetime_settings' }, data => {
    const { id, name, current_user_id: userId } = data ?? {};
    if (typeof id !== 'number') throw new AmoError('malformed', 200);
    const dates = embeddedIn(data, 'datetime_settings');
    const zone = isObject(dates) ? dates['timezone'] : undefined;
    const account = {
      id,
      name: typeof name === 'string' && name !== '' ? name : String(id),
      timeZone: typeof zone === 'string' ? timeZoneName(zone) : undefined,
    };
    return { account, userId: typeof userId === 'number' ? userId : undefined };
  });
}
