import type { World } from '../emulator/world';
import { typeSetting } from '../local/typeSetting';
import { ask, chosen, connected, ended, freshWorld, quietCompany, tokenFor } from './connection';
import { column } from './product';

const A_DAY = 86_400_000;

const told = (world: World) =>
  column(world, 'log', 'what')
    .map(String)
    .filter(what => what.startsWith('Токен amoCRM перестанет'));

describe('a long-lived token over its last forty days', () => {
  it('is told of 30, 7 and 1 days before, in the log and by mail; then amoCRM refuses it, and a new one mends that', () => {
    const simulator = quietCompany();
    const world = freshWorld(simulator);
    const begin = world.now();
    ask(world, { ask: 'address', address: simulator.host });
    ask(world, { ask: 'token', token: tokenFor(simulator, { days: 39, now: begin }) });
    typeSetting(world, 'notifyEmail', 'boss@example.com');
    typeSetting(world, 'pingSamples', '1');
    expect(chosen(world, 'showStatus')).toContain('Подключение: долгосрочный токен, срок до 27.12.2026');
    const mailsAt: number[] = [];
    // The days around each step, by the ping and by the report of the night.
    for (const day of [1, 8, 9, 10, 31, 32, 33, 37, 38, 39, 40]) {
      world.jumpTo(begin + day * A_DAY + 300_000);
      const door = day % 2 === 0 ? 'dailyReport' : 'hourlyPing';
      ended(world.run(door, { context: 'clock' }));
      if (world.mail.length > mailsAt.length) mailsAt.push(day);
    }
    expect(told(world)).toEqual(
      ['30', '7', '1'].map(days => `Токен amoCRM перестанет действовать 27.12.2026 (дней осталось: ${days})`),
    );
    expect(mailsAt).toEqual([9, 32, 38, 39]);
    expect(world.mail.map(({ to, subject }) => `${to} ${subject}`)).toEqual([
      ...Array.from(
        { length: 3 },
        () => 'boss@example.com amoCRM Monitor: токен amoCRM скоро перестанет действовать',
      ),
      'boss@example.com amoCRM Monitor: «Подключение» не работает',
    ]);
    expect(world.mail[0]!.body).toContain('Выпустите новый долгосрочный токен');

    const token = tokenFor(simulator, { days: 800, now: world.now() });
    expect(ask(world, { ask: 'token', token }).state.connection).toBe('works');
    world.jumpTo(world.now() + 40 * A_DAY);
    ended(world.run('hourlyPing', { context: 'clock' }));
    expect(told(world)).toHaveLength(3);
  });

  it('clocks that jump do no harm: far ahead nothing is said, and back again all is as it was', () => {
    const simulator = quietCompany();
    const world = connected(simulator, { now: Date.parse('2099-01-01T05:00:00Z') });
    ended(world.run('hourlyPing', { context: 'clock' }));
    expect(chosen(world, 'showStatus')).toContain('срок до 11.01.2031');
    expect(chosen(world, 'checkConnection')).toContain('! Токен: срок токена вышел 11.01.2031');
    expect(told(world)).toEqual([]);
  });
});
