import { TEXTS } from '../../src/core/texts';
import { warnOfSilence } from '../../src/jobs/silence';
import { inMemoryOutside } from '../support/inMemoryOutside';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-19T12:00:00+03:00');
const INSTALLED = { hourlyPing: { id: 'p', schedule: { handler: 'hourlyPing', everyMinutes: 60 } } };

function opened(triggers: object | undefined, lastTriggerRun?: number) {
  const one = inMemoryOutside({
    now: '2026-11-19T12:00:00+03:00',
    settings: {},
    properties: {
      ...(triggers ? { triggers: JSON.stringify(triggers) } : {}),
      ...(lastTriggerRun ? { usage: JSON.stringify({ lastTriggerRun }) } : {}),
    },
  });
  warnOfSilence(one.outside);
  return one;
}
const said = (owner?: string) => [TEXTS.ru.silence('18.11.2026 10:00', owner)];
const DAY_AGO = NOW - 26 * HOUR;

describe('T5 · warnOfSilence', () => {
  it.each<[string, object | undefined, number | undefined, string[]]>([
    ['no trigger has run for 26 hours', { installed: INSTALLED, checkedAt: 1 }, DAY_AGO, said()],
    [
      'it is known in whose name',
      { installed: INSTALLED, checkedAt: 1, owner: 'boss@example.com' },
      DAY_AGO,
      said('boss@example.com'),
    ],
    [
      'none has ever run since they were made',
      { installed: INSTALLED, checkedAt: DAY_AGO },
      undefined,
      said(),
    ],
    ['one ran a minute less ago', { installed: INSTALLED, checkedAt: 1 }, DAY_AGO + 60_000, []],
    ['they were made since', { installed: INSTALLED, checkedAt: DAY_AGO + 60_000 }, 5, []],
    ['there are none', undefined, DAY_AGO, []],
    ['the monitor is switched off', { installed: INSTALLED, checkedAt: 1, isOff: true }, DAY_AGO, []],
  ])('T5 · when %s', (_, triggers, lastTriggerRun, words) => {
    expect(opened(triggers, lastTriggerRun).shown).toEqual(words);
  });

  it('T5 · reads no sheet as long as all is well: it runs whenever the spreadsheet is opened', () => {
    expect(opened({ installed: INSTALLED, checkedAt: NOW - HOUR }).steps.log).toEqual(['properties.readAll']);
  });
});
