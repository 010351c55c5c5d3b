import { AlreadyRunning, activeLease, holds, takeLease } from '../../src/jobs/lease';
import { LockBusy } from '../../src/ports';
import { thrownBy } from '../support/clientOver';
import { inMemoryOutside } from '../support/inMemoryOutside';
import { Killed } from '../support/steps';

const MINUTE = 60_000;
const world = (properties: Record<string, string> = {}) => inMemoryOutside({ properties });

describe('T3, M16 · takeLease', () => {
  it('M16 · writes who holds the line, since when and until when', () => {
    const { outside, properties, clock } = world({ other: 'x' });
    const { lease, stored, orphaned } = takeLease(outside, 'dailyReport');
    const now = clock.now();
    expect(lease).toEqual({ id: 'id-1', holder: 'dailyReport', since: now, until: now + 7 * MINUTE });
    expect(JSON.parse(properties.get('lease')!)).toEqual(lease);
    expect(stored).toEqual({ other: 'x' });
    expect(orphaned).toBe(false);
  });

  it('T3 · a second run is refused, whatever it is for, and told who runs and since when', () => {
    const { outside, clock } = world();
    const { lease } = takeLease(outside, 'dailyReport');
    clock.pass(2 * MINUTE);
    for (const holder of ['dailyReport', 'hourlyPing', 'setUp'] as const) {
      const error = thrownBy(() => takeLease(outside, holder));
      expect(error).toBeInstanceOf(AlreadyRunning);
      expect(error).toMatchObject({ lease });
    }
  });

  it('T1 · a killed run’s lease ends by itself, after six minutes and before the next hour, and is told', () => {
    const { outside, clock, steps } = world();
    const dying = takeLease(outside, 'hourlyPing');
    steps.killBefore(1);
    expect(() => outside.properties.readAll()).toThrow(Killed);
    steps.revive();
    clock.pass(6 * MINUTE);
    expect(thrownBy(() => takeLease(outside, 'dailyReport'))).toBeInstanceOf(AlreadyRunning);
    clock.pass(MINUTE);
    const next = takeLease(outside, 'dailyReport');
    expect(next.orphaned).toBe(true);
    expect(next.lease.id).not.toBe(dying.lease.id);
  });

  it('T2 · after a clock that jumped a run knows that the line is no longer its own', () => {
    const { outside, clock, properties } = world();
    const { lease } = takeLease(outside, 'dailyReport');
    const stored = () => Object.fromEntries(properties);
    expect(holds(stored(), lease)).toBe(true);
    clock.pass(10 * MINUTE);
    expect(holds(stored(), lease)).toBe(true);
    const next = takeLease(outside, 'hourlyPing');
    expect(holds(stored(), lease)).toBe(false);
    expect(holds(stored(), next.lease)).toBe(true);
    expect(holds({}, lease)).toBe(false);
  });

  it('T3 · reads and writes under the lock', () => {
    const { outside, steps } = world();
    takeLease(outside, 'hourlyPing');
    expect(steps.log).toEqual(['mutex.during', 'properties.readAll', 'properties.change lease']);
  });

  it('Q6 · without the lock nothing is taken', () => {
    const { outside, mutex, properties } = world();
    mutex.busy = true;
    expect(thrownBy(() => takeLease(outside, 'hourlyPing'))).toBeInstanceOf(LockBusy);
    expect(properties.size).toBe(0);
  });
});

describe('M16 · activeLease', () => {
  const now = Date.parse('2026-11-19T03:00:00Z');
  const lease = (more: object) =>
    JSON.stringify({ id: 'a', holder: 'hourlyPing', since: now - MINUTE, until: now + 6 * MINUTE, ...more });

  it.each<[string, string | undefined, boolean]>([
    ['none', undefined, false],
    ['one under way', lease({}), true],
    ['one that ends now', lease({ until: now }), false],
    ['one that ended', lease({ until: now - 1 }), false],
    ['one of a clock that is a minute ahead', lease({ until: now + 8 * MINUTE }), true],
    ['one from a far future', lease({ until: now + 8 * MINUTE + 1 }), false],
    ['nonsense', 'x', false],
    ['an empty text', '', false],
    ['null', 'null', false],
    ['a number', '5', false],
    ['a lease without an end', lease({ until: null }), false],
  ])('T1 · M16 · %s', (_, text, active) => {
    const properties: Record<string, string> = text === undefined ? {} : { lease: text };
    expect(activeLease(properties, now) !== undefined).toBe(active);
  });
});
