import { AlreadyRunning, activeLease, type Exclusive, exclusively } from '../../src/jobs/lease';
import { LockBusy } from '../../src/ports';
import { thrownBy } from '../support/clientOver';
import { inMemoryOutside } from '../support/inMemoryOutside';
import { Killed } from '../support/steps';

const MINUTE = 60_000;
const world = (properties: Record<string, string> = {}) => inMemoryOutside({ properties });

describe('M16 · exclusively', () => {
  it('M16 · runs the action, gives its result, and leaves nothing behind', () => {
    const { outside, properties } = world({ other: 'x' });
    expect(exclusively(outside, 'report', () => 42)).toBe(42);
    expect(Object.fromEntries(properties)).toEqual({ other: 'x' });
  });

  it('M16 · a second run of the same job is refused and told since when the first runs', () => {
    const { outside, clock } = world();
    const since = clock.now();
    let inner = 0;
    exclusively(outside, 'report', () => {
      clock.pass(2 * MINUTE);
      const error = thrownBy(() => exclusively(outside, 'report', () => (inner += 1)));
      expect(error).toBeInstanceOf(AlreadyRunning);
      expect(error).toMatchObject({ since });
      // The refused run has not taken the lease away from the first.
      expect(thrownBy(() => exclusively(outside, 'report', () => (inner += 1)))).toBeInstanceOf(
        AlreadyRunning,
      );
    });
    expect(inner).toBe(0);
    expect(exclusively(outside, 'report', () => 'free again')).toBe('free again');
  });

  it('M16 · the other job may run meanwhile', () => {
    const { outside } = world();
    expect(exclusively(outside, 'report', () => exclusively(outside, 'ping', () => 'both'))).toBe('both');
  });

  it('M16 · a run that throws gives the lease back and lets the error out', () => {
    const { outside, properties } = world();
    const fails = () => {
      throw new Error('broken');
    };
    expect(() => exclusively(outside, 'report', fails)).toThrow('broken');
    expect(properties.size).toBe(0);
  });

  it('M16 · a killed run’s lease ends by itself, after six minutes and before the next hour', () => {
    const { outside, clock, steps } = world();
    const killed = () => {
      steps.killBefore(1);
      throw new Killed();
    };
    expect(() => exclusively(outside, 'report', killed)).toThrow(Killed);
    steps.revive();
    clock.pass(6 * MINUTE);
    expect(thrownBy(() => exclusively(outside, 'report', () => 1))).toBeInstanceOf(AlreadyRunning);
    clock.pass(4 * MINUTE);
    expect(exclusively(outside, 'report', () => 1)).toBe(1);
  });

  it('M16 · a run whose lease ended does not take the next run’s lease away', () => {
    const { outside, clock, properties } = world();
    exclusively(outside, 'report', () => {
      clock.pass(10 * MINUTE); // the platform would have killed it; a clock may jump
      exclusively(outside, 'report', () => {
        properties.set('mark', properties.get('lease.report')!);
      });
      properties.set('lease.report', properties.get('mark')!);
    });
    expect(properties.get('lease.report')).toBe(properties.get('mark'));
  });

  it('M16 · takes the lease under the lock, and does not hold the lock while the job runs', () => {
    const { outside, mutex, steps } = world();
    exclusively(outside, 'report', () => expect(mutex.held).toBe(false));
    expect(steps.log.slice(0, 3)).toEqual([
      'mutex.during',
      'properties.readAll',
      'properties.change lease.report',
    ]);
  });

  it('M16 · without the lock the job does not run', () => {
    const { outside, mutex } = world();
    mutex.busy = true;
    const action = jest.fn();
    expect(thrownBy(() => exclusively(outside, 'report', action))).toBeInstanceOf(LockBusy);
    expect(action).not.toHaveBeenCalled();
  });
});

describe('M16 · activeLease', () => {
  const now = Date.parse('2026-11-19T03:00:00Z');
  const lease = (more: object) =>
    JSON.stringify({ id: 'a', since: now - MINUTE, until: now + 6 * MINUTE, ...more });

  it.each<[string, string | undefined, boolean]>([
    ['none', undefined, false],
    ['one under way', lease({}), true],
    ['one that ends now', lease({ until: now }), false],
    ['one that ended', lease({ until: now - 1 }), false],
    ['one from a far future', lease({ until: now + 60 * MINUTE }), false],
    ['nonsense', 'x', false],
    ['an empty text', '', false],
    ['null', 'null', false],
    ['a number', '5', false],
    ['a lease without an end', lease({ until: null }), false],
  ])('M16 · %s', (_, text, active) => {
    const job: Exclusive = 'report';
    const properties: Record<string, string> = text === undefined ? {} : { 'lease.report': text };
    expect(activeLease(properties, job, now) !== undefined).toBe(active);
  });
});
