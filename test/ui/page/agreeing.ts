import type { CheckLine, ConnectState } from '../../../src/core/connectRequest';
import { NOTHING_YET, type Server } from './stubbedPage';

export const LINK = 'https://www.amocrm.ru/oauth?client_id=abc&state=xyz';

export const withAddress: ConnectState = { ...NOTHING_YET, address: 'romashka.amocrm.ru' };
export const connected: ConnectState = {
  ...withAddress,
  connection: 'works',
  way: 'token',
  account: 'ООО «Ромашка»',
};
export const byOauth: ConnectState = { ...connected, way: 'oauth', clientId: 'abc', hasSecret: true };
const CHECKS: CheckLine[] = [
  {
    state: 'ok',
    label: 'Доступ к аккаунту',
    what: 'Аккаунт «Ромашка», часовой пояс Europe/Moscow.',
    todo: '',
  },
  {
    state: 'warning',
    label: 'Срок токена',
    what: 'Токен действует до 30.11.2026.',
    todo: 'Выпустите новый до этого дня.',
  },
  {
    state: 'failed',
    label: 'Пользователи',
    what: 'amoCRM отказал в доступе: у токена нет нужных прав (403).',
    todo: 'Выпустите токен под администратором.',
  },
  { state: 'skipped', label: 'События', what: 'Не проверялись: сначала нужны права.', todo: '' },
];

/** A server that agrees to everything, and finds nothing wrong any more when it checks again. */
export function agreeing(start: ConnectState = NOTHING_YET): Server {
  let state = start;
  const rounds = [CHECKS];
  const said = { ok: true, what: 'Принято.', todo: '' };
  return request => {
    switch (request.ask) {
      case 'state':
        return { state };
      case 'address':
        state = { ...state, address: 'romashka.amocrm.ru' };
        return { state, said: { ...said, what: 'Адрес сохранён.' } };
      case 'token':
        state = connected;
        return { state, said };
      case 'link':
        state = { ...state, clientId: request.clientId, hasSecret: true };
        return { state, said, link: LINK };
      case 'code':
        state = byOauth;
        return { state, said };
      case 'check':
        return { state, checks: rounds.shift() ?? CHECKS.slice(0, 2) };
    }
  };
}
