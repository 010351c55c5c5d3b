import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventName } from '../../src/core/eventNames';

const none = new Map<string, string>();

/** The types that an account listed, without those of its own fields. */
const RECORDED = (
  JSON.parse(readFileSync(join(__dirname, '../fixtures/amocrm/events/types-recorded-ru.json'), 'utf8')) as {
    _embedded: { events_types: { key: string; lang: string }[] };
  }
)._embedded.events_types.filter(({ key }) => !/^custom_field_\d/.test(key));

/** Where the recorded account showed its Russian users another language, or a small letter. */
const BETTER_THAN_RECORDED: Readonly<Record<string, string>> = {
  zoom_conference: 'Конференция Zoom',
  meta_chat_subscription_added: 'Подписан на',
  meta_chat_subscription_removed: 'Отписан от',
};

describe('M8 · eventName', () => {
  it.each([
    ['incoming_chat_message', 'Входящее сообщение'],
    ['outgoing_chat_message', 'Исходящее сообщение'],
    ['task_added', 'Новая задача'],
    ['task_completed', 'Завершение задачи'],
    ['entity_responsible_changed', 'Ответственный изменен'],
    ['lead_status_changed', 'Изменение этапа продажи'],
    ['entity_linked', 'Прикрепление'],
    ['entity_tag_added', 'Теги добавлены'],
    ['custom_field_value_changed', 'Изменение поля'],
  ])('M8 · %s is «%s»', (type, name) => {
    expect(eventName(type, 'ru', none)).toBe(name);
  });

  it.each([
    ['incoming_chat_message', 'Incoming message'],
    ['task_added', 'New task'],
  ])('M8 · %s is "%s" in English', (type, name) => {
    expect(eventName(type, 'en', none)).toBe(name);
  });

  it.each(RECORDED)('M8 · $key is called as an account called it: «$lang»', ({ key, lang }) => {
    expect(eventName(key, 'ru', none)).toBe(BETTER_THAN_RECORDED[key] ?? lang);
  });

  it('M8 · every recorded type has an English name, no two the same', () => {
    const names = RECORDED.map(({ key }) => eventName(key, 'en', none));
    expect(names.filter(name => !/^[A-Za-z][\w :]+$/.test(name) || name.includes('_'))).toEqual([]);
    expect(new Set(names).size).toBe(RECORDED.length);
  });

  it('M8 · the account’s own name comes first', () => {
    expect(eventName('task_added', 'ru', new Map([['task_added', 'Задачка']]))).toBe('Задачка');
  });

  it.each(['brand_new_type', '', 'constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'M8 · the unknown code %j is shown as it is',
    type => {
      expect(eventName(type, 'ru', none)).toBe(type);
      expect(eventName(type, 'en', none)).toBe(type);
    },
  );
});
