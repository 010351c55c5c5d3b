import { Bundle, CompiledBundle } from './bundle';
import type { PlannedMishap } from './mishap';
import { bundleOf, NOON, smallWorld } from './support/smallWorld';

const CODE = `
function go() {
  const sheet = SpreadsheetApp.getActiveSpreadsheet().getSheets()[0];
  const texts = [];
  for (let row = 1; row <= 3; row++) {
    try { sheet.getRange(row, 1, 1, 1).setValues([['row ' + row]]); }
    catch (e) { texts.push(String(e)); }
  }
  return texts;
}
function store() {
  const store = PropertiesService.getScriptProperties();
  try { store.setProperties({ a: '1', b: '1', c: '1' }); store.setProperty('d', '1'); }
  catch (e) { return e.message; }
}
function mail() { try { MailApp.sendEmail('a@example.com', 's', 'b'); } catch (e) { return e.message; } }
function install() { ScriptApp.newTrigger('tick').timeBased().everyHours(1).nearMinute(0).create(); }
function uninstall() { ScriptApp.getProjectTriggers().forEach(t => ScriptApp.deleteTrigger(t)); }
function tick() { PropertiesService.getScriptProperties().getKeys(); return Session.getEffectiveUser().getEmail(); }
function lock() {
  const lock = LockService.getScriptLock();
  const got = lock.tryLock(1000);
  try { lock.waitLock(1000); return [got, true]; } catch (e) { return [got, e.message]; }
}`;

const HOUR = 3_600_000;

function shownAfter(mishaps: readonly PlannedMishap[]): { value: unknown; cells: unknown[] } {
  const world = smallWorld(CODE);
  const { value } = world.run('go', { mishaps });
  const [sheet] = world.workbook.sheets;
  return { value, cells: [1, 2, 3].map(row => sheet!.value(row, 1)) };
}

describe('Q8 · a service call that fails', () => {
  const TIMEOUT = /^Exception: Service Spreadsheets timed out while accessing document with id \w+\.$/;

  it('has no effect when it fails before', () => {
    const { value, cells } = shownAfter([{ kind: 'fail', side: 'before', at: 'Range.setValues' }]);
    expect(value).toEqual([expect.stringMatching(TIMEOUT)]);
    expect(cells).toEqual(['', 'row 2', 'row 3']);
  });

  it('has had its effect when it fails after', () => {
    const { value, cells } = shownAfter([{ kind: 'fail', side: 'after', at: 'Range.setValues', times: 2 }]);
    expect(value).toEqual([expect.stringMatching(TIMEOUT), expect.stringMatching(TIMEOUT)]);
    expect(cells).toEqual(['row 1', 'row 2', 'row 3']);
  });

  it('is met by its number or by choice, with the text the test wants, in the user’s language', () => {
    const world = smallWorld(CODE, { userLanguage: 'ru' });
    const calls = world.run('go').calls;
    const second = calls.indexOf('Range.setValues', calls.indexOf('Range.setValues') + 1) + 1;
    const server = { kind: 'fail', side: 'before', error: 'serverError' } as const;
    expect(world.run('go', { mishaps: [{ ...server, at: second }] }).value).toEqual([
      'Exception: К сожалению, произошла ошибка сервера. Подождите немного и повторите попытку.',
    ]);
    const chosen = world.run('go', {
      mishaps: [{ ...server, error: 'tooOften', at: (call, n) => n > second && call === 'Range.setValues' }],
    });
    expect(chosen.value).toEqual([expect.stringContaining('слишком часто за короткое время: Range')]);
  });

  it('may be the mail’s or the trigger’s (T7, Q3)', () => {
    const world = smallWorld(CODE);
    const sent = world.run('mail', { mishaps: [{ kind: 'fail', side: 'before', at: 'MailApp.sendEmail' }] });
    expect(sent.value).toContain('a server error occurred');
    expect(world.mail).toEqual([]);
    const at = 'ClockTriggerBuilder.create';
    expect(world.run('install', { mishaps: [{ kind: 'fail', side: 'before', at }] }).error).toBeDefined();
    expect(world.triggers).toHaveLength(0);
    expect(world.run('install', { mishaps: [{ kind: 'fail', side: 'after', at }] }).error).toBeDefined();
    expect(world.triggers).toHaveLength(1);
  });
});

describe('T1 · setProperties torn in the middle', () => {
  it.each([
    [0, []],
    [1, ['a']],
    [2, ['a', 'b']],
    [3, ['a', 'b', 'c']],
  ])('after %d keys, by a kill or by an error', (keys, left) => {
    const killed = smallWorld(CODE);
    expect(killed.run('store', { cut: { at: 1, when: 'torn', keys } }).killed).toBe('cut');
    expect(killed.properties().keys()).toEqual(left);
    const failed = smallWorld(CODE);
    const mishaps = [{ kind: 'fail', side: 'torn', keys, at: 1 }] as const;
    expect(failed.run('store', { mishaps }).value).toContain('a server error occurred');
    expect(failed.properties().keys()).toEqual(left);
  });

  it('means before for every other call', () => {
    const world = smallWorld(CODE);
    expect(world.run('store', { cut: { at: 2, when: 'torn' } }).killed).toBe('cut');
    expect(world.properties().keys()).toEqual(['a', 'b', 'c']);
  });
});

describe('T2 · a host that stalls', () => {
  it('moves the clock at the chosen call', () => {
    const world = smallWorld(CODE);
    const usual = smallWorld(CODE).run('go').endedAt - NOON;
    const stalled = world.run('go', { mishaps: [{ kind: 'stall', ms: 90_000, at: 'Range.setValues' }] });
    expect(stalled.endedAt - NOON).toBe(usual + 90_000);
    expect(stalled.value).toEqual([]);
  });

  it('lets the execution die at its wall, also at an earlier one, before the call has an effect', () => {
    const world = smallWorld(CODE);
    const stall = { kind: 'stall', ms: 90_000, at: 'Range.setValues' } as const;
    expect(world.run('go', { mishaps: [stall], wallMs: 60_000 })).toMatchObject({
      killed: 'wall',
      endedAt: NOON + 60_000,
    });
    expect(world.workbook.sheets[0]!.value(1, 1)).toBe('');
  });
});

describe('the world’s own mishaps', () => {
  it('reach every execution, beside those of the run', () => {
    const world = smallWorld(CODE);
    const asked: string[] = [];
    world.mishaps = ({ functionName, context }) => {
      asked.push(`${functionName} ${context}`);
      return call => (call === 'Properties.setProperty' ? { kind: 'kill', side: 'before' } : undefined);
    };
    expect(world.run('go').value).toEqual([]);
    expect(world.run('store').killed).toBe('cut');
    const fail = { kind: 'fail', side: 'before', at: 'Properties.setProperties' } as const;
    expect(world.run('store', { mishaps: [fail] }).value).toContain('a server error occurred');
    expect(asked).toEqual(['go menu', 'store menu', 'store menu']);
  });
});

describe('Q6 · locks', () => {
  it('that nobody ever gets', () => {
    const world = smallWorld(CODE);
    world.locks.jammed = true;
    expect(world.run('lock').value).toEqual([false, expect.stringContaining('Lock timeout')]);
    world.locks.jammed = false;
    expect(world.run('lock').value).toEqual([true, true]);
  });
});

describe('T5 · triggers and their owners', () => {
  it('a disabled one stays in the list and never fires', () => {
    const world = smallWorld(CODE);
    world.run('install');
    world.triggers[0]!.disabled = true;
    expect(world.advanceTo(NOON + 5 * HOUR)).toEqual([]);
    expect(world.triggers).toHaveLength(1);
  });

  it('one whose owner’s consent lapsed fails without running, until the owner starts something by hand', () => {
    const world = smallWorld(CODE);
    world.run('install');
    world.lapsed.add(world.owner);
    const [failed] = world.advanceTo(NOON + HOUR + 1_000_000);
    expect(failed).toMatchObject({ calls: [], error: { message: expect.stringContaining('Authorization') } });
    world.run('lock');
    expect(world.advanceTo(world.now() + HOUR).at(-1)?.error).toBeUndefined();
  });

  it('a second user has triggers of his own, which run as him and which others do not see', () => {
    const world = smallWorld(CODE);
    world.run('install');
    world.run('install', { user: 'second@example.com' });
    const owners = world.advanceTo(NOON + 1.5 * HOUR).map(({ value }) => value);
    expect(owners.sort()).toEqual(['owner@example.com', 'second@example.com']);
    world.run('uninstall');
    expect(world.triggers.map(({ owner }) => owner)).toEqual(['second@example.com']);
  });
});

describe('T3, T6 · firings', () => {
  const fired = (each: Parameters<ReturnType<typeof smallWorld>['advanceTo']>[1]) => {
    const world = smallWorld(CODE);
    world.run('install');
    const outcomes = world.advanceTo(NOON + 4 * HOUR, { jitter: 0, ...each });
    return outcomes.map(({ startedAt, endedAt }) => [(startedAt - NOON) / HOUR, endedAt > startedAt]);
  };

  it('come late, behind those that are due meanwhile', () => {
    let first = true;
    const each = () => {
      const lateMs = first ? 1.5 * HOUR : 0;
      first = false;
      return { lateMs };
    };
    expect(fired({ each }).map(([at]) => at)).toEqual([2, 2.5, 3, 4]);
  });

  it('come late beyond the time asked for, and then in the next stretch', () => {
    const world = smallWorld(CODE);
    world.run('install');
    expect(world.advanceTo(NOON + 1.2 * HOUR, { jitter: 0, each: () => ({ lateMs: HOUR / 2 }) })).toEqual([]);
    expect(world.advanceTo(NOON + 1.8 * HOUR, { jitter: 0 })).toHaveLength(1);
  });

  it('come twice, one behind or inside the other', () => {
    const world = smallWorld(CODE);
    world.run('install');
    const behind = world.advanceTo(NOON + 1.5 * HOUR, { jitter: 0, each: () => ({ again: 'after' }) });
    expect(behind.map(({ startedAt }) => startedAt - NOON)).toEqual([HOUR, HOUR + 40]);
    const inside = world.advanceTo(NOON + 2.5 * HOUR, { jitter: 0, each: () => ({ again: 1 }) });
    expect(inside.map(({ endedAt }) => endedAt - NOON)).toEqual([2 * HOUR + 80, 2 * HOUR + 40]);
  });
});

describe('a bundle that is compiled once', () => {
  it('behaves as one that is read for every execution', () => {
    const dir = bundleOf(`${CODE}
var top = 1;
const late = () => { top += 1; return [top, new Error('x').stack.split('\\n')[1]]; };
`);
    const outcomes = [new Bundle(dir), new CompiledBundle(dir)].map(bundle => {
      const world = smallWorld('', {});
      world.bundle = bundle;
      return [world.run('late').value, world.run('late').value, world.run('nowhere').error?.message];
    });
    expect(outcomes[0]).toEqual(outcomes[1]);
    expect(outcomes[0]![0]).toEqual([2, '    at late (Code:26:45)']);
  });
});
