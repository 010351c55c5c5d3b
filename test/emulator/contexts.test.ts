import { NOON, SCOPES, smallWorld } from './support/smallWorld';

const CODE = `
function fetchIt() { return UrlFetchApp.fetch('https://a.example.com/').getResponseCode(); }
function fetchAllOfIt() { return UrlFetchApp.fetchAll(['https://a.example.com/']).length; }
function mailIt() { MailApp.sendEmail('a@example.com', 'Hello', 'World'); }
function triggers() { return ScriptApp.getProjectTriggers().length; }
function newTrigger() { ScriptApp.newTrigger('mailIt').timeBased().everyHours(1).create(); }
function ui() { SpreadsheetApp.getUi(); return 'ui'; }
function alertIt() { return String(SpreadsheetApp.getUi().alert('Hello')); }
function who() { return Session.getEffectiveUser().getEmail(); }
function freely() {
  PropertiesService.getUserProperties().setProperty('a', 'b');
  CacheService.getScriptCache().put('a', 'b');
  LockService.getScriptLock().waitLock(1);
  return Session.getScriptTimeZone() + Session.getActiveUserLocale();
}
function onOpen() {
  const ui = SpreadsheetApp.getUi();
  const more = ui.createMenu('More').addItem('Mail', 'mailIt');
  ui.createMenu('Monitor').addItem('Fetch', 'fetchIt').addSeparator().addSubMenu(more).addToUi();
}
function dialogs() {
  const ui = SpreadsheetApp.getUi();
  const answer = ui.prompt('Title', 'Token?', ui.ButtonSet.OK_CANCEL);
  return [
    ui.alert('a') === ui.Button.OK,
    ui.alert('b', ui.ButtonSet.YES_NO) === SpreadsheetApp.getUi().Button.NO,
    JSON.stringify({ c: ui.alert('t', 'c', ui.ButtonSet.YES_NO_CANCEL) }),
    answer.getResponseText(),
    answer.getSelectedButton() === ui.Button.OK,
    ui.prompt('again').getSelectedButton() === ui.Button.CLOSE,
  ];
}`;

describe('contexts', () => {
  const world = smallWorld(CODE);

  it('menu: everything', () => {
    for (const name of [
      'fetchIt',
      'fetchAllOfIt',
      'mailIt',
      'triggers',
      'newTrigger',
      'ui',
      'who',
      'freely',
      'onOpen',
    ]) {
      expect(world.run(name).error).toBeUndefined();
    }
  });

  it('clock: everything but the user interface', () => {
    for (const name of ['fetchIt', 'mailIt', 'triggers', 'who', 'freely']) {
      expect(world.run(name, { context: 'clock' }).error).toBeUndefined();
    }
    for (const name of ['ui', 'alertIt', 'onOpen']) {
      expect(world.run(name, { context: 'clock' }).error?.message).toBe(
        'Cannot call SpreadsheetApp.getUi() from this context.',
      );
    }
  });

  it('page: everything', () => {
    const names = ['fetchIt', 'mailIt', 'triggers', 'newTrigger', 'ui', 'who', 'freely', 'onOpen'];
    for (const name of names) expect(world.run(name, { context: 'page' }).error).toBeUndefined();
  });

  it('callback: everything but the user interface', () => {
    const says = (name: string) => world.run(name, { context: 'callback' }).error?.message;
    for (const name of ['fetchIt', 'mailIt', 'triggers', 'newTrigger', 'who', 'freely']) {
      expect([name, says(name)]).toEqual([name, expect.stringMatching(/^The script completed but/)]);
    }
    for (const name of ['ui', 'alertIt', 'onOpen']) {
      expect(says(name)).toBe('Cannot call SpreadsheetApp.getUi() from this context.');
    }
  });

  it('simple trigger: menus, properties, cache and lock only', () => {
    for (const name of ['ui', 'freely', 'onOpen']) {
      expect(world.run(name, { context: 'simple-trigger' }).error).toBeUndefined();
    }
    const refused = ['fetchIt', 'fetchAllOfIt', 'mailIt', 'triggers', 'newTrigger', 'alertIt', 'who'].map(
      name => world.run(name, { context: 'simple-trigger' }).error?.message,
    );
    expect(refused[0]).toBe(
      'You do not have permission to call UrlFetchApp.fetch. Required permissions: https://www.googleapis.com/auth/script.external_request',
    );
    for (const message of refused) expect(message).toMatch(/^You do not have permission to call /);
  });
});

describe('scopes', () => {
  it.each([
    ['script.external_request', 'fetchIt', 'UrlFetchApp.fetch'],
    ['script.external_request', 'fetchAllOfIt', 'UrlFetchApp.fetchAll'],
    ['script.send_mail', 'mailIt', 'MailApp.sendEmail'],
    ['script.scriptapp', 'triggers', 'ScriptApp.getProjectTriggers'],
    ['script.scriptapp', 'newTrigger', 'ScriptApp.newTrigger'],
    ['userinfo.email', 'who', 'Session.getEffectiveUser'],
  ])('without %s %s fails', (scope, name, call) => {
    const url = `https://www.googleapis.com/auth/${scope}`;
    const oauthScopes = SCOPES.filter(granted => granted !== url);
    const expected = `You do not have permission to call ${call}. Required permissions: ${url}`;
    expect(smallWorld(CODE, { manifest: { oauthScopes } }).run(name).error?.message).toBe(expected);
    expect(smallWorld(CODE, { scopes: oauthScopes }).run(name).error?.message).toBe(expected);
  });

  it('of a manifest without a list are none', () => {
    expect(smallWorld(CODE, { manifest: { oauthScopes: undefined } }).run('triggers').error).toBeDefined();
  });
});

describe('the language of the user', () => {
  it('is the language of the errors', () => {
    const world = smallWorld(CODE, { userLanguage: 'ru', scopes: [] });
    expect(world.run('fetchIt').error?.message).toBe(
      'У вас нет разрешения на вызов функции "UrlFetchApp.fetch". Требуемые разрешения: https://www.googleapis.com/auth/script.external_request',
    );
    expect(world.run('missing').error?.message).toMatch(/^Функция скрипта не найдена/);
    expect(world.run('freely').value).toBe('Europe/Moscowru');
  });
});

describe('the user interface', () => {
  it('keeps menus, the later of one name replacing the earlier; an item can be clicked', () => {
    const world = smallWorld(CODE);
    world.run('onOpen', { context: 'simple-trigger' });
    world.run('onOpen', { context: 'simple-trigger' });
    expect(world.menus).toEqual([
      {
        title: 'Monitor',
        items: [
          { kind: 'item', caption: 'Fetch', functionName: 'fetchIt' },
          { kind: 'separator' },
          {
            kind: 'menu',
            menu: { title: 'More', items: [{ kind: 'item', caption: 'Mail', functionName: 'mailIt' }] },
          },
        ],
      },
    ]);
    expect(world.click('Monitor', 'Fetch').value).toBe(200);
    world.click('Monitor', 'Mail');
    expect(world.mail).toMatchObject([
      { to: 'a@example.com', subject: 'Hello', body: 'World', from: world.owner, at: NOON + 100 },
    ]);
    expect(() => world.click('Monitor', 'Nothing')).toThrow('There is no "Nothing"');
  });

  it('takes answers in order and tells what was asked', () => {
    const world = smallWorld(CODE);
    const outcome = world.run('dialogs', {
      answers: [{ text: 'secret', afterMs: 5000 }, 'OK', 'NO', 'CANCEL', 'CLOSE'],
    });
    expect(outcome.value).toEqual([true, true, '{"c":"CANCEL"}', 'secret', true, true]);
    expect(outcome.dialogs[0]).toEqual({
      kind: 'prompt',
      title: 'Title',
      text: 'Token?',
      buttons: ['OK', 'CANCEL'],
      answer: { button: 'OK', text: 'secret' },
    });
    expect(outcome.dialogs.map(({ text, buttons }) => [text, buttons.length])).toEqual([
      ['Token?', 2],
      ['a', 1],
      ['b', 2],
      ['c', 3],
      ['again', 1],
    ]);
    expect(outcome.endedAt - outcome.startedAt).toBe(5000);
  });

  it('lets no question go unanswered and no answer be impossible', () => {
    const world = smallWorld(`${CODE}
function careful() { try { SpreadsheetApp.getUi().alert('Really?'); } catch (e) {} }`);
    expect(() => world.run('careful')).toThrow('Nobody answers the alert "Really?"');
    expect(() => world.run('careful', { answers: ['YES'] })).toThrow(
      'The test answers YES, but "Really?" offers OK',
    );
  });
});
