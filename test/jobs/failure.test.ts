import { AmoError } from '../../src/core/amoError';
import { TEXTS } from '../../src/core/texts';
import { healthOf } from '../../src/jobs/failure';
import { AlreadyRunning } from '../../src/jobs/lease';
import { measurePing } from '../../src/jobs/measurePing';
import { runJob } from '../../src/jobs/run';
import { LockBusy, TooManyTriggers } from '../../src/ports';
import { type InMemory, inMemoryOutside, type WorldParts } from '../support/inMemoryOutside';

const { ru } = TEXTS;
/** The rows of the log after a job that needs address and token, and ends so. */
function told(world: InMemory, error?: unknown) {
  runJob(
    world.outside,
    { name: 'dailyReport', needsAccount: true, effectOfFailure: run => run.texts.effect.none },
    () => {
      throw error;
    },
  );
  return world.contents.tables.log;
}
const named = (key: 'baseUrl' | 'token' | 'clientId' | 'clientSecret' | 'authCode') =>
  ru.settings.named(key, ru.settings.problem({ key, kind: 'required' }));

describe('M15 · what is missing', () => {
  it('M15 · address and token in one sentence each', () => {
    expect(told(inMemoryOutside({ settings: {} }))).toMatchObject([
      { level: 'ERROR', what: ru.notSetUp(`${named('baseUrl')} ${named('token')}`) },
    ]);
  });

  it('M15 · other settings that do not fit are not among it, nor is a row that stands twice', () => {
    const world = inMemoryOutside({ settings: { baseUrl: 'mycompany', topEvents: 'x' } });
    world.contents.settings.push({ key: 'baseUrl', value: 'mycompany' });
    world.contents.problems.push('');
    expect(told(world)).toMatchObject([{ what: ru.notSetUp(named('token')) }]);
  });
});

describe('M15 · what is missing of an integration’s keys', () => {
  it.each<[string, WorldParts['settings'], string[]]>([
    ['the code', { clientId: 'id-1', clientSecret: 'S' }, [named('authCode')]],
    ['the secret', { clientId: 'id-1', authCode: 'C' }, [named('clientSecret')]],
    ['id and code', { clientSecret: 'S' }, [named('clientId'), named('authCode')]],
    ['an id that is none', { clientId: 'my id', clientSecret: 'S', authCode: 'C' }, ['«my id» не подходит']],
  ])('M15 · %s: said by its row', (_, settings, sentences) => {
    const world = inMemoryOutside({ settings: { baseUrl: 'mycompany', ...settings } });
    measurePing(world.outside, true);
    const [row] = world.contents.tables.log;
    for (const sentence of sentences) expect(row!.what).toContain(sentence);
    expect(row!.what).not.toContain(named('token'));
  });

  it('M15 · rows that a sheet made before them does not have are not among it', () => {
    const world = inMemoryOutside({ settings: { baseUrl: 'mycompany' } });
    world.contents.settings = world.contents.settings.filter(({ key }) => !/^(client|auth)/.test(key));
    measurePing(world.outside, true);
    expect(world.contents.tables.log).toMatchObject([{ what: ru.notSetUp(named('token')) }]);
  });
});

describe('T8 · too many triggers', () => {
  it('T8 · is an error that names what they call, and says what works all the same', () => {
    const world = inMemoryOutside({ settings: { baseUrl: 'mycompany' }, properties: { token: 'T' } });
    expect(told(world, new TooManyTriggers(['myOwn', 'another']))).toMatchObject([
      {
        ...{ level: 'ERROR', what: ru.tooManyTriggers('myOwn, another') },
        ...{ effect: ru.effect.byHandOnly, todo: ru.tooManyTriggersTodo },
      },
    ]);
  });
});

describe('I7 · healthOf', () => {
  const lease = { id: 'a', holder: 'setUp', since: 1, until: 2 } as const;
  it.each<[string, unknown, object]>([
    ['another run in the way', new AlreadyRunning(lease), { state: 'neutral' }],
    ['a lock that nobody gets', new LockBusy(), { state: 'neutral' }],
    ['a pause', new AmoError('paused'), { state: 'neutral' }],
    ['a fault that may pass', new AmoError('timeout'), { state: 'fails', passing: true }],
    ['one that will not', new AmoError('forbidden', 403), { state: 'fails', passing: false }],
    ['a fault of our own', new TypeError('x'), { state: 'fails', passing: false }],
  ])('I7 · %s says of the job', (_, error, health) => {
    expect(healthOf(error, true)).toEqual(health);
  });
});
