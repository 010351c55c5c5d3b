import { answering, NOON, smallWorld } from './support/smallWorld';

const STUBBORN = `
function go() {
  const store = PropertiesService.getScriptProperties();
  LockService.getScriptLock().waitLock(0);
  try {
    for (;;) {
      Utilities.sleep(60000);
      store.setProperty('minutes', String(Number(store.getProperty('minutes') || 0) + 1));
    }
  } catch (e) {
    store.setProperty('caught', 'yes');
  } finally {
    try { store.setProperty('finally', 'yes'); } catch (e) {}
    try { store.setProperty('finally', 'yes'); } catch (e) {}
  }
  return 'survived';
}`;

describe('the six-minute wall', () => {
  it('kills for good: nothing after it has an effect, locks are freed, the clock stands at the wall', () => {
    const world = smallWorld(STUBBORN);
    const outcome = world.run('go');
    expect(outcome).toMatchObject({
      killed: 'wall',
      value: undefined,
      startedAt: NOON,
      endedAt: NOON + 360_000,
    });
    expect(outcome.error?.message).toBe('Exceeded maximum execution time');
    expect(world.properties().all()).toEqual({ minutes: '5' });
    expect(world.locks.owner('script')).toBeUndefined();
    expect(world.run('go', { context: 'clock' }).killed).toBe('wall');
  });

  it('stands at 30 seconds for simple triggers and where the world says', () => {
    expect(smallWorld(STUBBORN).run('go', { context: 'simple-trigger' }).endedAt).toBe(NOON + 30_000);
    expect(smallWorld(STUBBORN, { wallMs: 90_000 }).run('go').endedAt).toBe(NOON + 90_000);
  });

  it('is hit during a request too, which has then left', () => {
    const seen: string[] = [];
    const network = answering(request => {
      seen.push(request.url);
      return {};
    }, 400_000);
    const world = smallWorld('function go() { UrlFetchApp.fetch("https://a.example.com/x"); }', {
      network,
      wallMs: 300_000,
    });
    expect(world.run('go')).toMatchObject({ killed: 'wall', endedAt: NOON + 300_000, requests: 1 });
    expect(seen).toEqual(['https://a.example.com/x']);
  });

  it('does not let a script busy-wait after its death, or return as if alive', () => {
    const world = smallWorld(`
function wait() { try { Utilities.sleep(300000); Utilities.sleep(300000); } catch (e) {} while (Date.now() < 9e15) {} }
function late() { try { Utilities.sleep(300000); Utilities.sleep(300000); } catch (e) {} return 1; }`);
    expect(world.run('wait').killed).toBe('wall');
    expect(world.run('late')).toMatchObject({ killed: 'wall', value: undefined });
  });

  it('comes at once when the day’s trigger runtime is used up', () => {
    const world = smallWorld('function go() { Utilities.sleep(300000); }');
    world.quotas.limits.triggerRuntime = 400_000;
    expect(world.run('go', { context: 'clock' }).killed).toBeUndefined();
    expect(world.run('go', { context: 'clock' })).toMatchObject({ killed: 'quota', endedAt: NOON + 400_000 });
    const third = world.run('go', { context: 'clock' });
    expect(third.error?.message).toBe('Service using too much computer time for one day');
    expect(third.calls).toEqual([]);
    expect(world.run('go').killed).toBeUndefined();
    world.jumpTo(NOON + 86_400_000);
    expect(world.run('go', { context: 'clock' }).killed).toBeUndefined();
  });
});

describe('a script that hangs without calling anything', () => {
  it('is ended from outside, and the test fails', () => {
    const world = smallWorld('function go() { try { for (;;); } finally { for (;;); } }');
    world.hangMs = 100;
    expect(() => world.run('go')).toThrow('timed out');
    expect(smallWorld('function go() { return 1; }').run('go').value).toBe(1);
  });
});

describe('a deliberate cut', () => {
  const code = `
function go() {
  const store = PropertiesService.getScriptProperties();
  try { store.setProperty('a', '1'); store.setProperty('b', '1'); store.setProperty('c', '1'); }
  finally { store.setProperty('d', '1'); }
}`;
  const left = (cut?: { at: number; when: 'before' | 'after' }): [string[], string | undefined] => {
    const world = smallWorld(code);
    const outcome = world.run('go', cut ? { cut } : {});
    return [world.properties().keys(), outcome.killed];
  };

  it('ends the execution before or after the n-th service call', () => {
    expect(left()).toEqual([['a', 'b', 'c', 'd'], undefined]);
    expect(left({ at: 1, when: 'before' })).toEqual([[], 'cut']);
    expect(left({ at: 2, when: 'before' })).toEqual([['a'], 'cut']);
    expect(left({ at: 2, when: 'after' })).toEqual([['a', 'b'], 'cut']);
    expect(left({ at: 4, when: 'after' })).toEqual([['a', 'b', 'c', 'd'], 'cut']);
    expect(left({ at: 5, when: 'before' })).toEqual([['a', 'b', 'c', 'd'], undefined]);
  });
});
