import type { Area } from '../model/area';
import { mayEdit, type Protection } from '../model/protection';
import { Refusal, TEXT } from '../model/refusal';
import type { Sheet } from '../model/sheet';
import { constant, ProtectionType } from './enums';
import type { RangeCoordinates } from './range-coordinates';
import type { ScriptObjects } from './script-objects';
import { Service, type Session } from './session';
import { free, type Member, served } from './signatures';

type GProtection = GoogleAppsScript.Spreadsheet.Protection;
type GRange = GoogleAppsScript.Spreadsheet.Range;
type ProtectionMember =
  | 'addEditor'
  | 'addEditors'
  | 'canEdit'
  | 'getDescription'
  | 'getEditors'
  | 'getProtectionType'
  | 'getRange'
  | 'getUnprotectedRanges'
  | 'isWarningOnly'
  | 'remove'
  | 'removeEditor'
  | 'removeEditors'
  | 'setDescription'
  | 'setUnprotectedRanges'
  | 'setWarningOnly';

export const PROTECTION_MEMBERS: Record<ProtectionMember, Member> = {
  addEditor: served('text'),
  addEditors: served('texts'),
  canEdit: served(),
  getDescription: served(),
  getEditors: served(),
  getProtectionType: free(),
  getRange: free(),
  getUnprotectedRanges: served(),
  isWarningOnly: served(),
  remove: served(),
  removeEditor: served('text'),
  removeEditors: served('texts'),
  setDescription: served('text'),
  setUnprotectedRanges: served('Range[]'),
  setWarningOnly: served('boolean'),
};

export class ProtectionService extends Service<GProtection> implements Pick<GProtection, ProtectionMember> {
  constructor(
    session: Session,
    private readonly objects: ScriptObjects,
    private readonly sheet: Sheet,
    private readonly protection: Protection,
  ) {
    super(session);
  }

  getProtectionType(): GoogleAppsScript.Spreadsheet.ProtectionType {
    return constant(ProtectionType, this.protection.area ? 'RANGE' : 'SHEET');
  }

  getRange(): GRange {
    return this.objects.range(this.sheet, this.protection.area ?? this.sheet.whole);
  }

  getDescription(): string {
    return this.protection.description;
  }

  setDescription(description: string): GProtection {
    this.#editable.description = description;
    return this.self;
  }

  isWarningOnly(): boolean {
    return this.protection.warningOnly;
  }

  setWarningOnly(warningOnly: boolean): GProtection {
    this.#editable.warningOnly = warningOnly;
    return this.self;
  }

  canEdit(): boolean {
    return mayEdit(this.protection, this.session.execution.user, this.session.workbook.owner);
  }

  /** Refused to those who may not edit there themselves [doc SS-protection]. */
  getEditors(): GoogleAppsScript.Base.User[] {
    const { owner } = this.session.workbook;
    const editors = new Set([owner, ...(this.#editable.editors ?? [])]);
    return this.session.realm.array(
      [...editors].map(
        address =>
          this.session.realm.object({ getEmail: () => address }) as unknown as GoogleAppsScript.Base.User,
      ),
    );
  }

  addEditor(user: string | object): GProtection {
    return this.addEditors([String(user)]);
  }

  addEditors(users: string[]): GProtection {
    const protection = this.#editable;
    protection.editors = new Set([...(protection.editors ?? []), ...users]);
    return this.self;
  }

  removeEditor(user: string | object): GProtection {
    return this.removeEditors([String(user)]);
  }

  /**
   * The emulator does not know who may edit the file, so the first removal leaves the owner and the protection's
   * maker only.
   */
  removeEditors(users: readonly (string | object)[]): GProtection {
    const protection = this.#editable;
    const left = [...(protection.editors ?? [])].filter(editor => !users.includes(editor));
    protection.editors = new Set(left);
    return this.self;
  }

  getUnprotectedRanges(): GRange[] {
    return this.session.realm.array(
      this.protection.unprotected.map(area => this.objects.range(this.sheet, area)),
    );
  }

  setUnprotectedRanges(ranges: GRange[]): GProtection {
    this.#editable.unprotected = ranges.map(
      (range): Area => this.session.unwrap<RangeCoordinates>(range).area,
    );
    return this.self;
  }

  remove(): void {
    const gone = this.#editable;
    this.sheet.protections = this.sheet.protections.filter(protection => protection !== gone);
  }

  /** @throws Refusal when this user may not edit the protection */
  get #editable(): Protection {
    if (!this.canEdit()) throw new Refusal(TEXT.protection(this.session.workbook.language));
    return this.protection;
  }
}

/** `protect()`: whoever may edit the file may go on editing there until editors are changed [doc SS-protection]. */
export function newProtection(session: Session, area: Area | undefined): Protection {
  return {
    id: session.workbook.nextProtectionId(),
    area,
    by: session.execution.user,
    description: '',
    warningOnly: false,
    editors: undefined,
    unprotected: [],
  };
}
