import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import vm from 'node:vm';
import { CONNECTING, MENU, SCHEDULED } from '../../src/core/entryPoints';
import { scratchFolder } from '../support/scratchFolder';
import { BUNDLE, company, newWorld } from './product';

const ROOT = resolve(__dirname, '../..');
const code = readFileSync(join(BUNDLE, 'Code.js'), 'utf8');

describe('the bundle', () => {
  it('declares the functions that Google calls by name, plainly', () => {
    const declared = [...code.matchAll(/^function (\w+)\(event\)/gm)].map(match => match[1]);
    const contract = [
      'onOpen',
      'onEdit',
      'setUp',
      'runReportNow',
      'pingNow',
      'showStatus',
      'reportPeriod',
      'uninstall',
      'continueReport',
      'hourlyPing',
      'dailyReport',
      'openConnect',
      'checkConnection',
      'connectRequest',
      'connectCallback',
    ];
    expect(declared.sort()).toEqual(contract.sort());
    expect(declared).toEqual(expect.arrayContaining([...MENU, ...SCHEDULED, ...CONNECTING]));
  });

  it('calls nothing while it loads, and needs nothing that Apps Script lacks', () => {
    const bare = vm.createContext({});
    expect(() => vm.runInContext(code, bare)).not.toThrow();
  });

  it('is readable: Cyrillic stands as it is', () => {
    expect(code).toContain('Запустить отчёт сейчас');
    expect(code).toContain('@OnlyCurrentDoc');
  });

  it('comes with the manifest, whose scopes are the narrowest', () => {
    const manifest = JSON.parse(readFileSync(join(BUNDLE, 'appsscript.json'), 'utf8'));
    expect(manifest.runtimeVersion).toBe('V8');
    expect(manifest.oauthScopes.map((scope: string) => scope.split('/').pop())).toEqual([
      'spreadsheets.currentonly',
      'script.container.ui',
      'script.external_request',
      'script.scriptapp',
      'script.send_mail',
      'userinfo.email',
    ]);
    // Requests go to amoCRM and nowhere else.
    expect(manifest.urlFetchWhitelist).toEqual([
      'https://*.amocrm.ru/',
      'https://*.amocrm.com/',
      'https://*.kommo.com/',
    ]);
  });
});

describe('the build', () => {
  it('fails when a menu or trigger names a function that is no door', () => {
    const copy = scratchFolder('build');
    for (const name of [
      'src',
      'build.mjs',
      'src/ui/wholePage.mjs',
      'appsscript.json',
      'package.json',
      'tsconfig.json',
    ]) {
      cpSync(join(ROOT, name), join(copy, name), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    const list = join(copy, 'src/core/entryPoints.ts');
    writeFileSync(list, readFileSync(list, 'utf8').replace("'showStatus'", "'showStatus', 'sendReport'"));
    const build = () => execFileSync(process.execPath, ['build.mjs'], { cwd: copy, stdio: 'pipe' });
    expect(build).toThrow(/names sendReport, which src\/main.ts does not export/);
  });
});

describe('the menu', () => {
  it.each([
    [
      'ru_RU',
      [
        'Запустить отчёт сейчас',
        'Отчёт за период…',
        'Измерить отклик сейчас',
        'Настроить / починить',
        'Подключить amoCRM…',
        'Проверить подключение',
        'Показать состояние',
        'Отключить amoCRM',
      ],
    ],
    [
      'en_US',
      [
        'Run report now',
        'Report for a period…',
        'Measure ping now',
        'Set up / repair',
        'Connect amoCRM…',
        'Check connection',
        'Show status',
        'Disconnect amoCRM',
      ],
    ],
  ])('in a spreadsheet of %s', (locale, captions) => {
    const world = newWorld(company({ events: [] }), { locale });
    expect(world.run('onOpen', { context: 'simple-trigger' }).error).toBeUndefined();
    expect(world.menus.map(({ title }) => title)).toEqual(['amoCRM Monitor']);
    const items = world.menus[0]!.items.map(item =>
      item.kind === 'item' ? [item.caption, item.functionName] : [],
    );
    expect(items).toEqual(captions.map((caption, index) => [caption, MENU[index]]));
  });
});
