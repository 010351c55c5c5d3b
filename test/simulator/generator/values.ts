/** `value_before` and `value_after` in their published shapes [D crm_platform/events-and-notes]; sale and name fields as clients read them. */

/** Of additions, notes, calls, SMS, followed links and task results. */
export const note = (id: number) => [{ note: { id } }];

export const leadStatus = (id: number, pipelineId: number) => [
  { lead_status: { id, pipeline_id: pipelineId } },
];

export const responsible = (id: number) => [{ responsible_user: { id } }];

export const tags = (...names: string[]) => names.map(name => ({ tag: { name } }));

export const link = (type: string, id: number) => [{ link: { entity: { type, id } } }];

export const deadline = (timestamp: number) => [{ task_deadline: { timestamp } }];

export const taskText = (text: string) => [{ task: { text } }];

/** Field type 4 is a list, 1 a text. */
export const field = (fieldId: number, text: string, enumId: number | null = null) => [
  { custom_field_value: { field_id: fieldId, field_type: enumId === null ? 1 : 4, enum_id: enumId, text } },
];

export const sale = (amount: number) => [{ sale_field_value: { sale: amount } }];

export const named = (name: string) => [{ name_field_value: { name } }];

/** A real dump shows `origin` and `talk_id` beside the id. */
export const message = (id: string, talkId: number, origin = 'telegram') => [
  { message: { id, origin, talk_id: talkId } },
];

export const helpbot = (id: number) => [{ helpbot: { id } }];

export const nps = (rate: number) => [{ nps: { rate } }];

export const transaction = (id: number) => [{ transaction: { id } }];
