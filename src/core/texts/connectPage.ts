import type { Language } from '../settings';

/** The fixed words of the sidebar "Connect amoCRM". What comes from the server comes translated already. */
export interface ConnectPageWords {
  language: Language;

  steps: string;
  stepAddress: string;
  stepAccess: string;
  stepCheck: string;
  stepDone: string;

  loading: string;
  slow: string;
  unreachable: string;
  tryAgain: string;
  required: string;
  show: string;
  hide: string;

  addressTitle: string;
  addressIntro: string;
  addressLabel: string;
  addressHint: string;
  addressSubmit: string;
  addressBusy: string;

  accessTitle: string;
  account: string;
  change: string;
  refused: string;
  refusedTodo: string;
  way: string;
  wayToken: string;
  wayTokenHint: string;
  wayOauth: string;
  wayOauthHint: string;
  stored: string;

  tokenAbout: string;
  tokenGuideTitle: string;
  tokenGuide: readonly string[];
  tokenLabel: string;
  tokenSubmit: string;
  tokenBusy: string;

  oauthAbout: string;
  oauthGuideTitle: string;
  oauthGuide: readonly string[];
  redirectLabel: string;
  redirectHint: string;
  copy: string;
  copied: string;
  copyByHand: string;
  clientIdLabel: string;
  clientSecretLabel: string;
  secretKept: string;
  confirm: string;
  byLink: string;
  byLinkHint: string;
  byCode: string;
  byCodeHint: string;
  codeLabel: string;
  codeHint: string;
  linkSubmit: string;
  linkBusy: string;
  codeSubmit: string;
  codeBusy: string;

  consentTitle: string;
  consentGuide: readonly string[];
  consentOpen: string;
  newTab: string;
  consentWaiting: string;
  consentOver: string;
  consentOverTodo: string;
  consentTrouble: string;
  consentBack: string;

  checkTitle: string;
  connectedTo: string;
  checkBusy: string;
  allWell: string;
  someWarnings: string;
  someFailed: string;
  ok: string;
  warning: string;
  failed: string;
  skipped: string;
  checkAgain: string;
  report: string;
  reportBusy: string;
  reportDone: string;
  reportDoneTodo: string;
  reportUnheard: string;
  reportUnheardTodo: string;
  connectAnew: string;
  close: string;

  /** On the page that amoCRM's consent leads to. */
  closeTab: string;
}

const ru: ConnectPageWords = {
  language: 'ru',

  steps: 'Шаги подключения',
  stepAddress: 'Адрес',
  stepAccess: 'Доступ',
  stepCheck: 'Проверка',
  stepDone: 'готово',

  loading: 'Смотрим, что уже настроено…',
  slow: 'amoCRM отвечает медленно. Подождите ещё немного…',
  unreachable: 'Не получилось связаться с Google. Проверьте интернет и попробуйте ещё раз.',
  tryAgain: 'Попробовать ещё раз',
  required: 'Заполните это поле.',
  show: 'Показать',
  hide: 'Скрыть',

  addressTitle: 'Адрес вашего amoCRM',
  addressIntro: 'Откройте amoCRM и скопируйте адрес из строки браузера. Подойдёт адрес любой страницы.',
  addressLabel: 'Адрес аккаунта',
  addressHint: 'Например, mycompany.amocrm.ru. Подходят и адреса .amocrm.com и .kommo.com.',
  addressSubmit: 'Далее',
  addressBusy: 'Сохраняем адрес…',

  accessTitle: 'Доступ к amoCRM',
  account: 'Аккаунт',
  change: 'Изменить',
  refused: 'amoCRM больше не принимает прежний доступ.',
  refusedTodo: 'Дайте доступ заново: новым токеном или через интеграцию.',
  way: 'Как дать доступ',
  wayToken: 'Долгосрочный токен',
  wayTokenHint: 'Проще всего: создать в amoCRM и вставить сюда. Срок выбираете вы, до 5 лет.',
  wayOauth: 'Ключи интеграции (OAuth)',
  wayOauthHint: 'Вы один раз разрешаете доступ в amoCRM, дальше он продлевается сам.',
  stored:
    'Ключи и токены хранятся в скрытых свойствах скрипта, в таблице их не видно. Но до них может добраться каждый, кто вправе редактировать таблицу: давайте это право только тем, кому доверяете.',

  tokenAbout:
    'Токен похож на длинный пароль: по нему монитор читает ваш аккаунт amoCRM. Создать его должен администратор.',
  tokenGuideTitle: 'Где взять токен',
  tokenGuide: [
    'Войдите в amoCRM как администратор и откройте «amoМаркет».',
    'Нажмите «⋮» вверху, «Создать интеграцию» и выберите приватную. Если интеграция уже есть, откройте её.',
    'На вкладке «Ключи» нажмите «Сгенерировать токен» и выберите срок.',
    'Скопируйте токен сразу: amoCRM показывает его только один раз.',
  ],
  tokenLabel: 'Долгосрочный токен',
  tokenSubmit: 'Подключить',
  tokenBusy: 'Проверяем токен в amoCRM…',

  oauthAbout: 'Интеграцию должен создать администратор amoCRM. Он же потом разрешит ей доступ.',
  oauthGuideTitle: 'Где взять ключи',
  oauthGuide: [
    'Войдите в amoCRM как администратор и откройте «amoМаркет».',
    'Нажмите «⋮» вверху, «Создать интеграцию» и выберите приватную.',
    'Вставьте в неё ссылку для перенаправления, которая стоит ниже, и сохраните.',
    'С вкладки «Ключи» скопируйте сюда «ID интеграции» и «Секретный ключ».',
  ],
  redirectLabel: 'Ссылка для перенаправления',
  redirectHint: 'Должна стоять в интеграции буква в букву.',
  copy: 'Копировать',
  copied: 'Скопировано',
  copyByHand: 'Ссылка выделена. Нажмите Ctrl+C (на Mac ⌘C).',
  clientIdLabel: 'ID интеграции',
  clientSecretLabel: 'Секретный ключ',
  secretKept: 'Ключ уже сохранён. Чтобы не менять его, оставьте поле пустым.',
  confirm: 'Как разрешить доступ',
  byLink: 'По ссылке',
  byLinkHint: 'Откроется amoCRM, вы нажмёте «Разрешить».',
  byCode: 'Кодом на 20 минут',
  byCodeHint: 'Скопировать из окна интеграции. Пригодится, если по ссылке не вышло.',
  codeLabel: 'Код авторизации',
  codeHint: 'Он на вкладке «Ключи». Действует 20 минут и только один раз.',
  linkSubmit: 'Получить ссылку',
  linkBusy: 'Готовим ссылку…',
  codeSubmit: 'Подключить',
  codeBusy: 'Проверяем код в amoCRM…',

  consentTitle: 'Разрешите доступ в amoCRM',
  consentGuide: [
    'Нажмите кнопку ниже: amoCRM откроется в новой вкладке.',
    'Выберите свой аккаунт и нажмите «Разрешить».',
    'Вернитесь сюда. Мы сами увидим, что доступ есть, и пойдём дальше.',
  ],
  consentOpen: 'Открыть amoCRM и разрешить доступ',
  newTab: '(в новой вкладке)',
  consentWaiting: 'Ждём разрешения в amoCRM…',
  consentOver: 'Мы ждали разрешения 20 минут и перестали.',
  consentOverTodo: 'Получите новую ссылку.',
  consentTrouble: 'Отказали в доступе или ничего не происходит?',
  consentBack: 'Начать этот шаг заново',

  checkTitle: 'Проверка',
  connectedTo: 'Подключено к аккаунту',
  checkBusy: 'Проверяем всё, что нужно монитору…',
  allWell: 'Всё в порядке: монитор готов к работе.',
  someWarnings: 'Монитор готов к работе, но есть замечания.',
  someFailed: 'Не всё получилось. Что делать, написано ниже.',
  ok: 'в порядке',
  warning: 'внимание',
  failed: 'ошибка',
  skipped: 'не проверялось',
  checkAgain: 'Проверить ещё раз',
  report: 'Сделать отчёт за вчера',
  reportBusy:
    'Собираем отчёт за вчера, это займёт до пяти минут. В конце откроется окно с итогом: нажмите в нём «ОК».',
  reportDone: 'Сбор отчёта завершён.',
  reportDoneTodo: 'Итог на листе «Отчёт», что было по дороге, на листе «Журнал».',
  reportUnheard: 'Мы не дождались конца сбора.',
  reportUnheardTodo:
    'Отчёт мог собраться: посмотрите листы «Отчёт» и «Журнал». Если его нет, начните ещё раз.',
  connectAnew: 'Подключить заново',
  close: 'Закрыть',

  closeTab: 'Эту вкладку можно закрыть и вернуться к таблице.',
};

const en: ConnectPageWords = {
  language: 'en',

  steps: 'Steps to connect',
  stepAddress: 'Address',
  stepAccess: 'Access',
  stepCheck: 'Check',
  stepDone: 'done',

  loading: 'Looking at what is set up already…',
  slow: 'amoCRM is slow to answer. Please wait a little longer…',
  unreachable: 'Google could not be reached. Check your internet connection and try again.',
  tryAgain: 'Try again',
  required: 'Please fill in this field.',
  show: 'Show',
  hide: 'Hide',

  addressTitle: 'Your amoCRM address',
  addressIntro: 'Open amoCRM and copy the address from the browser. The address of any page will do.',
  addressLabel: 'Account address',
  addressHint: 'For example, mycompany.amocrm.ru. Addresses at .amocrm.com and .kommo.com are fine too.',
  addressSubmit: 'Next',
  addressBusy: 'Saving the address…',

  accessTitle: 'Access to amoCRM',
  account: 'Account',
  change: 'Change',
  refused: 'amoCRM no longer accepts the access it gave.',
  refusedTodo: 'Give access anew: by a new token or through an integration.',
  way: 'How to give access',
  wayToken: 'Long-lived token',
  wayTokenHint:
    'The easiest: make it in amoCRM and paste it here. You choose how long it lives, up to 5 years.',
  wayOauth: 'Keys of an integration (OAuth)',
  wayOauthHint: 'You allow access in amoCRM once, then it renews itself.',
  stored:
    'Keys and tokens are kept in hidden properties of the script, the sheet does not show them. But everyone who may edit the sheet could reach them: give that right only to people you trust.',

  tokenAbout:
    'A token is like a long password: by it the monitor reads your amoCRM account. An administrator has to make it.',
  tokenGuideTitle: 'Where to get a token',
  tokenGuide: [
    'Sign in to amoCRM as an administrator and open "amoMarket".',
    'Press "⋮" at the top, "Create integration", and choose a private one. If there is one already, open it.',
    'On the tab "Keys" press "Generate token" and choose how long it lives.',
    'Copy the token at once: amoCRM shows it only this time.',
  ],
  tokenLabel: 'Long-lived token',
  tokenSubmit: 'Connect',
  tokenBusy: 'Trying the token in amoCRM…',

  oauthAbout: 'An administrator of amoCRM has to make the integration, and to allow access to it afterwards.',
  oauthGuideTitle: 'Where to get the keys',
  oauthGuide: [
    'Sign in to amoCRM as an administrator and open "amoMarket".',
    'Press "⋮" at the top, "Create integration", and choose a private one.',
    'Paste the redirect link that stands below into it, and save.',
    'From the tab "Keys" copy "Integration ID" and "Secret key" to here.',
  ],
  redirectLabel: 'Redirect link',
  redirectHint: 'The integration must have it letter for letter.',
  copy: 'Copy',
  copied: 'Copied',
  copyByHand: 'The link is selected. Press Ctrl+C (⌘C on a Mac).',
  clientIdLabel: 'Integration ID',
  clientSecretLabel: 'Secret key',
  secretKept: 'A key is kept already. To leave it as it is, leave the field empty.',
  confirm: 'How to allow access',
  byLink: 'By a link',
  byLinkHint: 'amoCRM opens, and you press "Allow".',
  byCode: 'By a 20-minute code',
  byCodeHint: "Copied from the integration's window. Useful if the link does not work.",
  codeLabel: 'Authorisation code',
  codeHint: 'It is on the tab "Keys". It lives 20 minutes and works once.',
  linkSubmit: 'Get the link',
  linkBusy: 'Preparing the link…',
  codeSubmit: 'Connect',
  codeBusy: 'Trying the code in amoCRM…',

  consentTitle: 'Allow access in amoCRM',
  consentGuide: [
    'Press the button below: amoCRM opens in a new tab.',
    'Choose your account and press "Allow".',
    'Come back here. We notice the access ourselves and go on.',
  ],
  consentOpen: 'Open amoCRM and allow access',
  newTab: '(in a new tab)',
  consentWaiting: 'Waiting for you to allow access in amoCRM…',
  consentOver: 'We waited for 20 minutes and stopped.',
  consentOverTodo: 'Get a new link.',
  consentTrouble: 'You refused, or nothing happens?',
  consentBack: 'Start this step again',

  checkTitle: 'Check',
  connectedTo: 'Connected to the account',
  checkBusy: 'Checking everything the monitor needs…',
  allWell: 'All is well: the monitor is ready.',
  someWarnings: 'The monitor is ready, but there are remarks.',
  someFailed: 'Not everything worked. What to do stands below.',
  ok: 'all right',
  warning: 'attention',
  failed: 'error',
  skipped: 'not checked',
  checkAgain: 'Check again',
  report: 'Make the report for yesterday',
  reportBusy:
    'Collecting the report for yesterday, it takes up to five minutes. At the end a window tells the result: press OK in it.',
  reportDone: 'The collection has ended.',
  reportDoneTodo: 'The result is on the sheet "Report", what happened meanwhile on the sheet "Log".',
  reportUnheard: 'We have not heard of its end.',
  reportUnheardTodo:
    'The report may be there: see the sheets "Report" and "Log". If it is not, start it again.',
  connectAnew: 'Connect anew',
  close: 'Close',

  closeTab: 'You can close this tab and go back to the sheet.',
};

export const CONNECT_PAGE: Record<Language, ConnectPageWords> = { ru, en };
