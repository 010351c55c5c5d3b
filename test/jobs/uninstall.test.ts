import { TEXTS } from '../../src/core/texts';
import { MASK } from '../../src/core/token';
import { keepReportsGoing } from '../../src/jobs/backbone';
import { keptTriggers } from '../../src/jobs/installedTriggers';
import { takeLease } from '../../src/jobs/lease';
import { setUp } from '../../src/jobs/setUp';
import { uninstall } from '../../src/jobs/uninstall';
import { DAY, logOf, PINGS, story } from '../support/reportStory';
import { SMALL_TOKEN } from '../support/smallAccount';

const { ru } = TEXTS;
/** A monitor in the middle of its work, and a person at the keyboard. */
function working(answer: boolean) {
  const { world, tables, run, amo } = story(
    {},
    { person: [answer], workingMs: 30_000, latency: () => 3_000 },
  );
  setUp(world.outside);
  run();
  world.triggers.push({ id: 'mine', handler: 'myOwn' });
  world.properties.set('notices', '{"outbox":[]}');
  world.properties.set('other', 'x');
  world.contents.settings.find(({ key }) => key === 'token')!.value = MASK;
  world.shown.length = 0;
  return { world, tables, amo };
}

describe('G7 · uninstall', () => {
  it('G7 · removes triggers, token and what was under way; keeps tables, settings, users and other people’s things', () => {
    const { world, tables } = working(true);
    const { settings } = world.contents;
    const before = structuredClone({ report: tables.report, days: tables.days, settings });
    expect([...world.properties.keys()]).toContain('collection');
    uninstall(world.outside);
    expect(world.shown).toEqual([ru.uninstall.confirm, ru.uninstall.done]);
    expect(world.triggers).toEqual([{ id: 'mine', handler: 'myOwn' }]);
    expect([...world.properties.keys()].sort()).toEqual(
      [
        ...['account', 'language', 'line', 'names.0', 'other', 'present.0'],
        ...['settings', 'triggers', 'usage', 'users.0'],
      ].sort(),
    );
    expect(keptTriggers(Object.fromEntries(world.properties)).isOff).toBe(true);
    expect({ report: tables.report, days: tables.days }).toEqual({
      report: before.report,
      days: before.days,
    });
    expect(settings.filter(({ key }) => key !== 'token')).toEqual(
      before.settings.filter(({ key }) => key !== 'token'),
    );
    expect(settings.find(({ key }) => key === 'token')!.value).toBe('');
  });

  it('G7 · no ping is lost: those of the rolling log go into the sheet', () => {
    const { world, tables } = working(true);
    uninstall(world.outside);
    expect(tables.pings.map(({ ms }) => ms)).toEqual(PINGS.map(({ ms }) => ms ?? ''));
    expect(logOf(world)).toEqual([]);
  });

  it('G7 · not without a yes', () => {
    const { world } = working(false);
    const before = new Map(world.properties);
    uninstall(world.outside);
    expect(world.properties).toEqual(before);
    expect(world.triggers.length).toBeGreaterThan(1);
    expect(world.shown).toEqual([ru.uninstall.confirm]);
  });

  it('G7 · T1 · a report under way would leave things behind: it is named, and everything stays as it was', () => {
    const { world } = working(true);
    takeLease(world.outside, 'dailyReport');
    const before = new Map(world.properties);
    const triggers = [...world.triggers];
    uninstall(world.outside);
    expect(world.properties).toEqual(before);
    expect(world.triggers).toEqual(triggers);
    expect(world.shown).toEqual([ru.uninstall.confirm, expect.stringContaining(ru.jobs.dailyReport)]);
    expect(world.shown[1]).toContain(ru.alreadyRunningTodo);
  });

  it.each(['hourlyPing', 'setUp'] as const)('G7 · another run under way (%s) does not hinder it', holder => {
    const { world } = working(true);
    takeLease(world.outside, holder);
    uninstall(world.outside);
    expect(world.shown.at(-1)).toBe(ru.uninstall.done);
    expect(world.properties.has('token')).toBe(false);
  });

  it('G7 · A2 · secrets go under the lock: no run that gets new tokens just now can save them afterwards', () => {
    const { world } = working(true);
    const heldWhen: boolean[] = [];
    world.steps.interfere = (port, detail) => {
      if (port === 'properties.change' && detail?.includes('-connection')) heldWhen.push(world.mutex.held);
    };
    uninstall(world.outside);
    expect(heldWhen).toEqual([true]);
  });

  it('G7 · T14 · where the question cannot be asked, nothing is switched off', () => {
    const { world } = working(true);
    const before = new Map(world.properties);
    let failed = false;
    world.steps.interfere = port => {
      if (port !== 'settings.read' || failed) return;
      failed = true;
      throw new Error('Service error');
    };
    uninstall(world.outside);
    expect(world.shown).toEqual([expect.stringContaining(ru.unexpected('Service error'))]);
    expect(world.properties).toEqual(before);
    expect(world.triggers.length).toBeGreaterThan(1);
  });

  it('G7 · with nobody at the keyboard it is done unasked, and stands in the log', () => {
    const { world, tables } = story();
    uninstall(world.outside);
    expect(tables.log).toMatchObject([{ level: 'INFO', job: 'Отключение', what: ru.uninstall.done }]);
    expect(world.properties.has('token')).toBe(false);
  });

  it('G7 · nothing goes on afterwards, and set-up switches it on again', () => {
    const { world } = working(true);
    uninstall(world.outside);
    const requests = world.requests.length;
    world.clock.pass(3_600_000);
    keepReportsGoing(world.outside);
    expect(world.requests).toHaveLength(requests);
    const again = story({}, { properties: Object.fromEntries(world.properties), person: [true] });
    again.world.properties.set('token', SMALL_TOKEN);
    setUp(again.world.outside);
    expect(keptTriggers(Object.fromEntries(again.world.properties)).isOff).toBe(false);
    expect(again.tables.days).toMatchObject([{ date: DAY, completeness: 'полный' }]);
  });
});
