import type { AmoErrorCode } from '../amoError';
import type { PingFailure } from '../ping';
import type { SettingProblem } from '../readSettings';
import { type Expectation, shownValue } from '../settingKinds';
import type { Language } from '../settings';

/** Everything that a user sees, in Russian. `en.ts` has the same entries: the compiler sees to it. */

const YES_NO = { yes: 'да', no: 'нет' };

const expectation = (expects: Expectation): string => {
  switch (expects.kind) {
    case 'account-address':
      return 'нужен адрес аккаунта amoCRM: mycompany, mycompany.amocrm.ru, .amocrm.com или .kommo.com';
    case 'whole-number':
      return `нужно целое число от ${expects.from} до ${expects.to}`;
    case 'choice':
      return `нужно одно из значений: ${expects.choices.join(', ')}`;
    case 'time-zone':
      return 'нужно название часового пояса, например Europe/Moscow';
    case 'time-of-day':
      return `нужно время чч:мм от ${expects.from} до 23:59, например 03:00`;
    case 'user-ids':
      return 'нужны номера (id) пользователей через запятую, например 123456, 234567';
    case 'yes-no':
      return 'нужно «да» или «нет»';
    case 'email':
      return 'нужен один адрес почты, например name@example.com';
  }
};

const settingLabels = {
  baseUrl: 'Адрес amoCRM',
  token: 'Долгосрочный токен',
  topEvents: 'Событий в отчёте',
  timeZone: 'Часовой пояс',
  reportTime: 'Время отчёта',
  pingMinutes: 'Замер каждые, мин',
  pingSamples: 'Запросов в замере',
  requestsPerSecond: 'Запросов в секунду',
  serviceAccounts: 'Служебные пользователи',
  clientActionsCount: 'Считать действия клиентов',
  language: 'Язык',
  logLevel: 'Подробность журнала',
  notifyEmail: 'Почта для уведомлений',
};

export const ru = {
  language: 'ru' as Language,
  ...YES_NO,

  /** A day, `YYYY-MM-DD`, as the sheets show it. */
  day: (day: string) => day.split('-').reverse().join('.'),

  menu: {
    runReportNow: 'Запустить отчёт сейчас',
    pingNow: 'Измерить отклик сейчас',
    setUp: 'Настроить / починить',
    showStatus: 'Показать состояние',
  },

  sheets: { settings: 'Настройки', report: 'Отчёт', days: 'Дни', pings: 'Пинги', log: 'Журнал' },

  columns: {
    settings: {
      setting: 'Настройка',
      value: 'Значение',
      meaning: 'Что это',
      problem: 'Замечание',
      key: 'Ключ',
    },
    report: {
      date: 'Дата',
      event: 'Событие',
      count: 'Кол-во',
      peakMs: 'Пиковая нагрузка (мс)',
      peakTime: 'Время пика',
    },
    days: {
      date: 'Дата',
      completeness: 'Полнота',
      events: 'Событий всего',
      automated: 'Автоматических',
      manual: 'Сделано людьми',
      pings: 'Замеров',
      pingsFailed: 'Из них неудачных',
      medianMs: 'Медиана (мс)',
      peakMs: 'Пик (мс)',
      peakTime: 'Время пика',
      requests: 'Запросов на отчёт',
      note: 'Примечание',
    },
    pings: {
      time: 'Время',
      ms: 'Отклик (мс)',
      min: 'Мин (мс)',
      max: 'Макс (мс)',
      samples: 'Удачных запросов',
      status: 'Статус HTTP',
      cause: 'Причина',
      slot: 'По расписанию',
      counted: 'Учтён в пике',
      entry: 'Запись',
    },
    log: {
      when: 'Когда',
      job: 'Задача',
      level: 'Уровень',
      what: 'Что произошло',
      effect: 'Что с данными',
      todo: 'Что делать',
      seconds: 'Длилось (с)',
      requests: 'Запросов',
    },
  },

  settings: {
    labels: settingLabels,
    meanings: {
      baseUrl: 'Адрес аккаунта, как в строке браузера: mycompany.amocrm.ru (или .amocrm.com, .kommo.com).',
      token:
        'Вставьте долгосрочный токен: он сразу уйдёт в скрытое хранилище, в ячейке останутся точки. Надёжнее вводить его через меню «Настроить / починить»: история версий таблицы может сохранить то, что было в ячейке. Токен нужен от администратора.',
      topEvents: 'Сколько самых частых событий показывать за день, от 1 до 50.',
      timeZone: 'Чьи сутки считать днём, например Europe/Moscow. Пусто: пояс аккаунта amoCRM.',
      reportTime:
        'Когда собирать отчёт за вчера, не раньше 00:30. Google запускает с точностью до 15 минут. После изменения нажмите «Настроить / починить».',
      pingMinutes: 'Как часто измерять отклик amoCRM. После изменения нажмите «Настроить / починить».',
      pingSamples: 'Сколько запросов в одном замере; в таблицу идёт медиана.',
      requestsPerSecond: 'Предел наших запросов в секунду. amoCRM допускает не больше 7.',
      serviceAccounts:
        'Номера (id) пользователей amoCRM, под которыми работают интеграции: их события считаются автоматическими.',
      clientActionsCount:
        'Считать ли автоматическими действия клиентов: входящие сообщения, звонки, письма, заходы на сайт.',
      language: 'Язык листов и сообщений: auto (по языку таблицы), ru или en.',
      logLevel: 'Что писать в журнал: DEBUG (всё), INFO, WARN (только замечания и ошибки) или ERROR.',
      notifyEmail: 'Куда будут приходить письма о сбоях. Письма появятся в следующей версии.',
    },
    problem: (problem: SettingProblem): string => {
      switch (problem.kind) {
        case 'invalid':
          return `«${problem.found}» не подходит: ${expectation(problem.expects)}. ${
            problem.key === 'baseUrl'
              ? 'Пока адрес не исправлен, замеры и отчёты не выполняются.'
              : problem.inForce === ''
                ? 'Пока действует пустое значение.'
                : `Пока действует ${shownValue(problem.expects, problem.inForce, YES_NO)}.`
          }`;
        case 'duplicate':
          return 'Эта настройка уже есть выше. Действует верхняя строка, эту можно удалить.';
        case 'missing-row':
          return 'Строки нет на листе, действует значение по умолчанию. Вернуть строку: меню «Настроить / починить».';
        case 'required':
          return problem.key === 'baseUrl'
            ? 'Укажите адрес аккаунта: без него замеры и отчёты не выполняются.'
            : 'Вставьте токен: без него замеры и отчёты не выполняются.';
        case 'bad-token':
          return 'В тексте есть символы, которых в токене не бывает. Скопируйте токен в amoCRM ещё раз целиком; ячейка очищена.';
      }
    },
    /** A problem where its row is not in sight. */
    named: (key: keyof typeof settingLabels, problem: string) =>
      `Настройки, строка «${settingLabels[key]}»: ${problem}`,
  },

  complete: 'полный',
  noEvents: 'Нет событий',

  jobs: {
    dailyReport: 'Отчёт',
    hourlyPing: 'Замер',
    setUp: 'Настройка',
    showStatus: 'Состояние',
  },

  pingFailure: (failure: PingFailure, status: number): string => {
    switch (failure) {
      case 'no-connection':
        return 'нет связи';
      case 'timeout':
        return 'нет ответа за 30 секунд';
      case 'not-api':
        return 'вместо данных пришла страница или пустой ответ';
      case 'http':
        return `ответ ${status}: ${httpMeaning(status)}`;
    }
  },
  someSamplesFailed: (failed: number, taken: number, cause: string) =>
    `неудачных запросов ${failed} из ${taken}: ${cause}`,
  duringCollection: 'во время сбора событий, в пике не участвует',
  allPingsFailed: (causes: string) => `Все замеры неудачны: ${causes}`,
  somePingsFailed: (causes: string) => `Неудачные замеры: ${causes}`,
  times: (text: string, count: number) => (count > 1 ? `${text} (${count})` : text),
  unreadableEvents: (count: number) => `Не разобрано записей: ${count}`,

  error: {
    what: (code: AmoErrorCode, status: number): string => {
      switch (code) {
        case 'no-connection':
          return 'amoCRM не отвечает: нет связи с сервером';
        case 'timeout':
          return 'amoCRM не ответил за 30 секунд';
        case 'too-many-requests':
          return 'amoCRM просит подождать: слишком много запросов (429)';
        case 'server-error':
          return `Сбой на стороне amoCRM (${status})`;
        case 'not-api':
          return 'amoCRM отвечает страницей (HTML) или пустым ответом вместо данных';
        case 'malformed':
          return 'Ответ amoCRM не удалось разобрать: в нём нет ожидаемых данных';
        case 'users-incomplete':
          return 'amoCRM отдал неполный список пользователей';
        case 'token-refused':
          return 'amoCRM не принимает токен (401)';
        case 'payment-required':
          return 'amoCRM отказал: подписка аккаунта не оплачена (402)';
        case 'forbidden':
          return 'amoCRM отказал в доступе: у токена нет нужных прав (403)';
        case 'blocked':
          return 'amoCRM не пустил нас (403, страница блокировки)';
        case 'not-found':
          return 'По этому адресу нет аккаунта amoCRM (404)';
        case 'redirected':
          return `Этот адрес перенаправляет в другое место (${status})`;
        case 'refused':
          return `amoCRM отклонил запрос (${status})`;
        case 'out-of-time':
          return 'Не хватило времени: за один запуск день не собран';
      }
    },
    todo: (code: AmoErrorCode): string => {
      switch (code) {
        case 'no-connection':
        case 'timeout':
        case 'server-error':
        case 'malformed':
        case 'users-incomplete':
          return 'Обычно проходит само. Откройте amoCRM в браузере; когда он заработает, нажмите в меню «Запустить отчёт сейчас».';
        case 'not-api':
          return 'Откройте amoCRM в браузере: возможно, идут работы или аккаунт закрыт. Потом нажмите «Запустить отчёт сейчас».';
        case 'too-many-requests':
          return 'Уменьшите «Запросов в секунду» в настройках и проверьте, не нагружают ли аккаунт другие интеграции.';
        case 'token-refused':
          return 'Выпустите новый долгосрочный токен (amoМаркет → ваша интеграция → «Ключи») и нажмите в меню «Настроить / починить».';
        case 'payment-required':
          return 'Продлите подписку amoCRM.';
        case 'forbidden':
          return 'Выпустите токен под пользователем с правами администратора и нажмите «Настроить / починить».';
        case 'blocked':
          return 'Подождите час. Если не пройдёт, напишите в поддержку amoCRM: аккаунт или адреса Google заблокированы.';
        case 'not-found':
        case 'redirected':
          return 'Проверьте «Адрес amoCRM» в настройках.';
        case 'refused':
          return 'Повторите позже. Если не пройдёт, передайте эту строку разработчику.';
        case 'out-of-time':
          return 'Увеличьте «Запросов в секунду» (не больше 7) и нажмите «Запустить отчёт сейчас».';
      }
    },
  },

  effect: {
    reportUnchanged: (day: string) =>
      `Отчёт за ${day} не записан. Прежние строки не изменены, замеры сохранены.`,
    reportInDoubt: (day: string) =>
      `Запись отчёта за ${day} прервалась: часть строк этого дня может не хватать. Запустите отчёт ещё раз, строки заменятся.`,
    pingNotStored: 'Замер не сохранён.',
    nothingDone: 'Ничего не сделано, данные не изменены.',
    none: 'Данные не пострадали.',
  },

  unexpected: (message: string) => `Неожиданная ошибка: ${message}`,
  unexpectedTodo: 'Повторите. Если ошибка повторится, передайте эту строку разработчику.',
  notSetUp: (missing: string) => `Не настроено: ${missing}`,
  notSetUpTodo: 'Нажмите в меню amoCRM Monitor пункт «Настроить / починить».',
  alreadyRunning: (job: string, since: string) => `${job}: уже выполняется с ${since}`,
  alreadyRunningTodo: 'Дождитесь окончания: обычно это меньше шести минут.',
  lockBusy: 'Хранилище занято другим запуском',
  lockBusyTodo: 'Повторите через минуту.',
  logUnavailable: (message: string) => `В журнал записать не удалось: ${message}`,
  namesUnavailable: 'Названия событий не получены, взяты встроенные',

  report: {
    done: (day: string, events: number, automated: number) =>
      `Отчёт за ${day} готов: событий ${events}, из них автоматических ${automated}`,
  },

  ping: {
    done: (ms: number, succeeded: number, taken: number) =>
      `Отклик amoCRM: ${ms} мс (удачных запросов: ${succeeded} из ${taken})`,
    failed: (cause: string) => `Замер не удался: ${cause}`,
    failedEffect: 'Замер записан как неудачный, в пике не участвует.',
    failedTodo: 'Если повторяется, откройте amoCRM в браузере и проверьте адрес и токен в настройках.',
  },

  setUp: {
    askAddress: 'Адрес вашего аккаунта amoCRM, например mycompany.amocrm.ru',
    askToken:
      'Долгосрочный токен amoCRM (amoМаркет → ваша интеграция → «Ключи» → «Сгенерировать токен»). Нужен токен администратора. Он хранится в скрытых свойствах скрипта и в таблице не показывается.',
    askTokenAgain: 'amoCRM не принимает сохранённый токен (401). Вставьте новый.',
    badToken: 'В тексте есть символы, которых в токене не бывает. Скопируйте токен целиком.',
    cancelled: (missing: string) =>
      `Листы готовы, но не хватает данных. ${missing} Когда они будут под рукой, нажмите «Настроить / починить» ещё раз.`,
    connected: (account: string, zone: string) =>
      `Связь с amoCRM есть. Аккаунт: ${account}. Часовой пояс: ${zone}.`,
    scheduled: (reportTime: string, pingMinutes: number) =>
      `Отчёт за вчера будет приходить каждый день около ${reportTime}, замер отклика: каждые ${pingMinutes} мин.`,
    reportLater: 'Отчёт за вчера соберите пунктом меню «Запустить отчёт сейчас».',
    offerReport:
      'Собрать отчёт за вчера прямо сейчас? Обычно это занимает от нескольких секунд до пяти минут.',
  },

  status: {
    account: (account: string) => `Аккаунт: ${account}`,
    notConnected: 'Аккаунт: связи ещё не было',
    zone: (zone: string) => `Часовой пояс: ${zone}`,
    lastPing: (when: string, result: string) => `Последний замер: ${when}, ${result}`,
    noPing: 'Последний замер: ещё не было',
    pingMs: (ms: number) => `${ms} мс`,
    lastReport: (day: string) => `Последний отчёт: за ${day}`,
    noReport: 'Последний отчёт: ещё не было',
    triggers: (scheduled: string) => `Расписание: ${scheduled}`,
    noTriggers: 'Расписание: не установлено. Нажмите «Настроить / починить».',
    errors: (count: number) => `Ошибок в журнале за 24 часа: ${count}`,
  },

  triggers: {
    hourlyPing: (minutes: number) => `замер каждые ${minutes} мин`,
    dailyReport: (time: string, zone: string) => `отчёт в ${time} (${zone})`,
  },
};

function httpMeaning(status: number): string {
  if (status === 401) return 'токен не принят';
  if (status === 402) return 'подписка не оплачена';
  if (status === 403) return 'доступ закрыт';
  if (status === 404) return 'аккаунт не найден';
  if (status === 429) return 'слишком много запросов';
  if (status >= 500) return 'сбой на стороне amoCRM';
  if (status >= 300 && status < 400) return 'адрес перенаправляет в другое место';
  return 'неожиданный ответ';
}
