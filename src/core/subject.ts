/**
 * What an event is about, beyond its type: which makes the difference between "a stage changed" and "the change to
 * «Оплачен»".
 */
export interface Subject {
  kind: SubjectKind;
  /** As amoCRM identifies it; a stage by pipeline and status together, since 142 and 143 are in every pipeline. */
  id: string;
}

export type SubjectKind = keyof typeof LETTERS;

/** Stored texts name a kind by its letter. */
const LETTERS = {
  stage: 's',
  customerStage: 'c',
  tag: 't',
  field: 'f',
  responsible: 'r',
  taskType: 'k',
  channel: 'm',
  linked: 'l',
  bot: 'b',
} as const;

const KINDS = new Map(
  Object.entries(LETTERS).map(([kind, letter]) => [letter as string, kind as SubjectKind]),
);

export function subjectText(subject: Subject | undefined): string {
  return subject ? LETTERS[subject.kind] + subject.id : '';
}

/** @param text as `subjectText` gives it */
export function subjectOf(text: string): Subject | undefined {
  const kind = KINDS.get(text.slice(0, 1));
  return kind && { kind, id: text.slice(1) };
}
