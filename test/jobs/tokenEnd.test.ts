import { type Connection, longLived } from '../../src/core/connection';
import { TEXTS } from '../../src/core/texts';
import { dailyReport } from '../../src/jobs/dailyReport';
import { measurePing } from '../../src/jobs/measurePing';
import { showStatus } from '../../src/jobs/showStatus';
import type { Outside } from '../../src/ports';
import { type InMemory, inMemoryOutside, type WorldParts } from '../support/inMemoryOutside';
import { smallAccount } from '../support/smallAccount';
import { tokenWith } from '../support/tokenText';

const { ru } = TEXTS;
const A_DAY = 86_400_000;
const NOW = '2026-11-19T03:05:00+03:00';
const HOST = 'mycompany.amocrm.ru';

interface Parts extends WorldParts {
  /** Until the token ends. */
  days?: number;
  connection?: Partial<Connection>;
}

function world({ days = 20, connection, ...parts }: Parts = {}) {
  const endsAt = Date.parse(NOW) + days * A_DAY;
  const token = tokenWith({ endsAt, user: 101 });
  const amo = smallAccount({ token });
  const { id } = amo;
  const known = JSON.stringify({ id, name: 'Пример', timeZone: 'Europe/Moscow', host: HOST });
  const one = inMemoryOutside({
    ...{ now: NOW, server: amo.server },
    ...parts,
    settings: { baseUrl: 'mycompany', ...parts.settings },
    properties: {
      account: known,
      connection: JSON.stringify({ ...longLived(token), host: HOST, accountId: id, ...connection }),
    },
  });
  return { amo, one };
}

const kept = ({ properties }: InMemory) => JSON.parse(properties.get('connection')!) as Connection;
const warnings = ({ contents }: InMemory) =>
  contents.tables.log.filter(({ level }) => level === 'WARN').map(({ what }) => String(what));
const ping = (outside: Outside) => measurePing(outside, true);

describe('a long-lived token that ends before long', () => {
  it.each([
    ['the ping', ping],
    ['the report of the night', (outside: Outside) => dailyReport(outside, 'nightly')],
  ])('is told of once, by %s', (_, run) => {
    const { one } = world();
    run(one.outside);
    run(one.outside);
    expect(warnings(one)).toEqual([ru.connection.ends('09.12.2026', 20)]);
    expect(one.contents.tables.log.find(({ level }) => level === 'WARN')).toMatchObject({
      ...{ effect: ru.connection.endsEffect, todo: ru.connection.endsTodo },
    });
    expect(kept(one).toldOfEnd).toBe(30);
    expect(one.mails).toEqual([]);
    expect(one.properties.get('notices') ?? '').not.toContain(ru.connection.endsSubject);
  });

  it('and by mail, where somebody wants mails', () => {
    const { one } = world({ settings: { notifyEmail: 'boss@example.com' } });
    ping(one.outside);
    ping(one.outside);
    expect(one.mails).toEqual([
      {
        to: 'boss@example.com',
        subject: ru.connection.endsSubject,
        body: `${ru.connection.ends('09.12.2026', 20)}.\n${ru.connection.endsTodo}`,
      },
    ]);
  });

  it('a mail that cannot be sent waits', () => {
    const { one } = world({ settings: { notifyEmail: 'boss@example.com' } });
    one.mailsLeft = 0;
    ping(one.outside);
    expect(one.mails).toEqual([]);
    one.mailsLeft = 5;
    ping(one.outside);
    expect(one.mails).toHaveLength(1);
  });

  it('again at each step', () => {
    const { one } = world({ days: 31 });
    for (let day = 0; day < 31; day += 1) {
      ping(one.outside);
      one.clock.pass(A_DAY);
    }
    expect(warnings(one)).toEqual([30, 7, 1].map(days => ru.connection.ends('20.12.2026', days)));
  });

  it.each<[string, Parts]>([
    ['one that lasts', { days: 40 }],
    ['one whose time is over: amoCRM takes it', { days: -1 }],
    ['one whose time is long over: our clock is far ahead', { days: -40_000 }],
    ['one of which it was told', { connection: { toldOfEnd: 30 } }],
    [
      'an integration’s, which is renewed',
      {
        connection: {
          renewal: {
            ...{ clientId: 'a', clientSecret: 'b', redirectUri: 'c', refresh: 'd', code: 'e' },
            expiresAt: Date.parse(NOW) + A_DAY,
          },
        },
      },
    ],
  ])('nothing is said of %s, and nothing more is read or written', (_, parts) => {
    const { one } = world(parts);
    ping(one.outside);
    expect(warnings(one)).toEqual([]);
    const before = one.properties.get('connection');
    const calls = (run: () => void) => {
      const from = one.steps.log.length;
      run();
      return one.steps.log.length - from;
    };
    const quiet = calls(() => ping(one.outside));
    const opaque = world({ days: 4_000 }).one;
    ping(opaque.outside);
    const from = opaque.steps.log.length;
    ping(opaque.outside);
    expect(quiet).toBe(opaque.steps.log.length - from);
    expect(one.properties.get('connection')).toBe(before);
  });

  it('of a token that is refused it is not told that it works', () => {
    const { amo, one } = world();
    amo.token = 'another';
    ping(one.outside);
    ping(one.outside);
    expect(one.contents.tables.log.map(({ what }) => String(what)).join()).not.toContain('перестанет');
  });

  it('where the lock is busy the next run tells', () => {
    const { one } = world();
    const { mutex } = one;
    const during = mutex.during.bind(mutex);
    let calls = 0;
    // The lease, then this one.
    jest.spyOn(mutex, 'during').mockImplementation(action => {
      calls += 1;
      mutex.busy = calls === 2;
      try {
        return during(action);
      } finally {
        mutex.busy = false;
      }
    });
    ping(one.outside);
    expect(kept(one).toldOfEnd).toBeUndefined();
    expect(warnings(one)).toEqual([]);
    ping(one.outside);
    expect(warnings(one)).toHaveLength(1);
  });

  it.each<[string, Partial<Connection>]>([
    ['another run was quicker', { toldOfEnd: 30 }],
    ['somebody has connected anew', { access: 'an0ther' }],
  ])('nothing where %s', (_, change) => {
    const { one } = world({ settings: { notifyEmail: 'boss@example.com' } });
    const meanwhile = JSON.stringify({ ...kept(one), ...change });
    let locks = 0;
    one.steps.interfere = port => {
      if (port !== 'mutex.during') return;
      locks += 1;
      if (locks === 2) one.properties.set('connection', meanwhile);
    };
    ping(one.outside);
    expect([warnings(one), one.mails]).toEqual([[], []]);
    expect(one.properties.get('connection')).toBe(meanwhile);
  });

  it('a token that was typed meanwhile begins anew', () => {
    const { amo, one } = world({ days: 5 });
    ping(one.outside);
    expect(kept(one).toldOfEnd).toBe(7);
    amo.token = tokenWith({ endsAt: Date.parse(NOW) + 25 * A_DAY, user: 101, salt: 'an0ther' });
    one.contents.settings.find(({ key }) => key === 'token')!.value = amo.token;
    ping(one.outside);
    expect(kept(one)).toMatchObject({ access: amo.token, toldOfEnd: 30 });
  });

  it('the status says until when', () => {
    const { one } = world({ person: [] });
    showStatus(one.outside);
    expect(one.shown.join('\n')).toContain('Подключение: долгосрочный токен, срок до 09.12.2026');
  });
});
