/** The language of the platform's own error texts: that of the acting user [field; apps-script-oauth2, ErrorHandler]. */
export type UserLanguage = 'en' | 'ru';

/**
 * What the platform says. English as documented or reported by practitioners. The Russian sentences marked (*) are
 * reported by practitioners too; the others are our own and exist so that a product which reads English words fails.
 */
const TEXTS = {
  permission: {
    en: 'You do not have permission to call {call}. Required permissions: {permissions}',
    ru: 'У вас нет разрешения на вызов функции "{call}". Требуемые разрешения: {permissions}', // (*)
  },
  forbiddenHere: {
    en: 'You do not have permission to call {call}',
    ru: 'У вас нет разрешения на вызов функции "{call}"',
  },
  noUi: {
    en: 'Cannot call SpreadsheetApp.getUi() from this context.',
    ru: 'Невозможно вызвать SpreadsheetApp.getUi() в этом контексте.',
  },
  functionNotFound: {
    en: 'Script function not found: {name}',
    ru: 'Функция скрипта не найдена: {name}',
  },
  signature: {
    en: "The parameters ({types}) don't match the method signature for {call}.",
    ru: 'Параметры ({types}) не соответствуют сигнатуре метода {call}.',
  },
  wall: { en: 'Exceeded maximum execution time', ru: 'Превышено максимальное время выполнения' },
  triggerRuntime: {
    en: 'Service using too much computer time for one day',
    ru: 'Служба использует слишком много компьютерного времени в течение дня',
  },
  tooManyCalls: {
    en: 'Service invoked too many times for one day: {service}.',
    ru: 'Служба была вызвана слишком много раз за один день: {service}.',
  },
  limitExceeded: { en: 'Limit exceeded: {what}.', ru: 'Превышен лимит: {what}.' },
  urlLength: { en: 'Limit Exceeded: URLFetch URL Length.', ru: 'Превышен лимит: длина URL URLFetch.' },
  invalidArgument: { en: 'Invalid argument: {what}', ru: 'Недопустимый аргумент: {what}' },
  tooLarge: { en: 'Argument too large: {what}', ru: 'Слишком большой аргумент: {what}' },
  propertyQuota: {
    en: 'You have exceeded the property storage quota. Please remove some properties and try again.',
    ru: 'Превышена квота хранилища свойств. Удалите некоторые свойства и повторите попытку.',
  },
  lockTimeout: {
    en: 'Lock timeout: another process was holding the lock for too long.',
    ru: 'Время ожидания блокировки истекло: другой процесс удерживал ее слишком долго.',
  },
  noAttribute: { en: 'Attribute provided with no value: {what}', ru: 'Атрибут указан без значения: {what}' },
  badAttribute: {
    en: 'Attribute provided with invalid value: {what}',
    ru: 'Указано недопустимое значение атрибута: {what}',
  },
  requestFailed: {
    en: 'Request failed for {origin} returned code {code}. Truncated server response: {body} (use muteHttpExceptions option to examine full response)',
    ru: 'Не удалось отправить запрос сервису {origin}. Код ошибки: {code}. Сокращенный ответ сервера: {body}. Чтобы ознакомиться с полным ответом, воспользуйтесь опцией muteHttpExceptions.', // (*)
  },
  dns: { en: 'DNS error: {url}', ru: 'Ошибка DNS: {url}' },
  unreachable: { en: 'Address unavailable: {url}', ru: 'Адрес недоступен: {url}' }, // (*)
  timeout: { en: 'Timeout: {url}', ru: 'Время ожидания истекло: {url}' },
  tls: { en: 'SSL Error {url}', ru: 'Ошибка SSL {url}' },
  stateToken: {
    en: 'The state token is invalid or has expired. Please try again.',
    ru: 'Маркер состояния недействителен или устарел. Повторите попытку.',
  },
  noSuchScript: {
    en: 'Sorry, unable to open the file at this time.',
    ru: 'Не удается открыть файл.',
  },
  noPage: {
    en: 'The script completed but the returned value is not a supported return type.',
    ru: 'Скрипт завершен, но возвращенное значение имеет неподдерживаемый тип.',
  },
  metaTag: {
    en: 'The specified meta tag cannot be used in this context: {name}',
    ru: 'Указанный метатег нельзя использовать в этом контексте: {name}',
  },
  tooManyTriggers: {
    en: 'This script has too many triggers. Triggers must be deleted from the script before more can be added.',
    ru: 'У этого скрипта слишком много триггеров. Прежде чем добавлять новые, удалите лишние.',
  },
  triggerValue: {
    en: 'The value you passed to {method} was invalid. It must be {rule}.',
    ru: 'Методу {method} передано недопустимое значение. Допустимо: {rule}.',
  },
  spreadsheetTimeout: {
    en: 'Service Spreadsheets timed out while accessing document with id {id}.',
    ru: 'Превышено время ожидания сервиса "Таблицы" при обращении к документу с идентификатором {id}.',
  },
  spreadsheetFailed: {
    en: 'Service Spreadsheets failed while accessing document with id {id}.',
    ru: 'Сбой сервиса "Таблицы" при обращении к документу с идентификатором {id}.',
  },
  serverError: {
    en: "We're sorry, a server error occurred. Please wait a bit and try again.",
    ru: 'К сожалению, произошла ошибка сервера. Подождите немного и повторите попытку.',
  },
  tooOften: {
    en: 'Service invoked too many times in a short time: {service}. Try Utilities.sleep(1000) between calls.',
    ru: 'Служба вызывалась слишком часто за короткое время: {service}. Попробуйте Utilities.sleep(1000) между вызовами.',
  },
  authorizationRequired: {
    en: 'Authorization is required to perform that action.',
    ru: 'Для выполнения этого действия требуется авторизация.',
  },
  invalidEmail: { en: 'Invalid email: {address}', ru: 'Недействительный адрес электронной почты: {address}' },
} as const;

export type TextKey = keyof typeof TEXTS;

/** The platform's sentence in the user's language, with its gaps filled. */
export function platformText(
  language: UserLanguage,
  key: TextKey,
  gaps: Record<string, string | number> = {},
): string {
  return TEXTS[key][language].replace(/\{(\w+)\}/g, (whole, gap: string) => {
    const filling = gaps[gap];
    return filling === undefined ? whole : String(filling);
  });
}
