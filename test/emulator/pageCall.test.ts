import { smallWorld } from './support/smallWorld';

const CODE = `
function echo(argument) { return argument === undefined ? undefined : { got: argument, isArray: argument instanceof Array }; }
function count() { return arguments.length; }
function hidden_() { return 'secret'; }
function fail() { throw new Error('No account has this address'); }
function asks() { return SpreadsheetApp.getUi().prompt('Who?').getResponseText() + ScriptApp.getProjectTriggers().length; }
function gives(e) { return eval('(' + e.expression + ')'); }`;

describe('a call from a page', () => {
  const world = smallWorld(CODE);

  it('passes plain data both ways, as copies', () => {
    const argument = { a: [1, 'two', null, true, { b: [] }] };
    const { value, context, error } = world.callFromPage('echo', argument);
    expect({ value, context, error }).toEqual({
      value: { got: argument, isArray: false },
      context: 'page',
      error: undefined,
    });
    expect(world.callFromPage('echo', [1]).value).toEqual({ got: [1], isArray: true });
    expect(world.callFromPage('echo', 'text').value).toMatchObject({ got: 'text' });
    expect(world.callFromPage('echo').value).toBeNull();
    expect([world.callFromPage('count', null).value, world.callFromPage('count').value]).toEqual([1, 0]);
  });

  it.each([
    [{ a: [new Date(0)] }, 'The argument of echo.a[0] is a Date'],
    [{ a: undefined }, 'The argument of echo.a is undefined'],
    [[1, undefined], 'The argument of echo[1] is undefined'],
    [new Array(1), 'The argument of echo[0] is undefined'],
    [() => 1, 'The argument of echo is function'],
    [Number.NaN, 'The argument of echo is NaN'],
    [new Map(), 'The argument of echo is object'],
    [10n, 'The argument of echo is bigint'],
  ])('does not take %p', (argument, message) => {
    expect(() => world.callFromPage('echo', argument)).toThrow(message);
  });

  it.each([
    ['{ when: [new Date()] }', 'The result of gives.when[0] is a Date'],
    ['{ said: undefined }', 'The result of gives.said is undefined'],
    ['() => 1', 'The result of gives is function'],
    ['SpreadsheetApp.getActiveSpreadsheet()', 'The result of gives is object'],
    [`HtmlService.createHtmlOutput('')`, 'The result of gives is object'],
    ['(o => (o.o = o))({})', 'nested too deeply'],
  ])('does not hand over %s', (expression, message) => {
    expect(() => world.callFromPage('gives', { expression })).toThrow(message);
  });

  it('reaches public functions only', () => {
    for (const name of ['hidden_', 'nothing']) {
      expect(() => world.callFromPage(name)).toThrow(`google.script.run.${name} is not a function`);
    }
  });

  it('fails with the message of the script', () => {
    expect(world.callFromPage('fail').error).toMatchObject({ message: 'No account has this address' });
  });

  it('has the user at the keyboard behind it', () => {
    world.lapsed.add(world.owner);
    expect(world.callFromPage('asks', undefined, { answers: [{ text: 'me' }] }).value).toBe('me0');
    expect(world.lapsed.size).toBe(0);
  });
});
