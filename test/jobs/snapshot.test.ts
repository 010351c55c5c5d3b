import { AmoError } from '../../src/core/amoError';
import { longLived } from '../../src/core/connection';
import { SETTING_ROWS } from '../../src/core/settings';
import { MASK } from '../../src/core/token';
import {
  problemSentences,
  rememberAccount,
  rememberedSnapshot,
  type Snapshot,
  takeSnapshot,
} from '../../src/jobs/snapshot';
import { keepSecrets, tidySettings } from '../../src/jobs/tidySettings';
import type { Outside } from '../../src/ports';
import { inMemoryOutside, type WorldParts } from '../support/inMemoryOutside';
import { keptToken } from '../support/keptToken';

const TOKEN = 'eyJ0.S3CRET.x';
/** As every run begins. */
function begun(outside: Outside): Snapshot {
  const snapshot = takeSnapshot(outside);
  tidySettings(outside, snapshot);
  return snapshot;
}

const ACCOUNT = { id: 5, name: 'ООО', timeZone: 'Europe/Moscow', host: 'mycompany.amocrm.ru' };

const taken = (parts: WorldParts) => {
  const world = inMemoryOutside(parts);
  const cell = (key: string) => world.contents.settings.find(row => row.key === key)!.value;
  return { world, snapshot: begun(world.outside), cell };
};

describe('M15 · the token', () => {
  it.each([
    [TOKEN, TOKEN],
    [`  "${TOKEN}"\n`, TOKEN],
    [`Bearer ${TOKEN}`, TOKEN],
    [`${MASK}${TOKEN}`, TOKEN], // typed behind the dots
  ])('M15 · typed into the cell as %j moves to the properties at once', (typed, token) => {
    const { world, snapshot, cell } = taken({ settings: { baseUrl: 'mycompany', token: typed } });
    expect(keptToken(world.properties)).toBe(token);
    expect(cell('token')).toBe(MASK);
    expect(snapshot.account).toEqual({ host: 'mycompany.amocrm.ru', token });
    expect(snapshot.problems).toEqual([]);
    expect(world.everythingShown()).not.toContain('S3CRET');
  });

  it('M15 · is in the properties before the cell is cleared: a kill in between loses nothing', () => {
    const { world } = taken({ settings: { token: TOKEN } });
    const moved = world.steps.log.findIndex(step => step.startsWith('properties.change connection'));
    expect(moved).toBeGreaterThanOrEqual(0);
    expect(world.steps.log.indexOf('settings.setValue token')).toBeGreaterThan(moved);
  });

  it('M15 · a new one replaces the old one', () => {
    const { world } = taken({ settings: { token: TOKEN }, properties: { token: 'old' } });
    expect(keptToken(world.properties)).toBe(TOKEN);
    expect(world.properties.has('token')).toBe(false);
  });

  it('M15 · a new one takes the place of what an earlier version has kept, in one change', () => {
    const { world } = taken({ settings: { token: TOKEN }, properties: { token: 'old' } });
    expect(world.steps.log).toContain('properties.change connection -token');
  });

  it.each([MASK, ''])('M15 · a cell with %j leaves the stored token alone and shows the mask', value => {
    const { world, snapshot, cell } = taken({ settings: { token: value }, properties: { token: TOKEN } });
    expect(world.properties.get('token')).toBe(TOKEN);
    expect(cell('token')).toBe(MASK);
    expect(snapshot.secrets).toHaveLength(1);
  });

  it('M15 · a cell that shows what it shall is not written again', () => {
    const { world } = taken({ settings: { token: MASK }, properties: { token: TOKEN } });
    expect(world.steps.log.filter(step => step.startsWith('settings.setValue'))).toEqual([]);
  });

  it('M15 · a mask without a token is cleared: nothing is stored', () => {
    const { snapshot, cell } = taken({ settings: { token: MASK } });
    expect(cell('token')).toBe('');
    expect(snapshot.secrets).toEqual([]);
    expect(snapshot.problems).toContainEqual({ key: 'token', kind: 'required' });
  });

  it.each([[undefined], ['old']])(
    'M15 · what no header can carry is refused, told, and leaves the cell (stored: %j)',
    stored => {
      const { world, snapshot, cell } = taken({
        settings: { baseUrl: 'mycompany', token: 'секрет' },
        properties: stored === undefined ? {} : { token: stored },
      });
      expect(snapshot.problems).toEqual([{ key: 'token', kind: 'bad-token' }]);
      expect(world.properties.get('token')).toBe(stored);
      expect(cell('token')).toBe(stored === undefined ? '' : MASK);
      expect(world.everythingShown()).not.toContain('секрет');
    },
  );

  it('M15 · a token in a second row of that name does not stay in the cell', () => {
    const world = inMemoryOutside({ settings: { baseUrl: 'mycompany' }, properties: { token: 'old' } });
    world.contents.settings.push({ key: 'token', value: TOKEN });
    world.contents.problems.push('');
    begun(world.outside);
    expect(world.everythingShown()).not.toContain('S3CRET');
  });

  it('M15 · one that fits is taken, also from below one that does not', () => {
    const world = inMemoryOutside({ settings: { baseUrl: 'mycompany', token: 'секрет' } });
    world.contents.settings.push({ key: 'token', value: TOKEN });
    world.contents.problems.push('');
    begun(world.outside);
    expect(keptToken(world.properties)).toBe(TOKEN);
    expect(world.everythingShown()).not.toMatch(/S3CRET|секрет/);
  });

  it.each([' ', ` ${MASK}\n`])('M15 · white space in the cell (%j) is no token', value => {
    const { snapshot, world } = taken({
      settings: { baseUrl: 'mycompany', token: value },
      properties: { token: TOKEN },
    });
    expect(snapshot.problems).toEqual([]);
    expect(world.properties.get('token')).toBe(TOKEN);
  });

  it('M10 · keepSecrets stores it', () => {
    const world = inMemoryOutside({ settings: {} });
    keepSecrets(world.outside, { connection: longLived(TOKEN) });
    expect(begun(world.outside).secrets).toHaveLength(1);
  });
});

describe('M15 · takeSnapshot', () => {
  it('M15 · without sheets everything is a default, and nothing is written', () => {
    const { world, snapshot } = taken({});
    expect(snapshot).toMatchObject({
      account: undefined,
      secrets: [],
      zone: 'Europe/Moscow',
      language: 'ru',
    });
    expect(world.steps.log.filter(step => !/readAll|schemaVersion/.test(step))).toEqual([]);
  });

  it('T14 · without the settings sheet alone, which a person has deleted, everything is a default, too', () => {
    const { outside } = inMemoryOutside({ settings: { topEvents: 9 }, properties: { token: TOKEN } });
    outside.workbook.has = key => key !== 'settings';
    outside.workbook.settings = () => {
      throw new Error('There is no settings sheet');
    };
    expect(begun(outside)).toMatchObject({ settings: { topEvents: 5 }, secrets: [TOKEN] });
  });

  it('M15 · writes what is wrong beside each value, all at once, and clears what was mended', () => {
    const world = inMemoryOutside({ settings: { baseUrl: 'evil.com', topEvents: 0, language: 'de' } });
    begun(world.outside);
    const problem = (key: string) => world.contents.problems[SETTING_ROWS.indexOf(key as 'token')];
    expect(problem('baseUrl')).toMatch(/^«evil.com» не подходит/);
    expect(problem('token')).toMatch(/^Вставьте токен/);
    expect(problem('topEvents')).toMatch(/Пока действует 5\.$/);
    expect(problem('language')).toMatch(/^«de» не подходит/);
    expect(problem('pingSamples')).toBe('');
    world.contents.settings.find(({ key }) => key === 'topEvents')!.value = 3;
    begun(world.outside);
    expect(problem('topEvents')).toBe('');
  });

  it('M15 · an invalid value is replaced by the last good one, over runs and kills', () => {
    const world = inMemoryOutside({ settings: { topEvents: 9 } });
    const topEvents = world.contents.settings.find(({ key }) => key === 'topEvents')!;
    expect(begun(world.outside).settings.topEvents).toBe(9);
    for (const wrong of ['x', -1, '']) {
      topEvents.value = wrong;
      expect(begun(world.outside).settings.topEvents).toBe(wrong === '' ? 5 : 9);
    }
    topEvents.value = 'x';
    expect(begun(world.outside).settings.topEvents).toBe(5);
  });

  it('M15 · remembers good values only when they change', () => {
    const world = inMemoryOutside({ settings: { topEvents: 9 } });
    begun(world.outside);
    // Now that the problems stand there, how the sheet looks is remembered, too.
    begun(world.outside);
    const before = world.steps.log.length;
    begun(world.outside);
    expect(world.steps.log.slice(before).filter(step => step.startsWith('properties.change'))).toEqual([]);
  });

  it.each(['not json', '[]', 'null', '5', '{"topEvents":7}'])(
    'M15 · a damaged memory of good values (%s) harms nothing',
    text => {
      const { snapshot } = taken({
        settings: { topEvents: 'x' },
        properties: { settings: text, account: text },
      });
      expect(snapshot.settings.topEvents).toBe(text.includes('7') ? 7 : 5);
      expect(snapshot.knownAccount).toBeUndefined();
    },
  );

  it.each([
    { host: 'mycompany.amocrm.ru', name: 'x', timeZone: 'Asia/Omsk' },
    { host: 'mycompany.amocrm.ru', id: '5', name: 'x', timeZone: 'Asia/Omsk' },
    { id: 5, name: 'x', timeZone: 'Asia/Omsk' },
  ])('M15 · half a memory of the account says nothing: %j', account => {
    const properties = { account: JSON.stringify(account) };
    for (const baseUrl of ['mycompany', '']) {
      const { snapshot } = taken({ settings: { baseUrl }, properties });
      expect(snapshot).toMatchObject({ knownAccount: undefined, zone: 'Europe/Moscow' });
    }
  });

  it('M15 · an unset time zone is the account’s, else the spreadsheet’s', () => {
    const account = JSON.stringify({ id: 1, name: 'x', timeZone: 'Asia/Omsk', host: 'mycompany.amocrm.ru' });
    const zone = (timeZone: string, baseUrl: string) =>
      taken({ settings: { timeZone, baseUrl }, properties: { account }, timeZone: 'Europe/Berlin' }).snapshot
        .zone;
    expect(zone('UTC', 'mycompany')).toBe('UTC');
    expect(zone('', 'mycompany')).toBe('Asia/Omsk');
    expect(zone('', 'other')).toBe('Europe/Berlin'); // what is known of one account says nothing of another
    expect(taken({ settings: {}, timeZone: 'Europe/Berlin' }).snapshot.zone).toBe('Europe/Berlin');
  });

  it('M15 · rememberAccount keeps it for the next run, and the settings’ zone still comes first', () => {
    const properties = { token: TOKEN };
    const { world, snapshot } = taken({ settings: { baseUrl: 'mycompany' }, properties, timeZone: 'UTC' });
    const account = { id: 5, name: 'Имя', timeZone: 'Asia/Omsk' };
    expect(rememberAccount(world.outside, snapshot, account).zone).toBe('Asia/Omsk');
    expect(begun(world.outside)).toMatchObject({
      ...{ zone: 'Asia/Omsk', knownAccount: { ...account, host: 'mycompany.amocrm.ru' } },
    });
    const noZone = rememberAccount(world.outside, snapshot, { ...account, timeZone: undefined });
    expect(noZone.zone).toBe('UTC');
    expect(begun(world.outside).zone).toBe('UTC');
  });

  it('M15 · rememberAccount keeps nothing of an account whose address or token is not known', () => {
    const { world, snapshot } = taken({ settings: { baseUrl: 'mycompany' } });
    expect(rememberAccount(world.outside, snapshot, { id: 5, name: 'Имя', timeZone: 'UTC' })).toBe(snapshot);
    expect(world.properties.has('account')).toBe(false);
  });

  it('T10 · an answer without a zone takes nothing away from what is known of that account', () => {
    const properties = { token: TOKEN };
    const { world, snapshot } = taken({ settings: { baseUrl: 'mycompany' }, properties, timeZone: 'UTC' });
    const account = { id: 5, name: 'Имя', timeZone: 'Asia/Omsk' };
    const known = rememberAccount(world.outside, snapshot, account);
    const silent = { ...account, timeZone: undefined };
    expect(rememberAccount(world.outside, known, silent).zone).toBe('Asia/Omsk');
    expect(begun(world.outside).zone).toBe('Asia/Omsk');
    // Another account's answer says nothing of it, and is not taken in.
    expect(() => rememberAccount(world.outside, known, { ...silent, id: 6 })).toThrow(
      new AmoError('other-account'),
    );
    expect(begun(world.outside)).toMatchObject({ zone: 'Asia/Omsk', boundTo: { id: 5 } });
  });

  it('M15 · the language is the setting’s, else the spreadsheet’s', () => {
    expect(taken({ settings: { language: 'en' }, locale: 'ru_RU' }).snapshot.texts.language).toBe('en');
    expect(taken({ settings: {}, locale: 'en_GB' }).snapshot.texts.language).toBe('en');
    expect(problemSentences(taken({ settings: {}, locale: 'en_GB' }).snapshot)[0]).toMatch(
      /^Settings, row "/,
    );
  });
});

describe('C7 · what is remembered of the settings', () => {
  const CONNECTION = { ...longLived(TOKEN), host: 'mycompany.amocrm.ru', accountId: 5 };
  const settled = (settings: WorldParts['settings'] = {}) => {
    const world = inMemoryOutside({
      settings: { baseUrl: 'mycompany', pingSamples: 2, ...settings },
      properties: {
        connection: JSON.stringify(CONNECTION),
        account: JSON.stringify(ACCOUNT),
        language: 'ru',
      },
    });
    // What is to be masked and said is, then.
    begun(world.outside);
    begun(world.outside);
    const change = (key: string, value: string) => {
      world.contents.settings.find(row => row.key === key)!.value = value;
    };
    return { world, change };
  };

  it('C7 · is what the sheet would tell, without reading it', () => {
    const { world } = settled({ topEvents: 'x', timeZone: 'Asia/Omsk' });
    const { untidy: _, problems: _problems, ...read } = takeSnapshot(world.outside);
    world.steps.log.length = 0;
    const { untidy, problems, ...known } = rememberedSnapshot(world.outside)!;
    expect(known).toEqual(read);
    expect([untidy, problems]).toEqual([undefined, []]);
    expect(world.steps.log).toEqual(['properties.readAll', 'workbook.isAsTraced']);
  });

  it('C7 · tidies nothing', () => {
    const { world } = settled();
    const { outside } = world;
    const known = rememberedSnapshot(outside)!;
    world.steps.log.length = 0;
    tidySettings(outside, known);
    expect(world.steps.log).toEqual([]);
  });

  it('C7 · is nothing as soon as a cell is another, until it has been read', () => {
    const { world, change } = settled();
    change('pingSamples', '4');
    expect(rememberedSnapshot(world.outside)).toBeUndefined();
    begun(world.outside);
    expect(rememberedSnapshot(world.outside)!.settings.pingSamples).toBe(4);
  });

  it('M15 · is nothing while a problem is not shown yet, or a secret waits for its use', () => {
    const { world, change } = settled();
    change('topEvents', 'x');
    begun(world.outside);
    expect(rememberedSnapshot(world.outside)).toBeUndefined();
    begun(world.outside);
    expect(rememberedSnapshot(world.outside)).toBeDefined();
    change('authCode', 'c0de');
    begun(world.outside);
    begun(world.outside);
    expect(world.properties.has('typed')).toBe(true);
    expect(rememberedSnapshot(world.outside)).toBeUndefined();
  });

  it.each(['settings', 'settingsTrace', 'language', 'connection'])('C7 · is nothing without %s', name => {
    const { world } = settled();
    world.properties.delete(name);
    expect(rememberedSnapshot(world.outside)).toBeUndefined();
  });

  it('C7 · is nothing beside values of another sheet', () => {
    const { world } = settled();
    world.properties.set('settings', JSON.stringify({ baseUrl: 'mycompany.amocrm.ru', pingSamples: '5' }));
    expect(rememberedSnapshot(world.outside)).toBeUndefined();
  });
});
