import type { Actor } from '../actor';
import type { AmoErrorCode } from '../amoError';
import type { Pause } from '../line';
import type { LoopKind } from '../loops';
import type { MachineSign } from '../machineLike';
import type { PeriodProblem } from '../period';
import type { PingFailure } from '../ping';
import type { SettingProblem } from '../readSettings';
import type { RuleProblem } from '../rules';
import { type Expectation, shownValue } from '../settingKinds';
import type { Language } from '../settings';
import { HOUR_COLUMNS, type HourColumn, type SheetKey } from '../tables';
import type { Quota, QuotaShare } from '../usage';
import { CONNECTION_TEXTS } from './connection';

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
    case 'client-id':
      return 'нужен ID интеграции, как его показывает amoCRM, без пробелов';
    case 'https-address':
      return 'нужен адрес, который начинается с https://';
  }
};

const settingLabels = {
  baseUrl: 'Адрес amoCRM',
  token: 'Долгосрочный токен',
  clientId: 'ID интеграции',
  clientSecret: 'Секретный ключ',
  redirectUri: 'Ссылка для перенаправления',
  authCode: 'Код авторизации',
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
  googlePlan: 'Тариф Google',
  keepPingsDays: 'Хранить замеры, дней',
  keepDetailsDays: 'Хранить процессы и часы, дней',
};

const hourColumns = Object.fromEntries(HOUR_COLUMNS.map((column, hour) => [column, `${hour} ч`])) as Record<
  HourColumn,
  string
>;

const pingColumns = {
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
};

export const ru = {
  language: 'ru' as Language,
  ...YES_NO,
  ...CONNECTION_TEXTS.ru,

  /** A day, `YYYY-MM-DD`, as the sheets show it. */
  day: (day: string) => day.split('-').reverse().join('.'),

  menu: {
    runReportNow: 'Запустить отчёт сейчас',
    reportPeriod: 'Отчёт за период…',
    pingNow: 'Измерить отклик сейчас',
    setUp: 'Настроить / починить',
    openConnect: 'Подключить amoCRM…',
    checkConnection: 'Проверить подключение',
    showStatus: 'Показать состояние',
    uninstall: 'Отключить amoCRM',
  },

  sheets: {
    settings: 'Настройки',
    rules: 'Правила',
    report: 'Отчёт',
    days: 'Дни',
    hours: 'Часы',
    processes: 'Процессы',
    loops: 'Циклы',
    latency: 'Задержка по часам',
    pings: 'Пинги',
    pingsArchive: 'Пинги (архив)',
    log: 'Журнал',
  },

  columns: {
    settings: {
      setting: 'Настройка',
      value: 'Значение',
      meaning: 'Что это',
      problem: 'Замечание',
      key: 'Ключ',
    },
    rules: {
      type: 'Событие',
      about: 'О чём',
      actor: 'Кто',
      hours: 'Часы',
      name: 'Как называть процесс',
      matched: 'Совпало за последний день',
      problem: 'Проблема',
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
      operations: 'Операций автоматики',
      robot: 'Роботы',
      robotShare: 'Роботы, доля',
      client: 'Клиенты',
      clientShare: 'Клиенты, доля',
      service: 'Сервисные аккаунты',
      serviceShare: 'Сервисные аккаунты, доля',
      unknown: 'Неизвестные',
      unknownShare: 'Неизвестные, доля',
      person: 'Сотрудники',
      personShare: 'Сотрудники, доля',
      former: 'Бывшие сотрудники',
      formerShare: 'Бывшие сотрудники, доля',
      unexplained: 'Не объяснено правилами, доля',
      busiestHour: 'Самый загруженный час',
      pings: 'Замеров',
      pingsFailed: 'Из них неудачных',
      medianMs: 'Медиана (мс)',
      p95Ms: '95-й перцентиль (мс)',
      p99Ms: '99-й перцентиль (мс)',
      peakMs: 'Пик (мс)',
      peakTime: 'Время пика',
      slowestHour: 'Самый медленный час',
      requests: 'Запросов на отчёт',
      ownRequests: 'Наших запросов за день',
      ownShare: 'Доля предела amoCRM',
      note: 'Примечание',
    },
    hours: {
      date: 'Дата',
      event: 'Событие',
      total: 'Всего',
      ...hourColumns,
      note: 'Примечание',
    },
    processes: {
      date: 'Дата',
      process: 'Процесс',
      actor: 'Кто',
      events: 'Событий',
      operations: 'Операций',
      share: 'Доля',
      peakHour: 'Час пика',
      example: 'Пример',
    },
    loops: {
      date: 'Дата',
      kind: 'Что происходит',
      process: 'Процесс',
      entity: 'Карточка',
      count: 'Раз',
      missed: 'Могло быть ещё',
      first: 'Первый раз',
      last: 'Последний раз',
    },
    latency: { date: 'Дата', ...hourColumns },
    pings: pingColumns,
    pingsArchive: pingColumns,
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
      clientId:
        'Для OAuth вместо токена: ID вашей интеграции с её вкладки «Ключи». Удобнее через меню «Подключить amoCRM…».',
      clientSecret:
        'Для OAuth: секретный ключ интеграции. Сразу переезжает в скрытое хранилище, в ячейке остаются точки.',
      redirectUri:
        'Для OAuth: ссылка для перенаправления, как она указана в интеграции. Пусто: та, что показывает «Подключить amoCRM…».',
      authCode:
        'Для OAuth: код авторизации с вкладки «Ключи». Действует 20 минут: вставьте его и выберите «Настроить / починить». Сразу переезжает в скрытое хранилище.',
      topEvents: 'Сколько самых частых событий показывать за день, от 1 до 50.',
      timeZone: 'Чьи сутки считать днём, например Europe/Moscow. Пусто: пояс аккаунта amoCRM.',
      reportTime:
        'Когда собирать отчёт за вчера, не раньше 00:30. Google запускает с точностью до 15 минут. Изменение вступит в силу в течение часа, сразу: «Настроить / починить».',
      pingMinutes:
        'Как часто измерять отклик amoCRM. Изменение вступит в силу в течение часа, сразу: «Настроить / починить».',
      pingSamples: 'Сколько запросов в одном замере; в таблицу идёт медиана.',
      requestsPerSecond: 'Предел наших запросов в секунду. amoCRM допускает не больше 7.',
      serviceAccounts:
        'Номера (id) пользователей amoCRM, под которыми работают интеграции: их события считаются автоматическими.',
      clientActionsCount:
        'Считать ли автоматическими действия клиентов: входящие сообщения, звонки, письма, заходы на сайт.',
      language: 'Язык листов и сообщений: auto (по языку таблицы), ru или en.',
      logLevel: 'Что писать в журнал: DEBUG (всё), INFO, WARN (только замечания и ошибки) или ERROR.',
      notifyEmail:
        'Куда писать о сбоях: одно письмо, когда отчёт или замер перестал работать, и одно, когда снова заработал.',
      googlePlan: 'Суточные лимиты вашего аккаунта Google: free (обычный) или workspace (платный).',
      keepPingsDays: 'Замеры старше переезжают с листа «Пинги» на лист «Пинги (архив)».',
      keepDetailsDays:
        'Более старые строки листов «Часы», «Процессы», «Циклы» и «Задержка по часам» удаляются. «Отчёт» и «Дни» хранятся всегда.',
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
            : problem.key === 'token'
              ? 'Вставьте токен или выберите в меню «Подключить amoCRM…»: без подключения замеры и отчёты не выполняются.'
              : 'Для OAuth этого ещё не хватает: значение стоит на вкладке «Ключи» интеграции.';
        case 'bad-token':
          return 'В тексте есть символы, которых в токене не бывает. Скопируйте текст в amoCRM ещё раз целиком; ячейка очищена.';
        case 'other-account':
          return 'Это токен другого аккаунта amoCRM: в таблицах данные одного аккаунта, смешивать их нельзя. Действует прежний токен; для другого аккаунта создайте отдельную таблицу.';
      }
    },
    /** A problem where its row is not in sight. */
    named: (key: keyof typeof settingLabels, problem: string) =>
      `Настройки, строка «${settingLabels[key]}»: ${problem}`,
  },

  complete: 'полный',
  partial: (percent: number) => `частичный: собрано ${percent} %`,
  missingFrom: (time: string) => `Не собрано с ${time} до конца дня`,
  noEvents: 'Нет событий',

  actors: {
    robot: 'Робот',
    client: 'Клиент',
    service: 'Сервисный аккаунт',
    unknown: 'Неизвестный',
    person: 'Сотрудник',
    former: 'Бывший сотрудник',
  } satisfies Record<Actor, string>,

  process: {
    /** What an event is about, after the name of its type. */
    of: (event: string, subject: string) => `${event}: ${subject}`,
    rest: 'прочее',
    bot: (id: string) => `бот ${id}`,
    linked: (type: string): string => {
      switch (type) {
        case 'lead':
          return 'сделка';
        case 'contact':
          return 'контакт';
        case 'company':
          return 'компания';
        case 'customer':
          return 'покупатель';
        case 'task':
          return 'задача';
        default:
          return type;
      }
    },
  },

  loop: (kind: LoopKind): string => {
    switch (kind) {
      case 'repeat':
        return 'повторяется раз за разом';
      case 'pair':
        return 'два процесса отвечают друг другу';
      case 'hot':
        return 'очень много автоматических событий';
    }
  },

  /** What the headers of the sheet of rules explain when the mouse is over them. */
  ruleNotes: {
    type: 'Название события, как на листе «Часы», или его код. Пусто — любое. * заменяет любые буквы: *сообщение.',
    about:
      'О чём событие: этап, тег, поле, ответственный, канал — как после двоеточия на листе «Процессы». Пусто — любое, * заменяет любые буквы.',
    actor: 'Кто: робот, клиент, сервисный аккаунт, неизвестный, имя или id пользователя. Пусто — любой.',
    hours: 'Часы суток: 9-18 (с 9:00 до 18:59) или 2, 5-7 или 22-5. Пусто — любые.',
    name: 'Как назвать такие события на листе «Процессы», например «Обмен с 1С». Действует первое подходящее правило, начиная со следующего отчёта.',
  } as Partial<Record<string, string>>,

  detailsLeftOut: (day: string) => ({
    what: `Подробности за ${day} (часы, процессы, циклы, задержка по часам) не записаны: в таблице почти не осталось ячеек`,
    effect: 'Строки на листах «Отчёт» и «Дни» записаны.',
    todo: 'Уменьшите «Хранить процессы и часы, дней» или сохраните копию таблицы и удалите старое, затем соберите день заново: «Отчёт за период…».',
  }),
  rulesUnavailable: (sheet: string) =>
    `На лист «${sheet}» не удалось записать, сколько событий совпало с правилами: возможно, он защищён`,
  ruleProblem: (problem: RuleProblem, most: number): string => {
    switch (problem) {
      case 'no-name':
        return 'Впишите, как называть процесс: без названия правило не действует.';
      case 'bad-hours':
        return 'Часы не понятны. Пишите так: 9-18 или 2, 5-7 или 22-5. До исправления правило не действует.';
      case 'too-many':
        return `Действуют только первые ${most} правил, это лишнее.`;
    }
  },

  hourTwice: (hour: number) =>
    `Час ${hour} в этот день наступал дважды: перевели часы. События обоих стоят в одной колонке`,
  hourLeftOut: (hour: number) => `Часа ${hour} в этот день не было: перевели часы`,

  jobs: {
    dailyReport: 'Отчёт',
    hourlyPing: 'Замер',
    setUp: 'Настройка',
    connect: 'Подключение',
    showStatus: 'Состояние',
    uninstall: 'Отключение',
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
      case 'paused':
        return 'заблокировано: amoCRM не пускает или просил подождать';
      case 'busy':
        return 'пропущен: в это время собирались события';
      case 'no-access':
        return 'пропущен: amoCRM не подключён';
      case 'quota':
        return 'пропущен: суточные лимиты Google почти исчерпаны';
    }
  },
  someSamplesFailed: (failed: number, taken: number, cause: string) =>
    `неудачных запросов ${failed} из ${taken}: ${cause}`,
  duringCollection: 'во время сбора событий, в пике не участвует',
  allPingsFailed: (causes: string) => `Все замеры неудачны: ${causes}`,
  somePingsFailed: (causes: string) => `Неудачные замеры: ${causes}`,
  times: (text: string, count: number) => (count > 1 ? `${text} (${count})` : text),
  unreadableEvents: (count: number) => `Не разобрано записей: ${count}`,
  lateEvents: (count: number) => `Появились после отчёта и учтены: ${count}`,

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
          return 'Не хватило времени этого запуска';
        case 'too-crowded':
          return 'В одной секунде этого дня больше событий, чем успевает прочитать один запуск';
        case 'paused':
          return 'amoCRM просил не обращаться: запросы остановлены';
        case 'code-expired':
          return 'Код авторизации устарел: он действует 20 минут (400)';
        case 'code-used':
          return 'Этот код авторизации уже использован: он действует один раз (400)';
        case 'code-unreadable':
          return 'amoCRM не узнаёт код авторизации (400)';
        case 'wrong-client-id':
          return 'amoCRM не знает такого ID интеграции (400)';
        case 'wrong-client-secret':
          return 'Секретный ключ интеграции не подходит (400)';
        case 'wrong-redirect-uri':
          return 'Ссылка для перенаправления не совпадает с указанной в интеграции (400)';
        case 'wrong-account-host':
          return 'Интеграция создана в другом аккаунте amoCRM (400)';
        case 'tokens-revoked':
          return 'amoCRM отозвал доступ: токены больше не действуют (401)';
        case 'other-account':
          return 'Это другой аккаунт amoCRM: в таблицах данные одного аккаунта, и смешивать их нельзя';
      }
    },
    todo: (code: AmoErrorCode): string => {
      switch (code) {
        case 'no-connection':
        case 'timeout':
        case 'server-error':
        case 'malformed':
        case 'users-incomplete':
          return 'Обычно проходит само: монитор повторит попытку сам. Если не проходит, откройте amoCRM в браузере и проверьте, работает ли он.';
        case 'not-api':
          return 'Откройте amoCRM в браузере: возможно, идут работы или аккаунт закрыт. Монитор повторит попытку сам.';
        case 'too-many-requests':
          return 'Монитор сам замедлился и продолжит позже. Если повторяется, проверьте, не нагружают ли аккаунт другие интеграции.';
        case 'token-refused':
          return 'Выпустите новый долгосрочный токен (amoМаркет → ваша интеграция → «Ключи») и нажмите в меню «Настроить / починить».';
        case 'payment-required':
          return 'Продлите подписку amoCRM.';
        case 'forbidden':
          return 'Выпустите токен под пользователем с правами администратора и нажмите «Настроить / починить».';
        case 'blocked':
          return 'Ничего: монитор час не обращается к amoCRM, потом осторожно проверит и продолжит сам. Если повторится, напишите в поддержку amoCRM: аккаунт или адреса Google заблокированы.';
        case 'not-found':
        case 'redirected':
          return 'Проверьте «Адрес amoCRM» в настройках.';
        case 'refused':
          return 'Монитор повторит попытку сам. Если не пройдёт, передайте эту строку разработчику.';
        case 'code-expired':
        case 'code-used':
        case 'code-unreadable':
          return 'Откройте интеграцию в amoCRM, вкладка «Ключи», скопируйте новый код авторизации и вставьте его в течение 20 минут.';
        case 'wrong-client-id':
          return 'Скопируйте «ID интеграции» с вкладки «Ключи» целиком.';
        case 'wrong-client-secret':
          return 'Скопируйте «Секретный ключ» с вкладки «Ключи» целиком; если его меняли, нужен новый.';
        case 'wrong-redirect-uri':
          return 'Скопируйте ссылку из панели «Подключить amoCRM» в настройки интеграции, поле «Ссылка для перенаправления», буква в букву.';
        case 'wrong-account-host':
          return 'Проверьте «Адрес amoCRM» в настройках: нужен аккаунт, в котором создана интеграция.';
        case 'tokens-revoked':
          return 'Нажмите в меню «Подключить amoCRM…» и подключите аккаунт заново.';
        case 'other-account':
          return 'Верните прежний адрес и токен. Для другого аккаунта создайте отдельную таблицу.';
        case 'out-of-time':
        case 'paused':
          return 'Ничего: монитор продолжит сам.';
        case 'too-crowded':
          return 'Увеличьте «Запросов в секунду» (не больше 7). Монитор повторит попытку сам.';
      }
    },
  },

  effect: {
    reportUnchanged: (day: string) =>
      `Отчёт за ${day} пока не записан. Прежние строки не изменены, замеры сохранены, собранное не потеряно.`,
    reportInDoubt: (day: string) =>
      `Запись отчёта за ${day} прервалась: части строк этого дня может не хватать. Собранное сохранено, монитор запишет его сам.`,
    pingNotStored: 'Замер не сохранён.',
    nothingDone: 'Ничего не сделано, данные не изменены.',
    byHandOnly: 'Данные не пострадали. Отчёт и замер пока можно запускать из меню.',
    none: 'Данные не пострадали.',
  },

  unexpected: (message: string) => `Неожиданная ошибка: ${message}`,
  unexpectedTodo: 'Монитор повторит попытку сам. Если ошибка повторится, передайте эту строку разработчику.',
  notSetUp: (missing: string) => `Не настроено: ${missing}`,
  notSetUpTodo: 'Нажмите в меню amoCRM Monitor пункт «Настроить / починить».',
  alreadyRunning: (job: string, since: string) => `${job}: уже выполняется с ${since}`,
  alreadyRunningTodo: 'Дождитесь окончания: обычно это меньше шести минут.',
  tooManyTriggers: (handlers: string) =>
    `Расписание не установлено: триггеров уже двадцать, больше Google не даёт (они вызывают: ${handlers})`,
  tooManyTriggersTodo:
    'Откройте Расширения → Apps Script → «Триггеры», удалите лишние и нажмите «Настроить / починить».',
  lockBusy: 'Хранилище занято другим запуском',
  lockBusyTodo: 'Повторите через минуту.',
  until: (what: string, time: string) => `${what} до ${time}`,
  copied: 'Эта таблица – копия: она не подключена к amoCRM и ничего не делает по расписанию',
  copiedTodo:
    'Исходная таблица работает как прежде. Если и копия должна собирать данные, выберите «Настроить / починить» и подключите её.',
  newerSheet: 'Листы сделаны более новой версией монитора, чем этот код',
  newerSheetTodo:
    'Обновите код до последней версии. До этого монитор ничего не пишет, чтобы не испортить данные.',
  sheetProtected: (sheet: string, editors: string) =>
    `Лист «${sheet}» защищён от записи${editors === '' ? '' : `, менять его может: ${editors}`}`,
  triggersRepaired: 'Расписание было нарушено и восстановлено: у каждой задачи снова ровно один триггер',
  triggersFailedEffect: 'Прежние задачи, если они были, работают.',
  sheetGone: (sheet: string) => `Листа «${sheet}» не было: он создан заново`,
  sheetGoneEffect: (sheet: SheetKey): string => {
    switch (sheet) {
      case 'report':
      case 'days':
        return 'Дни за последние два месяца соберутся заново сами, более ранние: «Отчёт за период…».';
      case 'pings':
        return 'Прежние замеры потеряны; пики прошлых дней остались в «Днях» и «Отчёте».';
      case 'settings':
        return 'Настройки вернулись к значениям по умолчанию, токен сохранён. Укажите адрес и то, что меняли.';
      default:
        return 'Прежние записи этого листа потеряны.';
    }
  },
  sheetProtectedTodo:
    'Снимите защиту (Данные → Защищённые листы и диапазоны) или разрешите запись тому, чьи задачи работают. Собранное ждёт и запишется само.',
  silence: (since: string, owner: string | undefined) =>
    `Задачи по расписанию не запускались с ${since}${owner === undefined ? '' : ` (их запускал ${owner})`}. Нажмите «Настроить / починить».`,
  logUnavailable: (message: string) => `В журнал записать не удалось: ${message}`,
  namesUnavailable: 'Названия событий не получены, взяты встроенные',

  report: {
    zoneChanged: (before: string, now: string) =>
      `Часовой пояс аккаунта изменился: был ${before}, теперь ${now}. Прежние дни не пересчитаны`,
    nothingDue: 'Все отчёты уже готовы',
    goesOn: (day: string, when: string) => `Отчёт за ${day} ещё не собран, сбор продолжится сам ${when}`,
    patience: (what: string) => `amoCRM просит подождать. ${what}`,
    crowded: (percent: number) =>
      `amoCRM отклонил ${percent} % наших запросов (429): лимит аккаунта, скорее всего, занимают другие интеграции`,
    crowdedTodo: 'Посмотрите в amoCRM, какие интеграции работают в это время.',
    corrected: (day: string, late: number) =>
      `Отчёт за ${day} исправлен: событий, появившихся позже: ${late}`,
    machineLike: (user: string, id: number, signs: readonly MachineSign[]) =>
      `Похоже, от имени пользователя «${user}» (id ${id}) работает программа: ${signs.map(machineSign).join(', ')}`,
    machineLikeTodo: (id: number) =>
      `Если это интеграция, впишите ${id} в настройку «${settingLabels.serviceAccounts}»: её события будут считаться автоматическими. Если это человек, ничего делать не нужно, больше мы об этом не напишем.`,
    archived: (rows: number, sheet: string) => `Старых замеров перенесено на лист «${sheet}»: ${rows}`,
    done: (day: string, events: number, automated: number) =>
      `Отчёт за ${day} готов: событий ${events}, из них автоматических ${automated}`,
  },

  ping: {
    done: (ms: number, succeeded: number, taken: number) =>
      `Отклик amoCRM: ${ms} мс (удачных запросов: ${succeeded} из ${taken})`,
    failed: (cause: string) => `Замер не удался: ${cause}`,
    failedEffect: 'Замер записан как неудачный, в пике не участвует.',
    failedTodo: (failure: PingFailure): string =>
      failure === 'paused' || failure === 'quota' || failure === 'busy' || failure === 'no-access'
        ? 'Ничего: замеры возобновятся сами.'
        : 'Если повторяется, откройте amoCRM в браузере и проверьте адрес и токен в настройках.',
  },

  setUp: {
    askAddress: 'Адрес вашего аккаунта amoCRM, например mycompany.amocrm.ru',
    askToken:
      'Долгосрочный токен amoCRM (amoМаркет → ваша интеграция → «Ключи» → «Сгенерировать токен»). Нужен токен администратора. Он хранится в скрытых свойствах скрипта и в таблице не показывается. Если токена нет, нажмите «Отмена»: откроется панель, которая поможет по шагам.',
    askTokenAgain: 'amoCRM не принимает сохранённый токен (401). Вставьте новый.',
    badToken: 'В тексте есть символы, которых в токене не бывает. Скопируйте токен целиком.',
    cancelled: (missing: string) =>
      `Листы готовы, но не хватает данных. ${missing} Когда они будут под рукой, продолжите в панели справа или нажмите «Настроить / починить» ещё раз.`,
    connected: (account: string, zone: string) =>
      `Связь с amoCRM есть. Аккаунт: ${account}. Часовой пояс: ${zone}.`,
    scheduled: (reportTime: string, pingMinutes: number) =>
      `Отчёт за вчера будет приходить каждый день около ${reportTime}, замер отклика: каждые ${pingMinutes} мин.`,
    ownedBy: (owner: string) =>
      `Задачи по расписанию уже запускает ${owner}. Ваших задач не добавлено, чтобы не собирать всё дважды.`,
    ownedByTodo:
      'Ничего делать не нужно. Если задачи должны идти от вашего имени, пусть владелец выберет «Отключить amoCRM», потом вы «Настроить / починить».',
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
    ownedBy: (owner: string) => `от имени ${owner}`,
    collecting: (day: string, events: number, percent: number, end: string | undefined) =>
      `Собирается ${day}: событий ${events}, готово ${percent} %${end === undefined ? '' : `, закончится около ${end}`}`,
    waiting: (days: number) => `Ждут отчёта дней: ${days}`,
    retry: (failures: number, when: string) => `Неудачных попыток подряд: ${failures}, следующая ${when}`,
    paused: (cause: Pause['cause'], until: string) =>
      cause === 'blocked'
        ? `amoCRM нас заблокировал: запросов не будет до ${until}`
        : `amoCRM просил подождать: запросов не будет до ${until}`,
    quotas: (shares: string) => `Лимиты за сутки: ${shares}`,
  },

  quota: {
    share: ({ quota, used, limit }: QuotaShare) =>
      `${quotaName(quota)} ${Math.floor((used / limit) * 100)} %`,
    warning: ({ quota, used, limit }: QuotaShare) => ({
      what: `Израсходовано ${Math.floor((used / limit) * 100)} % лимита Google: ${quotaName(quota)}`,
      effect:
        quota === 'cells' || quota === 'propertyBytes'
          ? 'Пока всё записывается.'
          : 'Если лимит кончится, сначала прервутся замеры, потом сбор отчёта; собранное не пропадёт.',
      todo: quotaAdvice(quota),
    }),
    exhausted: (until: string) => ({
      what: `Суточные лимиты Google почти исчерпаны: сбор отложен до ${until}`,
      effect: 'Собранное сохранено, день будет дочитан.',
      todo: 'Если повторяется, измеряйте отклик реже или перейдите на Google Workspace (и укажите это в настройках).',
    }),
  },

  period: {
    ask: (from: string, to: string) =>
      `За какие дни собрать отчёт? Один день или период, например ${from} - ${to}. Строки, которые уже есть, заменятся.`,
    problem: (problem: PeriodProblem, yesterday: string) => {
      switch (problem) {
        case 'unreadable':
          return 'Не удалось понять даты. Напишите их как 18.11.2026 или 2026-11-18, через дефис: 12.11.2026 - 18.11.2026.';
        case 'not-over':
          return `Отчёт можно собрать только за прошедшие дни, последний: ${yesterday}.`;
        case 'too-long':
          return 'За один раз можно собрать не больше 366 дней.';
      }
    },
  },

  uninstall: {
    confirm:
      'Отключить amoCRM? Токены, ключи и задачи по расписанию будут удалены, таблицы и настройки останутся. Подключить снова: «Настроить / починить».',
    done: 'amoCRM отключён: токены, ключи и задачи по расписанию удалены, таблицы остались.',
  },

  mail: {
    fails: (job: string, said: string, since: string) => ({
      subject: `amoCRM Monitor: «${job}» не работает`,
      body: `${said}\n\nС ${since}. Следующее письмо придёт, когда всё снова заработает.`,
    }),
    works: (job: string, since: string) => ({
      subject: `amoCRM Monitor: «${job}» снова работает`,
      body: `Не работало с ${since}. Пропущенные дни дособираются сами, пропущенные замеры видны в «Пингах».`,
    }),
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

function machineSign(sign: MachineSign): string {
  switch (sign) {
    case 'hours':
      return 'события почти круглые сутки';
    case 'pace':
      return 'больше тысячи событий за час';
    case 'bursts':
      return 'много карточек в одну и ту же миллисекунду';
  }
}

function quotaName(quota: Quota): string {
  switch (quota) {
    case 'requests':
      return 'запросы';
    case 'triggerMs':
      return 'время задач';
    case 'mails':
      return 'письма';
    case 'propertyBytes':
      return 'память скрипта';
    case 'cells':
      return 'ячейки таблицы';
  }
}

function quotaAdvice(quota: Quota): string {
  switch (quota) {
    case 'requests':
    case 'triggerMs':
      return 'Измеряйте отклик реже или перейдите на Google Workspace (и укажите это в настройках).';
    case 'mails':
      return 'Проверьте в журнале, что так часто ломается и чинится.';
    case 'propertyBytes':
      return 'Передайте эту строку разработчику.';
    case 'cells':
      return 'Сохраните копию таблицы и удалите лист «Пинги (архив)» или пустые строки и столбцы своих листов.';
  }
}
