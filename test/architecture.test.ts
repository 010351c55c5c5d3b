import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..');
const SRC = join(ROOT, 'src');

/** Who may know whom: the design's arrows. Shared decisions and data shapes live in core. */
const MAY_KNOW: Record<string, readonly string[]> = {
  core: ['core'],
  'ports.ts': ['core'],
  amocrm: ['amocrm', 'core', 'ports.ts'],
  jobs: ['jobs', 'core', 'amocrm', 'ports.ts'],
  google: ['google', 'core', 'ports.ts', 'ui'],
  ui: ['ui', 'core'],
  'app.ts': ['core', 'google', 'jobs', 'ports.ts'],
  'main.ts': ['app.ts'],
};

const GOOGLE_SERVICES =
  /\b(SpreadsheetApp|PropertiesService|LockService|CacheService|ScriptApp|UrlFetchApp|MailApp|Utilities|Session|HtmlService|ContentService|GoogleAppsScript)\b/;

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : path.endsWith('.ts') ? [path] : [];
  });
}

const room = (path: string) => relative(SRC, path).split('/')[0]!;
const sources = filesBelow(SRC).map(path => ({ path, text: readFileSync(path, 'utf8') }));

describe('the house', () => {
  it.each(Object.entries(MAY_KNOW))('%s knows only %j', (from, known) => {
    for (const { path, text } of sources.filter(source => room(source.path) === from)) {
      for (const [, target = ''] of text.matchAll(/from '(\.[^']*)'/g)) {
        const to = relative(SRC, resolve(dirname(path), target)).split('/')[0]!;
        const toRoom = to in MAY_KNOW ? to : `${to}.ts`;
        expect({ path: relative(ROOT, path), imports: toRoom, allowed: known.includes(toRoom) }).toEqual({
          path: relative(ROOT, path),
          imports: toRoom,
          allowed: true,
        });
      }
    }
  });

  it('knows of the pages outside src/ui only how they look when built', () => {
    const imports = sources
      .filter(({ path }) => room(path) !== 'ui')
      .flatMap(({ text }) => [...text.matchAll(/from '([^']*\/ui\/[^']*)'/g)].map(match => match[1]!));
    expect(imports.length).toBeGreaterThan(0);
    expect(imports.filter(target => !target.endsWith('.html'))).toEqual([]);
  });

  it('names Google services in src/google and in the wiring only', () => {
    const elsewhere = sources.filter(({ path }) => !['google', 'app.ts', 'main.ts'].includes(room(path)));
    const naming = elsewhere.filter(({ text }) => GOOGLE_SERVICES.test(withoutComments(text)));
    expect(naming.map(({ path }) => relative(ROOT, path))).toEqual([]);
  });

  it('does not read the clock or chance in core', () => {
    const core = sources.filter(({ path }) => room(path) === 'core');
    const reading = core.filter(({ text }) =>
      /Date\.now\(|new Date\(\)|Math\.random\(/.test(withoutComments(text)),
    );
    expect(reading.map(({ path }) => relative(ROOT, path))).toEqual([]);
  });

  it('knows nothing of the stand-ins', () => {
    const knowing = sources.filter(({ text }) => /simulator|emulator|\/test\//i.test(text));
    expect(knowing.map(({ path }) => relative(ROOT, path))).toEqual([]);
  });
});

describe('requirements', () => {
  it('T18 · each of the issue is covered by a test that names it', () => {
    const named = new Set(
      filesBelow(__dirname)
        .filter(path => path.endsWith('.test.ts') && path !== __filename)
        .flatMap(path => [...readFileSync(path, 'utf8').matchAll(/\b[TM]\d{1,2}\b/g)].map(([id]) => id)),
    );
    const wanted = ['T3', ...range('T', 5, 13), 'T15', ...range('M', 1, 17)];
    expect(wanted.filter(id => !named.has(id))).toEqual([]);
  });
});

function range(letter: string, from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `${letter}${from + index}`);
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}
