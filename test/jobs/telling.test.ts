import { TEXTS } from '../../src/core/texts';
import { MASK } from '../../src/core/token';
import { type Run, runJob } from '../../src/jobs/run';
import type { Outside } from '../../src/ports';
import { type InMemory, inMemoryOutside, type WorldParts } from '../support/inMemoryOutside';

const { ru } = TEXTS;
const TOKEN = 'S3CRET-token';
const make = (parts: WorldParts = {}) =>
  inMemoryOutside({ settings: {}, properties: { token: TOKEN }, person: [], ...parts });
/** A run that has this to say. */
const say = (
  { outside }: { outside: Outside },
  what = 'Готово',
  more: (run: Run) => void = () => undefined,
) =>
  runJob(outside, { name: 'hourlyPing', needsAccount: false, effectOfFailure: () => '' }, run => {
    more(run);
    run.findings.push({ level: 'INFO', what });
    return undefined;
  });
const failingAt = (world: InMemory, step: string, error: unknown) => {
  world.steps.interfere = (port, detail) => {
    if (`${port} ${detail}`.trim() === step) throw error;
  };
};
const logged = ({ contents }: InMemory) => contents.tables.log.map(({ what }) => what);

describe('M16, T14, Q8 · a log that cannot be written', () => {
  it.each<[string, unknown, string]>([
    ['an error', new Error('Service error'), 'Service error'],
    ['words', 'Service error', 'Service error'],
    ['a secret', new Error(`not ${TOKEN}`), `not ${MASK}`],
  ])('T14 · the console and the person are told so, and what was to be said: %s', (_, error, words) => {
    const world = make();
    failingAt(world, 'table.append log', error);
    expect(say(world)).toBe(true);
    expect(world.shown).toEqual([`Готово\n\n${ru.logUnavailable(words)}`]);
    expect(world.console).toEqual([
      { level: 'INFO', text: 'Замер: Готово' },
      { level: 'ERROR', text: `Замер: ${ru.logUnavailable(words)}` },
    ]);
  });

  it('Q8 · a spreadsheet that fails after its effect leads to no second row', () => {
    const world = make();
    failingAt(world, 'workbook.flush', new Error('Service error'));
    say(world);
    expect(logged(world)).toEqual(['Готово']);
    expect(world.shown[0]).toContain(ru.logUnavailable('Service error'));
  });

  it('Q6 · a lock that throws is told, and nothing is written without it', () => {
    const world = make();
    const during = () => {
      throw new Error('Lock service');
    };
    say({ outside: { ...world.outside, logMutex: { during } } });
    expect(logged(world)).toEqual([]);
    expect(world.shown[0]).toContain(ru.logUnavailable('Lock service'));
  });
});

describe('M16, T3 · the log', () => {
  it('T3 · is safe in the spreadsheet before another run may write', () => {
    const world = make();
    say(world);
    const { log } = world.steps;
    const at = (step: string) => log.lastIndexOf(step);
    expect(at('mutex.during')).toBeLessThan(at('table.append log'));
    expect(at('workbook.flush')).toBeGreaterThan(at('table.append log'));
  });

  it('T14 · is made again when a person has deleted its sheet, and only then', () => {
    const world = make();
    say(world);
    expect(world.steps.log).not.toContain('workbook.ensure');
    const { workbook } = world.outside;
    workbook.has = key => key !== 'log';
    say(world);
    expect(world.steps.log.filter(step => /ensure|append/.test(step))).toEqual([
      ...['table.append log', 'workbook.ensure', 'table.append log'],
    ]);
  });

  it('M16 · loses its oldest rows by their time, however a person has sorted it', () => {
    const world = make();
    const { log } = world.contents.tables;
    for (let nth = 0; nth < 3_000; nth += 1) log.push({ when: 46_000 - nth, what: `${nth}` });
    say(world);
    expect(log).toHaveLength(3_000);
    expect([log[0]!.what, log[2_998]!.what, log[2_999]!.what]).toEqual(['0', '2998', 'Готово']);
  });

  it('T14 · what the platform says of a failed connection is for the console alone', () => {
    const world = make();
    say(world, 'Готово', ({ findings }) => {
      findings.push({ level: 'ERROR', what: 'Нет связи', detail: `DNS ${TOKEN}` });
    });
    expect(world.console).toEqual([
      { level: 'ERROR', text: `Замер: DNS ${MASK}` },
      { level: 'ERROR', text: 'Замер: Нет связи' },
      { level: 'INFO', text: 'Замер: Готово' },
    ]);
    expect(JSON.stringify([world.shown, world.contents.tables.log])).not.toContain('DNS');
  });
});
