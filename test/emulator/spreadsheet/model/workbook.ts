import type { EpochMs } from '../../contract';
import { a1 } from './area';
import { display, GENERAL } from './display';
import { MetadataStore } from './metadata-store';
import { CELL_LIMIT, type MessageLanguage, Refusal, TEXT } from './refusal';
import { NEW_GRID, Sheet } from './sheet';
import { type SheetLocale, sheetLocale } from './sheet-locale';
import { SheetStructure } from './sheet-structure';
import { copySheet, type UserEdit, WorkbookUser } from './workbook-user';
import { type ZoneClock, zoneClock } from './zone-clock';

export interface WorkbookOptions {
  /** Such as `ru_RU`. */
  locale: string;
  timeZone: string;
  name?: string;
  id?: string;
  /** Whose spreadsheet it is: protections never stop this user. */
  owner?: string;
  /** The clock for dates that a person types without a year. */
  now?: () => EpochMs;
  /** The language of the texts a refusal speaks, where the other language's text is known. */
  language?: MessageLanguage;
}

/** The lasting spreadsheet: what is left when no script runs. */
export class Workbook {
  readonly id: string;
  name: string;
  readonly owner: string;
  readonly now: () => EpochMs;
  language: MessageLanguage;
  readonly sheets: Sheet[] = [];
  readonly metadata = new MetadataStore();
  /** Who may see the spreadsheet only; the owner can be among them, after giving the file away. */
  readonly viewers = new Set<string>();
  readonly toasts: { message: string; title: string; seconds: number | null }[] = [];
  /** A person typed a planted secret somewhere: the next script that has the right to must move it away. */
  secretTyped = false;
  /** The sheet the person looks at. */
  activeSheetId = 0;
  /** What a person does by hand. */
  readonly user = new WorkbookUser(this);
  #locale: SheetLocale;
  #clock: ZoneClock;
  #sheetIds = 0;
  #protectionIds = 0;

  constructor(options: WorkbookOptions) {
    this.#locale = sheetLocale(options.locale);
    this.#clock = zoneClock(options.timeZone);
    this.name = options.name ?? (this.#locale.russian ? 'Новая таблица' : 'Untitled spreadsheet');
    this.id = options.id ?? '1EmulatedSpreadsheet0000000000000000000000000';
    this.owner = options.owner ?? 'owner@example.com';
    this.now = options.now ?? Date.now;
    this.language = options.language ?? 'en';
    this.addSheet();
  }

  get locale(): SheetLocale {
    return this.#locale;
  }

  set localeName(name: string) {
    this.#locale = sheetLocale(name);
  }

  get clock(): ZoneClock {
    return this.#clock;
  }

  /** Serials stay: every cell keeps its wall clock and so names another instant. */
  set timeZone(zone: string) {
    this.#clock = zoneClock(zone);
  }

  get timeZone(): string {
    return this.#clock.zone;
  }

  /** By title or id. @throws Error when there is none */
  sheet(which: string | number): Sheet {
    const sheet = this.sheets.find(s => (typeof which === 'number' ? s.id : s.title) === which);
    if (!sheet) throw new Error(`No sheet ${JSON.stringify(which)} among ${this.sheets.map(s => s.title)}`);
    return sheet;
  }

  /** The sheets that carry this developer metadata, in their order. */
  sheetsMarked(key: string, value: string): Sheet[] {
    const ids = this.metadata
      .find(m => m.location.type === 'SHEET' && m.key === key && m.value === value)
      .map(m => m.location.sheetId);
    return this.sheets.filter(sheet => ids.includes(sheet.id));
  }

  structure(sheet: Sheet): SheetStructure {
    return new SheetStructure(sheet, this.metadata, this.sheets);
  }

  /** @throws Refusal for a title that is taken, empty or too long, or at the cell limit */
  addSheet(title: string = this.#freeTitle(), index: number = this.sheets.length): Sheet {
    this.requireTitle(title);
    this.requireRoom(NEW_GRID.rows * NEW_GRID.columns);
    const id = this.sheets.length === 0 && this.#sheetIds === 0 ? 0 : this.#sheetIds;
    this.#sheetIds += 104_729;
    const sheet = new Sheet(id, title);
    this.sheets.splice(index, 0, sheet);
    return sheet;
  }

  /** @throws Refusal for the only sheet, or the only one that is not hidden */
  removeSheet(sheet: Sheet): void {
    if (!this.sheets.some(other => other !== sheet && !other.hidden)) throw new Refusal(TEXT.lastSheet);
    this.sheets.splice(this.sheets.indexOf(sheet), 1);
    this.metadata.remove(entry => entry.location.sheetId === sheet.id);
    if (this.activeSheetId === sheet.id) this.activeSheetId = this.sheets[0]!.id;
  }

  /** Gives a sheet another title; formulas that name it follow. */
  rename(sheet: Sheet, title: string): void {
    this.requireTitle(title, sheet);
    const quoted = (name: string) => `'${name.replaceAll("'", "''")}'!`;
    for (const row of this.sheets.flatMap(other => other.rows)) {
      for (const cell of row ?? []) {
        if (!cell?.formula) continue;
        cell.formula = cell.formula.replaceAll(quoted(sheet.title), quoted(title));
        cell.formula = cell.formula.replace(/(?<![\p{L}\d_.'])[\p{L}_][\p{L}\d_.]*!/gu, name =>
          name === `${sheet.title}!` ? quoted(title) : name,
        );
      }
    }
    sheet.title = title;
  }

  requireTitle(title: string, but?: Sheet): void {
    if (title.trim() === '' || title.length > 100) throw new Refusal(`Invalid sheet name: ${title}`);
    const taken = this.sheets.some(s => s !== but && s.title.toLowerCase() === title.toLowerCase());
    if (taken) throw new Refusal(TEXT.sheetExists(title));
  }

  /** The title, numbered when it is taken. */
  freeTitle(title: string): string {
    const isTaken = (name: string) => this.sheets.some(sheet => sheet.title === name);
    let free = title;
    for (let n = 2; isTaken(free); n++) free = `${title} ${n}`;
    return free;
  }

  /** @throws Refusal when so many more cells would pass the limit */
  requireRoom(cells: number): void {
    const all = this.sheets.reduce((sum, sheet) => sum + sheet.maxRows * sheet.maxColumns, cells);
    if (all > CELL_LIMIT) throw new Refusal(TEXT.tooManyCells);
  }

  nextProtectionId(): number {
    return ++this.#protectionIds;
  }

  /** What the person sees, from A1 to the last row and column with content. */
  display(which: string | number | Sheet): string[][] {
    const sheet = which instanceof Sheet ? which : this.sheet(which);
    return Array.from({ length: sheet.lastRow }, (_, i) =>
      Array.from({ length: sheet.lastColumn }, (_, j) => {
        const cell = sheet.cell(i + 1, j + 1);
        return cell ? display(cell.value, cell.format ?? GENERAL, this.#locale) : '';
      }),
    );
  }

  /** A person types. See WorkbookUser.type. */
  typeInto(sheet: string | number, row: number, column: number, text: string, user?: string): UserEdit {
    return this.user.type(sheet, row, column, text, user);
  }

  /** Such as `B2 of "Settings"`, for every cell with the text in its value, formula or note. */
  cellsWith(text: string): string[] {
    return this.sheets.flatMap(({ title, rows }) =>
      rows.flatMap((line, i) =>
        (line ?? []).flatMap((cell, j) => {
          const holds = cell && [String(cell.value), cell.formula, cell.note].some(one => one.includes(text));
          return holds ? `${a1({ row: i + 1, column: j + 1, rows: 1, columns: 1 })} of "${title}"` : [];
        }),
      ),
    );
  }

  /**
   * File, make a copy: another file with the same sheets, whose ids stay. Whoever makes it owns it and all of its
   * protections, and nobody else may edit where they stand.
   */
  copy(options: { id: string; owner: string; now: () => EpochMs }): Workbook {
    const copy = new Workbook({
      ...options,
      locale: this.#locale.name,
      timeZone: this.timeZone,
      name: this.#locale.copyTitle(this.name),
      language: this.language,
    });
    copy.sheets.length = 0;
    for (const sheet of this.sheets) {
      const made = copySheet(sheet, new Sheet(sheet.id, sheet.title), () => copy.nextProtectionId());
      made.hidden = sheet.hidden;
      made.protections = made.protections.map(protection => ({
        ...protection,
        by: options.owner,
        editors: protection.editors && new Set<string>(),
      }));
      copy.sheets.push(made);
    }
    copy.#sheetIds = this.#sheetIds;
    copy.metadata.copyFrom(this.metadata);
    copy.activeSheetId = this.activeSheetId;
    copy.secretTyped = this.secretTyped;
    return copy;
  }

  #freeTitle(): string {
    for (let n = 1; ; n++) {
      const title = this.#locale.sheetTitle(n);
      if (!this.sheets.some(sheet => sheet.title === title)) return title;
    }
  }
}
