/**
 * The account's event types: key, number, Russian and English name. Keys, numbers and Russian names are those of one
 * account's recorded answer; few English names are published, the others are worded here.
 */

import type { CustomField, Language } from './state';

export interface EventType {
  key: string;
  type: number;
  lang: string;
}

/** Every custom field's key shares the number of `custom_field_value_changed`. */
const CUSTOM_FIELD = 24;

const TYPES: readonly (readonly [key: string, type: number, ru: string, en: string])[] = [
  ['lead_added', 1, 'Новая сделка', 'New lead'],
  ['lead_deleted', 7, 'Сделка удалена', 'Lead deleted'],
  ['lead_restored', 10, 'Сделка восстановлена', 'Lead restored'],
  ['lead_status_changed', 14, 'Изменение этапа продажи', 'Lead stage changed'],
  ['lead_linked', 80, 'Прикрепление сделки', 'Lead linked'],
  ['lead_unlinked', 84, 'Открепление сделки', 'Lead unlinked'],
  ['contact_added', 2, 'Новый контакт', 'New contact'],
  ['contact_deleted', 8, 'Контакт удален', 'Contact deleted'],
  ['contact_restored', 11, 'Контакт восстановлен', 'Contact restored'],
  ['contact_linked', 81, 'Прикрепление контакта', 'Contact linked'],
  ['contact_unlinked', 85, 'Открепление контакта', 'Contact unlinked'],
  ['company_added', 3, 'Новая компания', 'New company'],
  ['company_deleted', 9, 'Компания удалена', 'Company deleted'],
  ['company_restored', 12, 'Компания восстановлена', 'Company restored'],
  ['company_linked', 82, 'Прикрепление компании', 'Company linked'],
  ['company_unlinked', 86, 'Открепление компании', 'Company unlinked'],
  ['customer_added', 20, 'Новый покупатель', 'New customer'],
  ['customer_deleted', 53, 'Покупатель удален', 'Customer deleted'],
  ['customer_status_changed', 57, 'Изменение этапа покупателя', 'Customer stage changed'],
  ['customer_linked', 83, 'Прикрепление покупателя', 'Customer linked'],
  ['customer_unlinked', 87, 'Открепление покупателя', 'Customer unlinked'],
  ['task_added', 49, 'Новая задача', 'New task'],
  ['task_deleted', 51, 'Задача удалена', 'Task deleted'],
  ['task_completed', 29, 'Завершение задачи', 'Task completed'],
  ['task_type_changed', 76, 'Изменение типа задачи', 'Task type changed'],
  ['task_text_changed', 77, 'Изменение текста задачи', 'Task text changed'],
  ['task_deadline_changed', 78, 'Изменение даты исполнения задачи', 'Task due date changed'],
  ['task_result_added', 33, 'Результат по задаче', 'Task result added'],
  ['incoming_call', 17, 'Входящий звонок', 'Incoming call'],
  ['outgoing_call', 30, 'Исходящий звонок', 'Outgoing call'],
  ['incoming_mail', 16, 'Входящее письмо', 'Incoming email'],
  ['outgoing_mail', 152, 'Исходящее письмо', 'Outgoing email'],
  ['incoming_chat_message', 89, 'Входящее сообщение', 'Incoming message'],
  ['outgoing_chat_message', 90, 'Исходящее сообщение', 'Outgoing message'],
  ['entity_direct_message', 150, 'Внутреннее сообщение', 'Internal message'],
  ['incoming_sms', 41, 'Входящее SMS', 'Incoming SMS'],
  ['outgoing_sms', 42, 'Исходящее SMS', 'Outgoing SMS'],
  ['entity_tag_added', 63, 'Теги добавлены', 'Tags added'],
  ['entity_tag_deleted', 64, 'Теги убраны', 'Tags removed'],
  ['entity_segment_attached', 94, 'Добавлен в сегмент', 'Added to segment'],
  ['entity_segment_detached', 95, 'Удалён из сегмента', 'Removed from segment'],
  ['entity_linked', 72, 'Прикрепление', 'Linked'],
  ['entity_unlinked', 73, 'Открепление', 'Unlinked'],
  ['sale_field_changed', 69, 'Изменение поля "Бюджет"', 'Field "Sale" changed'],
  ['name_field_changed', 70, 'Изменение поля "Название"', 'Field "Name" changed'],
  ['ltv_field_changed', 88, 'Сумма покупок', 'Lifetime value changed'],
  ['custom_field_value_changed', 24, 'Изменение поля', 'Field changed'],
  ['entity_responsible_changed', 25, 'Ответственный изменен', 'Responsible user changed'],
  ['robot_replied', 74, 'Ответ робота', 'AI: bot launched'],
  ['intent_identified', 75, 'Тема вопроса определена', 'AI: bot not launched'],
  ['nps_rate_added', 91, 'Новая оценка NPS', 'New NPS rate'],
  ['link_followed', 59, 'Переход по ссылке', 'Link followed'],
  ['transaction_added', 26, 'Покупка', 'Purchase added'],
  ['common_note_added', 27, 'Новое примечание', 'New note'],
  ['common_note_deleted', 79, 'Примечание удалено', 'Note deleted'],
  ['attachment_note_added', 28, 'Добавлен новый файл', 'File attached'],
  ['targeting_in_note_added', 31, 'Добавление в ретаргетинг', 'Added to retargeting'],
  ['targeting_out_note_added', 32, 'Удаление из ретаргетинга', 'Removed from retargeting'],
  ['geo_note_added', 38, 'Новое примечание с гео-меткой', 'New note with a location'],
  ['service_note_added', 39, 'Новое системное примечание', 'New system note'],
  ['site_visit_note_added', 18, 'Заход на сайт', 'Website visit'],
  ['message_to_cashier_note_added', 60, 'Сообщение кассиру', 'Message to cashier'],
  ['entity_merged', 92, 'Выполнено объединение', 'Entities merged'],
  ['video_opened', 97, 'Видео было открыто', 'Video opened'],
  ['video_closed', 98, 'Видео было закрыто', 'Video closed'],
  ['picture_opened', 99, 'Картинка была открыта', 'Picture opened'],
  ['picture_closed', 100, 'Картинка была закрыта', 'Picture closed'],
  ['zoom_conference', 96, 'Zoom conference', 'Zoom conference'],
  ['segment_created', 101, 'Сегмент создан', 'Segment created'],
  ['key_action_completed', 116, 'Ключевое действие', 'Key action'],
  ['ai_result', 153, 'amoCRM AI', 'Kommo AI'],
  ['talk_created', 119, 'Беседа создана', 'Conversation created'],
  ['talk_closed', 120, 'Беседа закрыта', 'Conversation closed'],
  ['conversation_answered', 135, 'Не требует ответа', 'No answer needed'],
  ['meta_chat_subscription_added', 136, 'подписан на', 'Subscribed to'],
  ['meta_chat_subscription_removed', 137, 'Unsubscribed from', 'Unsubscribed from'],
  ['talk_missed_event', 122, 'Превышено время на ответ', 'Reply time exceeded'],
  ['invoice_paid', 62, 'При оплате счета/покупки', 'Invoice or purchase paid'],
  ['invoice_created', 118, 'Счет/покупка создана', 'Invoice or purchase created'],
  ['page_mention', 151, 'Упоминание страницы', 'Page mention'],
  ['dropbox_attachment', 40, 'Файл Dropbox', 'Dropbox file'],
];

/** The types in one language. Spanish and Portuguese names are not published: they come in English. */
export function eventTypes(language: Language, customFields: readonly CustomField[]): EventType[] {
  const russian = language === 'ru';
  return [
    ...TYPES.map(([key, type, ru, en]) => ({ key, type, lang: russian ? ru : en })),
    ...customFields.map(field => ({
      key: customFieldKey(field.id),
      type: CUSTOM_FIELD,
      lang: russian ? `Изменение поля "${field.name}"` : `Field "${field.name}" changed`,
    })),
  ];
}

/** `custom_field_188087_value_changed` */
export function customFieldKey(id: number): string {
  return `custom_field_${id}_value_changed`;
}

/** The field's id, or undefined for any other key. */
export function customFieldIdOf(type: string): number | undefined {
  const id = /^custom_field_(\d+)_value_changed$/.exec(type)?.[1];
  return id === undefined ? undefined : Number(id);
}
