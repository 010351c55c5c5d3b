import { type Area, contains, overlaps } from './area';
import { type MessageLanguage, Refusal, TEXT } from './refusal';
import type { Sheet } from './sheet';

/** A protected sheet (`area` undefined) or range. */
export interface Protection {
  readonly id: number;
  area: Area | undefined;
  readonly by: string;
  description: string;
  /** Warns the person who types, stops nobody. */
  warningOnly: boolean;
  /** Undefined as long as nobody changed them: whoever may edit the file may edit here [doc SS-protection]. */
  editors: Set<string> | undefined;
  unprotected: Area[];
}

export function mayEdit(protection: Protection, user: string, owner: string): boolean {
  if (protection.warningOnly || user === owner || user === protection.by) return true;
  return protection.editors === undefined || protection.editors.has(user);
}

export interface Writer {
  readonly user: string;
  readonly owner: string;
  readonly language: MessageLanguage;
  /** Who may see the file only. */
  readonly viewers?: ReadonlySet<string>;
}

/** @throws Refusal when a protection keeps this user from writing there */
export function requireWritable(sheet: Sheet, area: Area, writer: Writer): void {
  if (writer.viewers?.has(writer.user)) throw new Refusal(TEXT.viewer);
  for (const protection of sheet.protections) {
    if (mayEdit(protection, writer.user, writer.owner)) continue;
    const hit = protection.area ? overlaps(protection.area, area) : true;
    if (hit && !protection.unprotected.some(free => contains(free, area))) {
      throw new Refusal(TEXT.protection(writer.language));
    }
  }
}
