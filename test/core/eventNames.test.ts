import { eventName } from '../../src/core/eventNames';

const none = new Map<string, string>();

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
