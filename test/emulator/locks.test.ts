import { NOON, smallWorld } from './support/smallWorld';

const CODE = `
function hold() {
  const lock = LockService.getScriptLock();
  lock.waitLock(1000);
  PropertiesService.getScriptProperties().setProperty('held', 'yes');
  return lock.hasLock();
}
function ask() {
  SpreadsheetApp.getUi();
  const lock = LockService.getScriptLock();
  lock.waitLock(0);
  const before = lock.hasLock();
  SpreadsheetApp.getUi().alert('Sure?');
  return [before, lock.hasLock()];
}
function attempt() { return [LockService.getScriptLock().tryLock(30000), LockService.getScriptLock().hasLock()]; }
function insist() { LockService.getScriptLock().waitLock(10000); }
function others() { return [LockService.getUserLock().tryLock(0), LockService.getDocumentLock().tryLock(0)]; }
function release() { const lock = LockService.getScriptLock(); lock.releaseLock(); lock.waitLock(0); lock.waitLock(0); lock.releaseLock(); return lock.hasLock(); }`;

describe('locks', () => {
  it('belong to an execution and end with it', () => {
    const world = smallWorld(CODE);
    expect(world.run('hold').value).toBe(true);
    expect(world.run('attempt').value).toEqual([true, true]);
    expect(world.run('release').value).toBe(false);
  });

  it('held by the execution around make the inner one wait and fail', () => {
    const world = smallWorld(CODE);
    const inner: unknown[] = [];
    const outer = world.run('hold', {
      onCall: call => {
        if (call !== 'Properties.setProperty') return;
        inner.push(world.run('attempt'), world.run('insist'), world.run('others'));
      },
    });
    expect(outer.value).toBe(true);
    expect(inner).toMatchObject([
      { value: [false, false] },
      { error: { message: 'Lock timeout: another process was holding the lock for too long.' } },
      { value: [true, true] },
    ]);
    const [first, second] = inner as { startedAt: number; endedAt: number }[];
    expect(first!.endedAt - first!.startedAt).toBe(30_000 + 2 * 40);
    expect(second!.startedAt).toBe(first!.endedAt);
    expect(outer.endedAt - NOON).toBe(30_000 + 80 + 10_000 + 40 + 80 + 3 * 40);
  });

  it('do not survive an open dialog', () => {
    const world = smallWorld(CODE);
    const inside: unknown[] = [];
    const outcome = world.run('ask', {
      answers: () => {
        inside.push(world.run('attempt').value);
        return 'OK';
      },
    });
    expect(outcome.value).toEqual([true, false]);
    expect(inside).toEqual([[true, true]]);
  });

  it('may be held by somebody else', () => {
    const world = smallWorld(CODE);
    world.locks.take('script', 'somebody');
    expect(world.run('attempt').value).toEqual([false, false]);
    world.locks.release('script', 'somebody');
    expect(world.run('attempt').value).toEqual([true, true]);
  });
});

describe('executions inside one another', () => {
  it('have their own realm; errors of a test’s hook come out even if the script swallows them', () => {
    const world = smallWorld(`
let deep = 0;
function go() { deep += 1; try { Utilities.sleep(10); } catch (e) {} return deep; }`);
    const values: unknown[] = [];
    const outcome = world.run('go', { onCall: (_, index) => values.push(index, world.run('go').value) });
    expect([outcome.value, values]).toEqual([1, [1, 1]]);
    const hook = (): never => {
      throw new Error('the test is wrong');
    };
    expect(() => world.run('go', { onCall: hook })).toThrow('the test is wrong');
  });
});
