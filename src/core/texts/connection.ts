import type { AmoErrorCode } from '../amoError';
import type { Check, CheckLine } from '../connectRequest';

/** What is said of the connection to amoCRM and of its check. */
interface ConnectionTexts {
  connection: {
    sidebarTitle: string;
    returnTitle: (ok: boolean) => string;
    moved: (from: string, to: string) => string;
    refused: (what: string, since: string) => string;
    refusedEffect: string;
    refusedTodo: string;
    /** What to do when connecting fails: nothing is tried again by itself, and the fields are at hand. */
    todo: Partial<Record<AmoErrorCode, string>>;
    ends: (day: string, days: number) => string;
    endsEffect: string;
    endsTodo: string;
    endsSubject: string;
    state: (way: 'token' | 'oauth', isRefused: boolean, until: string | undefined) => string;
    foreign: (name: string) => string;
    foreignTodo: (host: string) => string;
    tokenRefusedTodo: (host: string) => string;
    badAddress: string;
    needsAddress: string;
    needsCode: string;
    needsClientId: string;
    needsSecret: string;
    codeWaits: string;
    consentRefused: string;
    busy: string;
  };
  check: {
    marks: Record<CheckLine['state'], string>;
    labels: Record<Check, string>;
    skipped: string;
    allWell: string;
    noAddress: string;
    badAddress: (found: string) => string;
    addressTodo: string;
    pausedTodo: (until: string) => string;
    silentUntil: (what: string, until: string) => string;
    /** What the first request says of the address, or of amoCRM as a whole, after the address. */
    atAddress: Partial<Record<AmoErrorCode, (status: number) => string>>;
    atAddressTodo: Partial<Record<AmoErrorCode, (host: string) => string>>;
    answers: (host: string) => string;
    noToken: string;
    connectTodo: string;
    foreign: (found: string, known: string) => string;
    forbiddenTodo: string;
    account: (name: string, zone: string) => string;
    admin: (name: string) => string;
    nobody: string;
    userGone: string;
    usersListed: (count: number) => string;
    eventsListed: string;
    noRight: Partial<Record<Check, string>>;
    noRightTodo: string;
    renewed: string;
    accepted: string;
    validUntil: (day: string) => string;
    endsSoon: (day: string, days: number) => string;
    wasValidUntil: (day: string) => string;
    withdrawnTodo: string;
    pingTodo: string;
    clocksAgree: string;
    clocksDiffer: (minutes: number, isAhead: boolean) => string;
    clocksTodo: string;
  };
}

export const CONNECTION_TEXTS: Record<'ru' | 'en', ConnectionTexts> = {
  ru: {
    connection: {
      sidebarTitle: 'Подключение amoCRM',
      returnTitle: ok => (ok ? 'amoCRM подключён' : 'amoCRM не подключён'),
      moved: (from, to) => `Аккаунт amoCRM переехал: был ${from}, теперь ${to}. Адрес в настройках исправлен`,
      refused: (what, since) => `${what}. Замеры и отчёты остановлены с ${since}`,
      refusedEffect: 'Данные целы. Пропущенные дни соберутся сами после подключения.',
      refusedTodo: 'Подключите аккаунт заново (в меню «Подключить amoCRM…»).',
      todo: {
        ...forAll(
          ['timeout', 'server-error', 'malformed', 'too-many-requests'],
          'Подождите минуту и попробуйте ещё раз. Если не проходит, откройте amoCRM в браузере и проверьте, работает ли он.',
        ),
        ...forAll(['not-found', 'redirected'], 'Проверьте, нет ли в адресе опечатки.'),
        'no-connection':
          'Проверьте, нет ли в адресе опечатки. Если он верный, подождите минуту и попробуйте ещё раз.',
        'not-api':
          'Откройте amoCRM в браузере: возможно, идут работы или аккаунт закрыт. Потом попробуйте ещё раз.',
        'token-refused':
          'Проверьте адрес: токен подходит только к своему аккаунту. Если адрес верный, скопируйте токен целиком или создайте новый.',
        forbidden: 'Подключите amoCRM под пользователем с правами администратора.',
        refused: 'Попробуйте ещё раз. Если не пройдёт, передайте эту строку разработчику.',
        ...forAll(
          ['code-expired', 'code-used', 'code-unreadable'],
          'Скопируйте новый код на вкладке «Ключи» интеграции и вставьте его в течение 20 минут.',
        ),
        'wrong-client-id': 'Скопируйте «ID интеграции» с вкладки «Ключи» целиком.',
        'wrong-client-secret':
          'Скопируйте «Секретный ключ» с вкладки «Ключи» целиком. Если его меняли, нужен новый.',
        'wrong-account-host': 'Нужен адрес аккаунта, в котором создана интеграция.',
        paused: 'Попробуйте ещё раз через час.',
        'out-of-time': 'Попробуйте ещё раз.',
      },
      ends: (day, days) =>
        `Токен amoCRM перестанет действовать ${day} (${days <= 0 ? 'меньше дня' : `дней осталось: ${days}`})`,
      endsEffect: 'Пока всё работает, данные не пострадали.',
      endsTodo:
        'Выпустите новый долгосрочный токен (amoМаркет → ваша интеграция → «Ключи») и вставьте его: меню «Подключить amoCRM…».',
      endsSubject: 'amoCRM Monitor: токен amoCRM скоро перестанет действовать',
      state: (way, isRefused, until) =>
        `Подключение: ${way === 'token' ? 'долгосрочный токен' : 'OAuth, обновляется само'}${
          until === undefined ? '' : `, срок до ${until}`
        }${isRefused ? ' – не действует, нажмите «Подключить amoCRM…»' : ''}`,
      foreign: name =>
        `Это другой аккаунт amoCRM, а в таблицах данные аккаунта «${name}»: смешивать их нельзя`,
      foreignTodo: host =>
        `Подключение не изменилось, адрес прежний: ${host}. Для другого аккаунта создайте отдельную таблицу.`,
      tokenRefusedTodo: host =>
        `Так бывает, если токен скопирован не целиком, отозван или его срок вышел, и если ${host} – адрес другого аккаунта. Проверьте адрес. Если он верный, выпустите новый токен (amoМаркет → ваша интеграция → «Ключи») и вставьте его: меню «Подключить amoCRM…».`,
      badAddress:
        'Это не адрес аккаунта amoCRM. Нужен адрес, как в браузере: mycompany.amocrm.ru (или .amocrm.com, .kommo.com).',
      needsAddress: 'Сначала укажите адрес аккаунта amoCRM, например mycompany.amocrm.ru.',
      needsCode: 'Вставьте код авторизации из окна интеграции.',
      needsClientId: 'Вставьте ID интеграции с её вкладки «Ключи».',
      needsSecret: 'Вставьте секретный ключ интеграции целиком.',
      codeWaits: 'Код сохранён. Подождите минуту и попробуйте ещё раз с тем же кодом: он действует 20 минут.',
      consentRefused:
        'Доступ не разрешён, подключение не изменилось. Вернитесь в таблицу и попробуйте ещё раз или вставьте токен.',
      busy: 'Сейчас идёт другой запуск. Подождите минуту и попробуйте ещё раз.',
    },
    check: {
      marks: { ok: '✓', warning: '!', failed: '✗', skipped: '–' },
      labels: {
        address: 'Адрес',
        token: 'Токен',
        account: 'Аккаунт',
        user: 'Кто подключил',
        users: 'Пользователи',
        events: 'События',
        ping: 'Отклик',
        clock: 'Часы',
      },
      skipped: 'не проверялось',
      allWell: 'Подключение проверено: всё в порядке',
      noAddress: 'не указан',
      badAddress: found => `«${found}» – это не адрес аккаунта amoCRM`,
      addressTodo:
        'Нажмите в меню «Подключить amoCRM…» и введите адрес, как в браузере: mycompany.amocrm.ru (или .amocrm.com, .kommo.com).',
      pausedTodo: until => `Ничего: монитор продолжит сам. Проверьте ещё раз после ${until}.`,
      silentUntil: (what, until) => `${what}. Запросов не будет до ${until}`,
      atAddress: {
        'no-connection': () => 'нет связи с этим адресом',
        'not-found': status => `аккаунта amoCRM с таким адресом нет (${status})`,
        redirected: status => `адрес перенаправляет на другую страницу (${status})`,
        'not-api': () => 'вместо данных приходит страница сайта',
      },
      atAddressTodo: {
        'no-connection': host =>
          `Откройте https://${host} в браузере. Если страница не открывается, в адресе опечатка: исправьте его в меню «Подключить amoCRM…». Если открывается, связь прервалась ненадолго: проверьте ещё раз через несколько минут.`,
        'not-found': () =>
          'Откройте amoCRM в браузере, скопируйте адрес из строки браузера и введите его в меню «Подключить amoCRM…».',
        redirected: host =>
          `Обычно так бывает, если аккаунт переименован или такого адреса нет. Откройте https://${host} в браузере, войдите и скопируйте адрес, который там получится, в меню «Подключить amoCRM…».`,
        'not-api': host =>
          `Откройте https://${host} в браузере. Если там технические работы, подождите. Если просят войти или это чужой сайт, проверьте адрес: меню «Подключить amoCRM…».`,
      },
      answers: host => `${host}, отвечает`,
      noToken: 'amoCRM ещё не подключён',
      connectTodo: 'Нажмите в меню «Подключить amoCRM…»: панель проведёт по шагам.',
      foreign: (found, known) =>
        `Это аккаунт «${found}», а в таблицах данные аккаунта «${known}»: смешивать их нельзя`,
      forbiddenTodo:
        'Подключите amoCRM заново под администратором: меню «Подключить amoCRM…». Если в amoCRM доступ разрешён только с определённых IP-адресов, снимите это ограничение: у Google адреса меняются.',
      account: (name, zone) => `${name}, часовой пояс ${zone}`,
      admin: name => `${name}, администратор`,
      nobody: 'amoCRM не говорит',
      userGone: 'этого пользователя в аккаунте уже нет, доступ действует',
      usersListed: count => `читаются: ${count}`,
      eventsListed: 'читаются',
      noRight: {
        user: 'не администратор: пользователей читать нельзя, а без их списка людей не отличить от роботов, поэтому отчёт отключён. Замеры работают',
        users:
          'нет права читать пользователей: без списка людей не отличить от роботов, поэтому отчёт отключён. Замеры работают',
        events: 'нет права читать события: отчёт отключён. Замеры работают',
      },
      noRightTodo: 'Войдите в amoCRM как администратор и подключите его заново: меню «Подключить amoCRM…».',
      renewed: 'принят, обновляется сам',
      accepted: 'принят, срок в нём не указан',
      validUntil: day => `принят, действует до ${day}`,
      endsSoon: (day, days) =>
        `принят, но скоро перестанет действовать: ${day} (${days <= 0 ? 'осталось меньше дня' : `дней осталось: ${days}`})`,
      wasValidUntil: day => `срок токена вышел ${day}`,
      withdrawnTodo:
        'Раньше он работал: значит, его отозвали или отключили интеграцию. Включите её в amoМаркете или выпустите новый токен (ваша интеграция → «Ключи») и вставьте его: меню «Подключить amoCRM…».',
      pingTodo:
        'Проверьте ещё раз через несколько минут. Если не проходит, откройте amoCRM в браузере и проверьте, работает ли он.',
      clocksAgree: 'совпадают',
      clocksDiffer: (minutes, isAhead) =>
        `часы amoCRM ${isAhead ? 'спешат' : 'отстают'} относительно часов Google на ${minutes} мин`,
      clocksTodo:
        'Делать ничего не нужно, данные целы. Если разница держится, события у границы дня могут попасть в соседний день.',
    },
  },
  en: {
    connection: {
      sidebarTitle: 'Connect amoCRM',
      returnTitle: ok => (ok ? 'amoCRM is connected' : 'amoCRM is not connected'),
      moved: (from, to) =>
        `The amoCRM account has moved: it was ${from}, now it is ${to}. The address in the settings is corrected`,
      refused: (what, since) => `${what}. Pings and reports have paused since ${since}`,
      refusedEffect: 'No data was harmed. Missed days get collected by themselves after connecting.',
      refusedTodo: 'Connect the account anew ("Connect amoCRM…" in the menu).',
      todo: {
        ...forAll(
          ['timeout', 'server-error', 'malformed', 'too-many-requests'],
          'Wait a minute and try again. If it stays, open amoCRM in the browser and see whether it works.',
        ),
        ...forAll(['not-found', 'redirected'], 'Look for a slip in the address.'),
        'no-connection': 'Look for a slip in the address. If it is right, wait a minute and try again.',
        'not-api':
          'Open amoCRM in the browser: there may be maintenance, or the account is closed. Then try again.',
        'token-refused':
          'Check the address: a token fits its own account only. If it is right, copy the whole token, or create a new one.',
        forbidden: 'Connect amoCRM as a user with administrator rights.',
        refused: 'Try again. If it stays, give this row to the developer.',
        ...forAll(
          ['code-expired', 'code-used', 'code-unreadable'],
          'Copy a new code from the integration\'s tab "Keys" and paste it within 20 minutes.',
        ),
        'wrong-client-id': 'Copy the whole "Integration ID" from the tab "Keys".',
        'wrong-client-secret':
          'Copy the whole "Secret key" from the tab "Keys". If it was changed, the new one is needed.',
        'wrong-account-host': 'It must be the address of the account in which the integration was created.',
        paused: 'Try again in an hour.',
        'out-of-time': 'Try again.',
      },
      ends: (day, days) =>
        `The amoCRM token ends on ${day} (${days <= 0 ? 'less than a day is left' : `days left: ${days}`})`,
      endsEffect: 'Everything works so far, no data was harmed.',
      endsTodo:
        'Create a new long-lived token (amoMarket → your integration → "Keys") and paste it: menu "Connect amoCRM…".',
      endsSubject: 'amoCRM Monitor: the amoCRM token ends soon',
      state: (way, isRefused, until) =>
        `Connection: ${way === 'token' ? 'long-lived token' : 'OAuth, renewed by itself'}${
          until === undefined ? '' : `, until ${until}`
        }${isRefused ? ' – does not work, choose "Connect amoCRM…"' : ''}`,
      foreign: name =>
        `This is another amoCRM account, and the tables hold the data of "${name}": they must not be mixed`,
      foreignTodo: host =>
        `The connection is as it was, at the former address ${host}. For another account make a spreadsheet of its own.`,
      tokenRefusedTodo: host =>
        `This happens when the token was not copied whole, was withdrawn or has ended, and when ${host} is another account's address. Check the address. If it is right, create a new token (amoMarket → your integration → "Keys") and paste it: menu "Connect amoCRM…".`,
      badAddress:
        "This is no amoCRM account's address. Enter it as the browser shows it: mycompany.amocrm.ru (or .amocrm.com, .kommo.com).",
      needsAddress: "Enter the amoCRM account's address first, such as mycompany.amocrm.ru.",
      needsCode: "Paste the authorisation code from the integration's window.",
      needsClientId: 'Paste the integration ID from its tab "Keys".',
      needsSecret: "Paste the integration's whole secret key.",
      codeWaits: 'The code is kept. Wait a minute and try again with the same code: it works for 20 minutes.',
      consentRefused:
        'Access was not allowed, the connection is as it was. Go back to the spreadsheet and try again, or paste a token.',
      busy: 'Another run is under way. Wait a minute and try again.',
    },
    check: {
      marks: { ok: '✓', warning: '!', failed: '✗', skipped: '–' },
      labels: {
        address: 'Address',
        token: 'Token',
        account: 'Account',
        user: 'Connected by',
        users: 'Users',
        events: 'Events',
        ping: 'Latency',
        clock: 'Clocks',
      },
      skipped: 'not tried',
      allWell: 'The connection was checked: everything is in order',
      noAddress: 'not entered',
      badAddress: found => `"${found}" is no amoCRM account's address`,
      addressTodo:
        'Choose "Connect amoCRM…" in the menu and enter the address as the browser shows it: mycompany.amocrm.ru (or .amocrm.com, .kommo.com).',
      pausedTodo: until => `Nothing: the monitor goes on by itself. Check again after ${until}.`,
      silentUntil: (what, until) => `${what}. No request is sent until ${until}`,
      atAddress: {
        'no-connection': () => 'there is no connection to this address',
        'not-found': status => `there is no amoCRM account with this address (${status})`,
        redirected: status => `the address leads to another page (${status})`,
        'not-api': () => 'a web page comes instead of data',
      },
      atAddressTodo: {
        'no-connection': host =>
          `Open https://${host} in the browser. If it does not open, the address has a slip: correct it by the menu "Connect amoCRM…". If it opens, the connection was lost for a moment: check again in some minutes.`,
        'not-found': () =>
          'Open amoCRM in the browser, copy the address from there and enter it by the menu "Connect amoCRM…".',
        redirected: host =>
          `Mostly the account was renamed, or there is none with this address. Open https://${host} in the browser, sign in, and enter the address that you see there by the menu "Connect amoCRM…".`,
        'not-api': host =>
          `Open https://${host} in the browser. If there is maintenance, wait. If you are asked to sign in or it is somebody else's site, check the address: menu "Connect amoCRM…".`,
      },
      answers: host => `${host}, answers`,
      noToken: 'amoCRM is not connected yet',
      connectTodo: 'Choose "Connect amoCRM…" in the menu: the sidebar leads you through the steps.',
      foreign: (found, known) =>
        `This is the account "${found}", and the tables hold the data of "${known}": they must not be mixed`,
      forbiddenTodo:
        'Connect amoCRM anew as an administrator: menu "Connect amoCRM…". If amoCRM allows access from certain IP addresses only, lift that restriction: Google\'s addresses change.',
      account: (name, zone) => `${name}, time zone ${zone}`,
      admin: name => `${name}, an administrator`,
      nobody: 'amoCRM does not tell',
      userGone: 'this user has left the account, the access still works',
      usersListed: count => `can be read: ${count}`,
      eventsListed: 'can be read',
      noRight: {
        user: 'no administrator: users cannot be read, and without their list people cannot be told from robots, so the report is off. Pings work',
        users:
          'no right to read users: without the list people cannot be told from robots, so the report is off. Pings work',
        events: 'no right to read events: the report is off. Pings work',
      },
      noRightTodo: 'Sign in to amoCRM as an administrator and connect it anew: menu "Connect amoCRM…".',
      renewed: 'accepted, renewed by itself',
      accepted: 'accepted, does not tell when it ends',
      validUntil: day => `accepted, valid until ${day}`,
      endsSoon: (day, days) =>
        `accepted, but ends soon: ${day} (${days <= 0 ? 'less than a day is left' : `days left: ${days}`})`,
      wasValidUntil: day => `the token ended on ${day}`,
      withdrawnTodo:
        'It worked before, so it was withdrawn, or the integration was switched off. Switch it on in amoMarket, or create a new token (your integration → "Keys") and paste it: menu "Connect amoCRM…".',
      pingTodo:
        'Check again in some minutes. If it does not pass, open amoCRM in the browser and see whether it works.',
      clocksAgree: 'agree',
      clocksDiffer: (minutes, isAhead) =>
        `amoCRM's clock is ${minutes} min ${isAhead ? 'ahead of' : 'behind'} Google's`,
      clocksTodo:
        'Nothing needs to be done, no data was harmed. If the difference stays, events near the border of a day may count for the day beside it.',
    },
  },
};

function forAll(codes: readonly AmoErrorCode[], text: string): Partial<Record<AmoErrorCode, string>> {
  return Object.fromEntries(codes.map(code => [code, text]));
}
