import { installedTriggers, installTriggers } from '../../src/jobs/installedTriggers';
import { takeSnapshot } from '../../src/jobs/snapshot';
import { inMemoryOutside } from '../support/inMemoryOutside';

describe('T12 · installTriggers', () => {
  it('T12 · works under the lock and remembers what it made', () => {
    const one = inMemoryOutside({ settings: { reportTime: '04:30', pingMinutes: 15 } });
    installTriggers(one.outside, takeSnapshot(one.outside));
    expect(one.steps.log).toContain('mutex.during');
    expect(one.steps.log.indexOf('mutex.during')).toBeLessThan(one.steps.log.indexOf('triggers.existing'));
    expect(installedTriggers(Object.fromEntries(one.properties))).toEqual({
      hourlyPing: { id: one.triggers[0]!.id, schedule: { handler: 'hourlyPing', everyMinutes: 15 } },
      dailyReport: {
        id: one.triggers[1]!.id,
        schedule: { handler: 'dailyReport', at: '04:30', timeZone: 'Europe/Moscow' },
      },
    });
  });

  it('T12 · a killed installation is mended by the next one', () => {
    for (let nth = 1; nth <= 12; nth += 1) {
      const one = inMemoryOutside({ settings: {} });
      const snapshot = takeSnapshot(one.outside);
      one.steps.killBefore(nth);
      try {
        installTriggers(one.outside, snapshot);
      } catch {
        // killed
      }
      one.steps.revive();
      installTriggers(one.outside, snapshot);
      expect(one.triggers.map(({ handler }) => handler).sort()).toEqual(['dailyReport', 'hourlyPing']);
    }
  });

  it.each([undefined, '', 'x', 'null', '{}'])('T12 · a memory of %j knows nothing', text => {
    expect(installedTriggers(text === undefined ? {} : { triggers: text })).toEqual({});
  });
});
