import { COLUMN_MARK, SCHEMA_MARK, SHEET_MARK, TABLES } from '../../src/core/tables';
import { TEXTS } from '../../src/core/texts';
import { boundWorkbook } from '../../src/google/workbook';
import { SheetProtected } from '../../src/ports';
import { openBook, scriptOf } from '../emulator/spreadsheet/fake-execution';

const { en, ru } = TEXTS;
type BookOptions = Parameters<typeof openBook>[0];

function bound(options: BookOptions = {}) {
  const opened = openBook(options);
  const slept: number[] = [];
  Object.assign(globalThis, {
    SpreadsheetApp: opened.app,
    Utilities: { sleep: (ms: number) => slept.push(ms) },
  });
  return { ...opened, slept, ours: boundWorkbook() };
}

const titles = ({ workbook }: ReturnType<typeof bound>) => workbook.sheets.map(({ title }) => title);
const entry = (n: number) => ({
  time: 46_300 + n,
  ms: n,
  min: n,
  max: n,
  samples: 1,
  status: 200,
  cause: '',
  slot: '' as const,
  counted: 'да',
  entry: `e${n}`,
});

describe('the archive of pings', () => {
  it('is made when it is needed, once, and speaks the language like the others', () => {
    const world = bound();
    world.ours.ensure(ru);
    expect(world.ours.has('pingsArchive')).toBe(false);
    expect(titles(world)).not.toContain('Пинги (архив)');
    world.ours.ensureTable('pingsArchive', ru);
    world.ours.ensureTable('pingsArchive', ru);
    expect(titles(world).filter(title => title.includes('архив'))).toEqual(['Пинги (архив)']);
    expect(world.ours.has('pingsArchive')).toBe(true);
    const sheet = world.workbook.sheet('Пинги (архив)');
    expect(world.workbook.display(sheet)[0]).toEqual(Object.values(ru.columns.pings));
    expect([...sheet.hiddenColumns.keys()]).toEqual([10]);
    world.ours.ensure(en);
    expect(titles(world)).toContain('Pings (archive)');
    world.ours.table('pingsArchive', en).append([entry(1)]);
    expect(world.ours.table('pingsArchive', en).read()).toEqual([entry(1)]);
  });

  it('Q7 · pings move there: what is copied is deleted in blocks, what is beside it stays', () => {
    const world = bound();
    world.ours.ensure(ru);
    world.ours.ensureTable('pingsArchive', ru);
    const all = Array.from({ length: 700 }, (_, index) => entry(index));
    const pings = world.ours.table('pings', ru);
    pings.append(all);
    world.workbook.user.type('Пинги', 12, 12, 'тут меняли тариф');
    const old = pings.read().filter(row => Number(row.ms) < 500);
    world.ours.table('pingsArchive', ru).append(old);
    pings.replace({ rows: [], belongs: row => Number(row.ms) < 500, follows: () => false });
    expect(pings.read().map(({ ms }) => ms)).toEqual(all.slice(500).map(({ ms }) => ms));
    expect(world.ours.table('pingsArchive', ru).read()).toEqual(all.slice(0, 500));
    expect(JSON.stringify(world.workbook.display('Пинги'))).toContain('тут меняли тариф');
  });
});

describe('Q7 · cells', () => {
  it('are counted with the empty ones, in all sheets', () => {
    const world = bound();
    expect(world.ours.cells()).toBe(26_000);
    world.ours.ensure(ru);
    const expected = world.workbook.sheets.reduce((sum, sheet) => sum + sheet.maxRows * sheet.maxColumns, 0);
    expect(world.ours.cells()).toBe(expected);
    // Ten sheets of some two hundred rows, no wider than our columns and a few for the user's own.
    expect(expected).toBeLessThan(26_000 + 38_000);
  });

  it('a sheet of the user that is taken over because it is empty is trimmed, one with content is not touched', () => {
    const world = bound();
    world.workbook.addSheet('Дни');
    const notes = world.workbook.addSheet('Отчёт');
    world.workbook.user.type('Отчёт', 900, 20, 'моё');
    world.ours.ensure(ru);
    expect([notes.maxRows, notes.maxColumns]).toEqual([1000, 26]);
    expect(world.workbook.sheet('Дни').maxRows).toBe(201);
    expect(titles(world)).toContain('Отчёт 2');
  });

  it('a sheet that has lost all columns of ours keeps what else is in it', () => {
    const world = bound();
    world.ours.ensure(ru);
    world.workbook.user.insertRows('Дни', 100, 500);
    const ours = Object.keys(TABLES.days).length;
    world.workbook.user.insertColumns('Дни', ours + 1, 3);
    world.workbook.user.type('Дни', 600, ours + 3, 'моё');
    world.workbook.user.deleteColumns('Дни', 1, ours);
    world.ours.ensure(ru);
    expect(world.workbook.sheet('Дни').value(600, 3)).toBe('моё');
    expect(world.workbook.display('Дни')[0]).toHaveLength(3 + ours);
  });

  it('a column that set-up brings back does not cost a sheet its rows', () => {
    const world = bound();
    world.ours.ensure(ru);
    world.ours.table('pings', ru).append(Array.from({ length: 700 }, (_, index) => entry(index)));
    world.workbook.user.deleteColumns('Пинги', 1, 9);
    world.ours.ensure(ru);
    expect(world.ours.table('pings', ru).read()).toHaveLength(700);
  });
});

describe('the filter of the log', () => {
  it('S4 · reaches over all rows, however many come', () => {
    const world = bound();
    world.ours.ensure(ru);
    const row = {
      when: 46_344,
      job: 'a',
      level: 'INFO',
      what: 'x',
      effect: '',
      todo: '',
      seconds: 1,
      requests: 1,
    };
    const log = world.ours.table('log', ru);
    for (let part = 0; part < 5; part += 1) log.append(Array.from({ length: 90 }, () => row));
    const sheet = world.workbook.sheet('Журнал');
    expect(sheet.lastRow).toBe(451);
    expect(sheet.filter!.rows).toBe(sheet.maxRows);
  });

  it('keeps the youngest rows, and what the user has written beside an old one', () => {
    const world = bound();
    world.ours.ensure(ru);
    const log = world.ours.table('log', ru);
    const row = (n: number) => ({
      when: 46_000 + n,
      job: 'a',
      level: 'INFO',
      what: `x${n}`,
      effect: '',
      todo: '',
      seconds: 1,
      requests: 1,
    });
    for (let n = 1; n <= 30; n += 1) log.append([row(n)], { most: 20, order: 'when' });
    world.workbook.user.type('Журнал', 2, 12, 'заметка');
    for (let n = 31; n <= 60; n += 1) log.append([row(n)], { most: 20, order: 'when' });
    const kept = log.read().map(({ when }) => Number(when) - 46_000);
    expect(kept).toEqual([...kept].sort((a, b) => a - b));
    expect([kept.length <= 20, kept.at(-1)]).toEqual([true, 60]);
    expect(JSON.stringify(world.workbook.display('Журнал'))).toContain('заметка');
  });
});

describe('the version of the layout', () => {
  it('is none, then what was stamped, once', () => {
    const world = bound();
    expect(world.ours.schemaVersion()).toBeUndefined();
    world.ours.stampSchema(2);
    world.ours.stampSchema(3);
    expect(world.ours.schemaVersion()).toBe(3);
    expect(world.workbook.metadata.find(({ key }) => key === SCHEMA_MARK)).toHaveLength(1);
    const [stamp] = world.workbook.metadata.find(({ key }) => key === SCHEMA_MARK);
    stamp!.value = 'чужое';
    expect(world.ours.schemaVersion()).toBeUndefined();
  });
});

describe('S1 · marks', () => {
  it('name their own sheet, and a copy that comes first in every list is not taken', () => {
    const world = bound();
    world.ours.ensure(ru);
    const original = world.workbook.sheet('Дни');
    expect(world.workbook.metadata.at({ type: 'SHEET', sheetId: original.id })[0]!.value).toBe(
      `days@${original.id}`,
    );
    const copy = world.workbook.user.duplicateSheet('Дни');
    (world.workbook.metadata.all() as unknown[]).reverse();
    const again = boundWorkbook();
    again.ensure(en);
    expect([original.title, copy.title]).toEqual(['Days', 'Дни (копия)']);
    expect(again.isSettings(copy.id)).toBe(false);
  });

  it('of the first version: the copies are marked as such, so that none of them is taken when the original goes', () => {
    const world = bound();
    world.ours.ensure(ru);
    for (const mark of world.workbook.metadata.find(({ key }) => key === SHEET_MARK)) {
      mark.value = mark.value!.replace(/@.*/, '');
    }
    const copy = world.workbook.user.duplicateSheet('Дни');
    expect(boundWorkbook().has('days')).toBe(true);
    boundWorkbook().ensure(ru);
    world.workbook.user.deleteSheet('Дни');
    expect(boundWorkbook().has('days')).toBe(false);
    boundWorkbook().ensure(ru);
    expect(
      world.workbook.metadata.find(
        ({ key, location }) => key === COLUMN_MARK && location.sheetId === copy.id,
      ),
    ).toHaveLength(Object.keys(TABLES.days).length);
    expect(titles(world)).toEqual(expect.arrayContaining(['Дни', 'Дни (копия)']));
  });

  it('S2 · a sheet deleted between two steps of a run is made again', () => {
    const world = bound();
    world.ours.ensure(ru);
    expect(world.ours.table('days', ru).read()).toEqual([]);
    world.workbook.user.deleteSheet('Дни');
    expect(() => world.ours.table('days', ru).read()).toThrow('no longer exists');
    world.ours.ensure(ru);
    expect(world.ours.table('days', ru).read()).toEqual([]);
  });

  it('S3 · a table whose key column is gone is not written to, and says so', () => {
    const world = bound();
    world.ours.ensure(ru);
    world.ours.table('pings', ru).append([entry(1)]);
    world.workbook.user.deleteColumns('Пинги', 10);
    expect(() => world.ours.table('pings', ru).append([entry(2)])).toThrow('has lost its column "entry"');
    expect(world.workbook.sheet('Пинги').lastRow).toBe(2);
    expect(world.slept).toEqual([]);
  });
});

describe('S5 · set-up and protections', () => {
  it('names the sheet that is protected, and its editors where they are told', () => {
    const world = bound({ user: 'colleague@example.com' });
    world.ours.ensure(ru);
    world.workbook.user.deleteColumns('Дни', 3);
    world.workbook.user.protectSheet('Дни', ['boss@example.com']);
    expect(() => world.ours.ensure(ru)).toThrow(SheetProtected);
    expect(() => world.ours.ensure(ru)).toThrow('The sheet "Дни" is protected');
    const owner = scriptOf(world.workbook);
    expect(owner.sheet).toBeDefined();
  });

  it('says nothing where nothing needs to be written', () => {
    const world = bound({ user: 'colleague@example.com' });
    world.ours.ensure(ru);
    for (const title of titles(world)) world.workbook.user.protectSheet(title);
    expect(() => world.ours.ensure(ru)).not.toThrow();
  });
});
