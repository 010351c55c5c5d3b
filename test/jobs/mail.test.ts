import { runJob } from '../../src/jobs/run';
import { type InMemory, inMemoryOutside } from '../support/inMemoryOutside';

const WAITING = JSON.stringify({
  failing: {},
  outbox: [{ id: 'a', subject: 'Сбой', body: 'Что случилось', attempts: 0 }],
});
const world = (notices?: string, notifyEmail = 'boss@example.com') =>
  inMemoryOutside({ settings: { notifyEmail }, properties: notices === undefined ? {} : { notices } });
const run = ({ outside }: InMemory) =>
  runJob(
    outside,
    { name: 'hourlyPing', needsAccount: false, watched: true, effectOfFailure: () => '' },
    () => undefined,
  );
const locks = ({ steps }: InMemory) => steps.log.filter(step => step === 'mutex.during').length;

describe('I7, L5, Q3 · mails that wait', () => {
  it('L5 · what an earlier run has left goes out with the next one', () => {
    const one = world(WAITING);
    run(one);
    expect(one.mails).toEqual([{ to: 'boss@example.com', subject: 'Сбой', body: 'Что случилось' }]);
    expect(JSON.parse(one.properties.get('notices')!).outbox).toEqual([]);
  });

  it('Q6 · a run without a mail asks no mailer, and takes the lock no more often than where nobody wants mails', () => {
    const one = world();
    run(one);
    expect(one.steps.log.filter(step => step.startsWith('mailer'))).toEqual([]);
    const unwanted = world(undefined, '');
    run(unwanted);
    expect(locks(one)).toBe(locks(unwanted));
  });

  it('L5 · a mail that another run has sent meanwhile is not sent again, and that is no trouble', () => {
    const one = world(WAITING);
    one.steps.interfere = port => {
      if (port === 'mailer.left') one.properties.set('notices', '{"failing":{},"outbox":[]}');
    };
    run(one);
    expect(one.mails).toEqual([]);
    expect(one.console).toEqual([]);
    expect(one.steps.log.filter(step => step.startsWith('mailer.send'))).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['an error', new Error('Quota')],
    ['words', 'Quota'],
  ])('Q3 · a mailer that refuses with %s is a warning on the console', (_, error) => {
    const one = world(WAITING);
    one.steps.interfere = port => {
      if (port === 'mailer.send') throw error;
    };
    run(one);
    expect(one.console).toEqual([{ level: 'WARN', text: 'mail: Quota' }]);
    expect(one.contents.tables.log).toEqual([]);
  });
});
