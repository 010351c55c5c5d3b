import fc from 'fast-check';
import { ACTORS } from '../../src/core/actor';
import { NO_DIRECTORY } from '../../src/core/directory';
import { processKey } from '../../src/core/process';
import { type Naming, processName } from '../../src/core/processName';
import type { SubjectKind } from '../../src/core/subject';
import { TEXTS } from '../../src/core/texts';

const DIRECTORY = {
  at: 1,
  names: {
    stage: { '7/142': 'Продажи / Оплачен' },
    customerStage: { 5: 'Постоянный' },
    field: { 53728: 'Город' },
    responsible: { 101: 'Анна' },
    taskType: { 1: 'Звонок' },
  },
};
const naming = (language: 'ru' | 'en', types: [string, string][] = []): Naming => ({
  ...{ language, texts: TEXTS[language], types: new Map(types), directory: DIRECTORY },
  rules: [{ name: 'Обмен' }, { name: 'Синхронизация 1С' }],
});

describe('T16 · M8 · what a process is called', () => {
  it.each([
    ['0:lead_status_changed|s7/142', 'Изменение этапа продажи: Продажи / Оплачен'],
    ['0:lead_status_changed|s7/9', 'Изменение этапа продажи: 7/9'],
    ['2:customer_status_changed|c5', 'Изменение этапа покупателя: Постоянный'],
    ['0:entity_tag_added|tVIP | A', 'Теги добавлены: VIP | A'],
    ['0:custom_field_value_changed|f53728', 'Изменение поля: Город'],
    ['0:custom_field_value_changed|f9', 'Изменение поля: 9'],
    ['0:entity_responsible_changed|r101', 'Ответственный изменен: Анна'],
    ['0:task_type_changed|k1', 'Изменение типа задачи: Звонок'],
    ['1:incoming_chat_message|mtelegram', 'Входящее сообщение: telegram'],
    ['0:entity_linked|llead', 'Прикрепление: сделка'],
    ['0:entity_linked|lcontact', 'Прикрепление: контакт'],
    ['0:entity_linked|lcompany', 'Прикрепление: компания'],
    ['0:entity_linked|lcustomer', 'Прикрепление: покупатель'],
    ['0:entity_linked|lcatalog_5', 'Прикрепление: catalog_5'],
    ['0:robot_replied|b145', 'Ответ робота: бот 145'],
    ['0:entity_tag_added|*', 'Теги добавлены: прочее'],
    ['0:lead_added|', 'Новая сделка'],
    ['0:brand_new|', 'brand_new'],
    ['3:=|1', 'Синхронизация 1С'],
    ['0:|*', 'прочее'],
    ['3:=|7', '7'],
  ])('T16 · %s is «%s»', (key, name) => {
    expect(processName(key, naming('ru'))).toBe(name);
  });

  it.each([
    ['0:entity_tag_added|*', ': others'],
    ['0:robot_replied|b145', ': bot 145'],
    ['0:entity_linked|llead', ': lead'],
  ])('M8 · in English %s ends with %j', (key, end) => {
    expect(processName(key, naming('en'))).toMatch(new RegExp(`^[A-Z][^а-яё]*${end}$`, 'i'));
  });

  it('M8 · the account’s own names of types come first, and name a field where the directory does not', () => {
    const own = naming('ru', [
      ['lead_added', 'Заявка'],
      ['custom_field_9_value_changed', 'Изменение поля «Рост»'],
      ['custom_field_53728_value_changed', 'Изменение поля «Город»'],
    ]);
    expect(processName('0:lead_added|', own)).toBe('Заявка');
    expect(processName('0:custom_field_value_changed|f9', own)).toBe('Изменение поля: Изменение поля «Рост»');
    expect(processName('0:custom_field_value_changed|f53728', own)).toBe('Изменение поля: Город');
  });

  it('D6 · D11 · whatever a thing is called or its id is, it has a name that is a text', () => {
    const kinds: SubjectKind[] = [
      ...([
        'stage',
        'customerStage',
        'tag',
        'field',
        'responsible',
        'taskType',
        'channel',
        'linked',
        'bot',
      ] as const),
    ];
    const word = fc.oneof(
      fc.constantFrom('constructor', '__proto__', 'toString', 'hasOwnProperty', '*', '='),
      fc.string({ unit: 'binary', minLength: 1 }).filter(text => text.trim() !== ''),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...ACTORS),
        word,
        fc.constantFrom(...kinds),
        word,
        (actor, type, kind, id) => {
          const key = processKey({ actor, type, about: { kind, id } });
          for (const directory of [DIRECTORY, NO_DIRECTORY]) {
            const name = processName(key, { ...naming('ru'), directory });
            expect(name).toContain(id.replace(/\s+/g, ' '));
            expect(name).not.toMatch(/native code|\[object/);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
