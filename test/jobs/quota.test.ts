import { NO_USAGE, type Usage, usageOf } from '../../src/core/usage';
import { countUsage, quotaFindings, usageChange } from '../../src/jobs/quota';
import { type Run, runJob } from '../../src/jobs/run';
import { type InMemory, inMemoryOutside } from '../support/inMemoryOutside';

const NOW = '2026-11-19T12:00:00+03:00';
const HOUR = 3_600_000;
/** Of the 20,000 requests that Google gives a free account. */
const MUCH = 16_000;

function used(usage: Partial<Usage>): InMemory {
  const one = inMemoryOutside({ now: NOW, settings: {} });
  const stored = { ...NO_USAGE, since: Date.parse(NOW) - HOUR, ...usage };
  one.properties.set('usage', JSON.stringify(stored));
  return one;
}
function inRun<T>(one: InMemory, work: (run: Run) => T): T {
  let result: { of: T } | undefined;
  runJob(one.outside, { name: 'dailyReport', needsAccount: false, effectOfFailure: () => '' }, run => {
    result = { of: work(run) };
    return undefined;
  });
  return result!.of;
}
const findings = (one: InMemory) => inRun(one, run => quotaFindings(run, false));
const usage = ({ properties }: InMemory) => usageOf(properties.get('usage'));

describe('Q2, T7 · quotaFindings', () => {
  it('Q2 · warns at four fifths, once', () => {
    const one = used({ requests: MUCH });
    expect(findings(one)).toMatchObject([{ level: 'WARN' }]);
    expect(usage(one).warned).toEqual(['requests']);
    expect(findings(one)).toEqual([]);
  });

  it('Q2 · below that it says nothing, and takes no lock for it', () => {
    const one = used({ requests: MUCH - 1 });
    inRun(one, run => {
      one.steps.log.length = 0;
      expect(quotaFindings(run, false)).toEqual([]);
      expect(one.steps.log).toEqual([]);
    });
  });

  it('Q2 · keeps what else is counted, and what was warned of before', () => {
    const one = used({ requests: MUCH, triggerMs: 5, warned: ['cells'] });
    inRun(one, run => {
      quotaFindings(run, false);
      expect(usage(one)).toMatchObject({ requests: MUCH, triggerMs: 5, warned: ['cells', 'requests'] });
    });
  });

  it('Q6 · while another run has the storage the warning waits for the next', () => {
    const one = used({ requests: MUCH });
    inRun(one, run => {
      one.mutex.busy = true;
      expect(quotaFindings(run, false)).toEqual([]);
      one.mutex.busy = false;
      expect(quotaFindings(run, false)).toHaveLength(1);
    });
  });

  it('T3 · what another run has warned of just before is not said again', () => {
    const one = used({ requests: MUCH });
    inRun(one, run => {
      one.steps.interfere = port => {
        if (port !== 'mutex.during') return;
        one.steps.interfere = undefined;
        one.properties.set('usage', JSON.stringify({ ...usage(one), warned: ['requests'] }));
      };
      one.steps.log.length = 0;
      expect(quotaFindings(run, false)).toEqual([]);
      expect(one.steps.log.filter(step => step.startsWith('properties.change'))).toEqual([]);
    });
  });

  it('Q9 · a storage that fails is a failure', () => {
    const one = used({ requests: MUCH });
    inRun(one, run => {
      one.steps.interfere = port => {
        if (port === 'properties.change') throw new Error('storage');
      };
      expect(() => quotaFindings(run, false)).toThrow('storage');
      one.steps.interfere = undefined;
    });
  });

  it('Q2 · the quotas count from when the run began: what was said in the 24 hours before is said again', () => {
    const one = used({ since: Date.parse(NOW) - 24 * HOUR + 1, requests: MUCH });
    inRun(one, run => {
      expect(quotaFindings(run, false)).toMatchObject([{ level: 'WARN' }]);
      one.clock.pass(2);
      expect(quotaFindings(run, false)).toEqual([]);
    });
  });
});

describe('Q1, M9 · countUsage', () => {
  it('Q1 · puts down what the execution has used since it was last put down, and each only once', () => {
    const one = used({});
    inRun(one, run => {
      one.clock.pass(5_000);
      countUsage(run);
      expect(usage(one).triggerMs).toBe(5_000);
      one.clock.pass(1_000);
      countUsage(run);
      expect(usage(one).triggerMs).toBe(6_000);
    });
    expect(usage(one).triggerMs).toBe(6_000);
  });

  it.each([
    ['was killed', true, 360_000],
    ['was not', false, 0],
  ])('Q1 · when the run before %s', (_, killed, ms) => {
    const one = used({});
    inRun(one, run => {
      const { change } = usageChange(run, {}, killed);
      expect(usageOf(change.write!.get('usage')).triggerMs).toBe(ms);
    });
    one.properties.set('lease', JSON.stringify({ id: 'killed', holder: 'dailyReport', since: 0, until: 1 }));
    if (!killed) one.properties.delete('lease');
    runJob(
      one.outside,
      { name: 'dailyReport', holds: 'dailyReport', needsAccount: false, effectOfFailure: () => '' },
      () => undefined,
    );
    expect(usage(one).triggerMs).toBe(ms);
  });

  it('Q6 · what cannot be put down now is put down the next time', () => {
    const one = used({});
    inRun(one, run => {
      one.clock.pass(5_000);
      one.mutex.busy = true;
      countUsage(run);
      expect(usage(one).triggerMs).toBe(0);
      one.mutex.busy = false;
      countUsage(run);
      expect(usage(one).triggerMs).toBe(5_000);
    });
  });
});
