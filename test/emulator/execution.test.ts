import { NOON, smallWorld } from './support/smallWorld';

describe('entry points', () => {
  it('are declared at the top level; nothing else can be called', () => {
    const world = smallWorld(`
function plain() { return 'plain'; }
var assigned = () => 'assigned';
const constant = function () { return 'constant'; };
globalThis.runtime = () => 'runtime';
function private_() {}
const number = 1;`);
    expect(world.run('plain').value).toBe('plain');
    expect(world.run('assigned').value).toBe('assigned');
    expect(world.run('constant').value).toBe('constant');
    for (const name of ['runtime', 'private_', 'number', 'missing', 'Date', 'UrlFetchApp']) {
      const { error } = world.run(name);
      expect(error).toMatchObject({ name: 'Exception', message: `Script function not found: ${name}` });
    }
  });

  it('start with fresh globals every time, and get and return copies', () => {
    const world = smallWorld(`
let count = 0;
function go(event) { count += 1; event.list.push(count); return event; }`);
    const event = { list: [0], at: new Date(5) };
    const value = world.run('go', { event }).value;
    expect(value).toEqual({ list: [0, 1], at: new Date(5) });
    expect(world.run('go', { event }).value).toEqual({ list: [0, 1], at: new Date(5) });
    expect(event.list).toEqual([0]);
  });

  it('report what the script throws, with its places and without ours', () => {
    const world = smallWorld('function go() {\n  throw new TypeError("boo");\n}');
    expect(world.run('go').error).toEqual({
      name: 'TypeError',
      message: 'boo',
      stack: 'TypeError: boo\n    at go (Code:2:9)',
    });
  });

  it('fail when top-level code calls a service, even if it catches the refusal', () => {
    const world = smallWorld(`
try { PropertiesService.getScriptProperties(); } catch (e) {}
function go() { return 1; }`);
    const { error, value } = world.run('go');
    expect(error?.message).toMatch('Top-level code must not call a service');
    expect(error?.message).toMatch('PropertiesService.getScriptProperties');
    expect(value).toBeUndefined();
  });

  it('cannot be asynchronous', () => {
    const world = smallWorld('async function go() { return 1; }');
    expect(() => world.run('go')).toThrow('An asynchronous entry point is not emulated');
  });
});

describe('the realm', () => {
  const world = smallWorld(`
function absent() {
  return ['setTimeout', 'setInterval', 'fetch', 'URL', 'TextEncoder', 'process', 'require', 'Buffer', 'structuredClone',
    'queueMicrotask', 'atob', 'crypto', 'performance', 'Atomics', 'module', '__entry']
    .filter(name => name in globalThis || eval('typeof ' + name) !== 'undefined');
}
function instances() {
  const properties = PropertiesService.getScriptProperties().setProperty('a', '1');
  let thrown;
  try { UrlFetchApp.fetch('nonsense'); } catch (e) { thrown = e; }
  return [
    new Date() instanceof Date,
    Utilities.parseDate('2026', 'UTC', 'yyyy') instanceof Date,
    properties.getKeys() instanceof Array,
    properties.getProperties() instanceof Object,
    properties instanceof Object,
    Utilities.base64Decode('AAAA') instanceof Array,
    UrlFetchApp.fetchAll(['https://a.example.com/']) instanceof Array,
    thrown instanceof Error,
    String(thrown) === 'Exception: ' + thrown.message,
    (() => 1) instanceof Function,
  ];
}
function event(e) { return [e instanceof Object, e.list instanceof Array, e.at instanceof Date]; }
function newest() { return typeof [].toSorted + typeof [].findLast + typeof [].at; }
function service() { return typeof UrlFetchApp.fetch + ' ' + UrlFetchApp; }
function chance() { return [Math.random(), Utilities.getUuid()]; }`);

  it('has nothing but the language and the services', () => {
    expect(world.run('absent').value).toEqual([]);
    expect(world.run('newest').value).toBe('undefinedundefinedfunction');
  });

  it('makes everything from its own constructors', () => {
    expect(world.run('instances').value).toEqual(Array(10).fill(true));
    expect(world.run('event', { event: { list: [], at: new Date() } }).value).toEqual([true, true, true]);
    expect(world.run('service').value).toBe('function UrlFetchApp');
  });

  it('takes its chance from the seed', () => {
    const two = [1, 1, 2].map(
      seed =>
        smallWorld('function go() { return [Math.random(), Utilities.getUuid()]; }', { seed }).run('go')
          .value,
    );
    expect(two[0]).toEqual(two[1]);
    expect(two[0]).not.toEqual(two[2]);
    expect(world.run('chance').value).not.toEqual(world.run('chance').value);
  });
});

describe('Date', () => {
  const dates = (expression: string, scriptTimeZone = 'Europe/Moscow'): unknown =>
    smallWorld(`function go() { return ${expression}; }`, { scriptTimeZone }).run('go').value;

  it('follows the clock of the execution', () => {
    const code =
      'function go() { const a = Date.now(); Utilities.sleep(1500); return [a, Number(new Date()) - a, +new Date(7)]; }';
    expect(smallWorld(code).run('go').value).toEqual([NOON, 1500, 7]);
  });

  it('uses the script zone for local time, whatever zone this process has', () => {
    expect(dates('new Date(0).getHours()')).toBe(3);
    expect(dates('new Date(2026, 10, 20, 12).getTime()')).toBe(NOON);
    expect(dates('new Date(0).getTimezoneOffset()', 'Asia/Kathmandu')).toBe(-330);
    expect(dates('new Date("2026-11-20T12:00:00").toISOString()')).toBe('2026-11-20T09:00:00.000Z');
    expect(dates('new Date("2026-11-20").toISOString()')).toBe('2026-11-20T00:00:00.000Z');
    expect(dates('String(new Date(0))')).toBe('Thu Jan 01 1970 03:00:00 GMT+0300 (Moscow Standard Time)');
    expect(dates('(d => (d.setHours(0), d.toISOString()))(new Date(Date.UTC(2026, 0, 5, 12)))')).toBe(
      '2026-01-04T21:00:00.000Z',
    );
    expect(dates('new Date(0).toLocaleTimeString("ru-RU")')).toBe('03:00:00');
    expect(dates('new Intl.DateTimeFormat("en-GB", { hour: "numeric" }).format(new Date(0))')).toBe('03');
    expect(dates('new Date(NaN).getHours()')).toBeNaN();
    expect(dates('String(new Date(NaN))')).toBe('Invalid Date');
  });
});

describe('gaps of the emulator', () => {
  it.each([
    ['UrlFetchApp.getRequest("x")', 'UrlFetchApp.getRequest is not emulated'],
    ['PropertiesService.getScriptProperties().nothing', 'Properties.nothing is not emulated'],
    ['HtmlService.createTemplate("x")', 'HtmlService.createTemplate is not emulated'],
    ['ScriptApp.EventType.ON_FIRE', 'EventType.ON_FIRE is not emulated'],
    ['UrlFetchApp.fetch = 1', 'Changing UrlFetchApp is not emulated'],
    ['Utilities.formatString("%s", 1)', 'Utilities.formatString is not emulated'],
  ])('%s stops the test, even inside try and catch', (expression, message) => {
    const world = smallWorld(`function go() { try { ${expression}; } catch (e) {} }`);
    expect(() => world.run('go')).toThrow(message);
  });

  it('wrong arguments are told as the platform tells them', () => {
    const world = smallWorld(
      'function go() { PropertiesService.getScriptProperties().setProperty("a", 1); }',
    );
    expect(world.run('go').error?.message).toBe(
      "The parameters (String,number) don't match the method signature for PropertiesService.Properties.setProperty.",
    );
  });
});

describe('the log', () => {
  it('keeps console and Logger', () => {
    const world = smallWorld(
      'function go() { console.log("a", { b: 1 }); console.error("x %s", 2); Logger.log("y"); return Logger.getLog(); }',
    );
    const outcome = world.run('go');
    expect(outcome.console).toEqual(['DEBUG a { b: 1 }', 'ERROR x 2', 'INFO y']);
    expect(outcome.value).toBe('y');
  });
});
