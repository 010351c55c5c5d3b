import { createHash, createHmac } from 'node:crypto';
import { NOON, smallWorld } from './support/smallWorld';
import type { World } from './world';

/** The value of an expression inside a script, or its error's message. */
function evaluated(world: World, expression: string): unknown {
  const name = 'go';
  const outcome = world.run(name, { event: { expression } });
  return outcome.error ? outcome.error.message : outcome.value;
}

const world = (options: Parameters<typeof smallWorld>[1] = {}): World =>
  smallWorld('function go(e) { return eval(e.expression); }', options);

const PROPERTIES = 'PropertiesService.getScriptProperties()';
const CACHE = 'CacheService.getScriptCache()';

describe('properties', () => {
  it('hold strings, apart per store and user, and outlive executions', () => {
    const w = world();
    expect(
      evaluated(w, `${PROPERTIES}.setProperty('a', '1').setProperties({ b: '2' }).getProperties()`),
    ).toEqual({ a: '1', b: '2' });
    expect(evaluated(w, `PropertiesService.getUserProperties().getProperty('a')`)).toBeNull();
    expect(evaluated(w, `${PROPERTIES}.setProperties({ c: '3' }, true).getKeys()`)).toEqual(['c']);
    expect(
      evaluated(w, `${PROPERTIES}.deleteProperty('c').deleteProperty('none').getProperty('c')`),
    ).toBeNull();
    expect(evaluated(w, `${PROPERTIES}.setProperty('c', 1)`)).toMatch(/^The parameters \(String,number\)/);
    expect(evaluated(w, `${PROPERTIES}.setProperties({ c: 1 })`)).toMatch(
      /^The parameters \(String,number\)/,
    );
    expect(evaluated(w, `${PROPERTIES}.getProperty()`)).toMatch(/^The parameters \(\)/);
  });

  it('count 9 KB a value and 500 KB a store in bytes, changing nothing when over', () => {
    const w = world();
    expect(evaluated(w, `${PROPERTIES}.setProperty('я', 'я'.repeat(4608)).getProperty('я').length`)).toBe(
      4608,
    );
    expect(evaluated(w, `${PROPERTIES}.setProperty('я', 'я'.repeat(4608) + '.')`)).toBe(
      'Argument too large: value',
    );
    const many = `Object.fromEntries(Array.from({ length: 54 }, (_, i) => ['k' + i, 'x'.repeat(9216)]))`;
    expect(evaluated(w, `${PROPERTIES}.setProperties(${many}).getKeys().length`)).toBe(55);
    const before = w.properties().bytes();
    expect(evaluated(w, `${PROPERTIES}.setProperty('more', 'x'.repeat(5000))`)).toBe(
      'You have exceeded the property storage quota. Please remove some properties and try again.',
    );
    expect(w.properties().bytes()).toBe(before);
    expect(evaluated(w, `${PROPERTIES}.setProperty('k0', 'y'.repeat(9216)).getProperty('k0')[0]`)).toBe('y');
  });

  it('cost 40 ms and a piece of the daily quota each', () => {
    const w = world();
    w.quotas.limits.properties = 3;
    const outcome = w.run('go', {
      event: { expression: `${PROPERTIES}.getProperty('a'), ${PROPERTIES}.setProperties({ b: '', c: '' })` },
    });
    expect(outcome.endedAt - outcome.startedAt).toBe(80);
    expect(outcome.calls).toEqual(['Properties.getProperty', 'Properties.setProperties']);
    expect(evaluated(w, `${PROPERTIES}.getProperty('a')`)).toBe(
      'Service invoked too many times for one day: properties.',
    );
    w.jumpTo(NOON + 86_400_000);
    expect(evaluated(w, `${PROPERTIES}.getProperty('a')`)).toBeNull();
  });
});

describe('priced calls', () => {
  it('are counted by service; what costs nothing is not', () => {
    const outcome = world().run('go', {
      event: {
        expression: `${PROPERTIES}.setProperty('a', '1'), ${PROPERTIES}.getProperty('a'), ${CACHE}.get('a'),
          LockService.getScriptLock().tryLock(1), Utilities.sleep(5),
          SpreadsheetApp.getActiveSpreadsheet().getSheets()[0].getLastRow()`,
      },
    });
    expect(outcome.error).toBeUndefined();
    expect(outcome.priced).toEqual({ spreadsheet: 2, properties: 3, cache: 1 });
    expect(outcome.endedAt - outcome.startedAt).toBe(2 * 100 + 3 * 40 + 30 + 5);
  });
});

describe('the cache', () => {
  it('turns everything into text, forgets by time, and at will', () => {
    const w = world();
    expect(
      evaluated(
        w,
        `${CACHE}.put('a', 'x', 10), ${CACHE}.put('n', 5), ${CACHE}.put('o', {}), ${CACHE}.getAll(['a', 'n', 'o', 'z'])`,
      ),
    ).toEqual({
      a: 'x',
      n: '5',
      o: '[object Object]',
    });
    expect(evaluated(w, `Utilities.sleep(9000), ${CACHE}.get('a')`)).toBe('x');
    expect(evaluated(w, `Utilities.sleep(1000), ${CACHE}.get('a')`)).toBeNull();
    expect(evaluated(w, `${CACHE}.get('n')`)).toBe('5');
    w.cache().forget();
    expect(evaluated(w, `${CACHE}.get('n')`)).toBeNull();
  });

  it('has limits', () => {
    const w = world();
    expect(evaluated(w, `${CACHE}.put('a', 'x'.repeat(102400))`)).toBeUndefined();
    expect(evaluated(w, `${CACHE}.put('a', 'x'.repeat(102401))`)).toBe('Argument too large: value');
    expect(evaluated(w, `${CACHE}.put('k'.repeat(251), 'x')`)).toBe('Argument too large: key');
    expect(evaluated(w, `${CACHE}.put('', 'x')`)).toBe('Invalid argument: key');
    expect(evaluated(w, `${CACHE}.put('a', 'x', 21601)`)).toBe('Invalid argument: expirationInSeconds');
    const fill = `${CACHE}.putAll(Object.fromEntries(Array.from({ length: 1000 }, (_, i) => ['f' + i, 'x'])))`;
    expect(evaluated(w, `${fill}, ${CACHE}.getAll(['a', 'f0', 'f98', 'f99', 'f999'])`)).toEqual({
      f99: 'x',
      f999: 'x',
    });
  });
});

describe('mail', () => {
  it('takes the documented forms', () => {
    const w = world();
    evaluated(w, `MailApp.sendEmail('a@b.ru', 's', 'b', { cc: 'c@d.ru', name: 'N' })`);
    evaluated(w, `MailApp.sendEmail('a@b.ru,e@f.ru', 'r@b.ru', 's', 'b')`);
    evaluated(w, `MailApp.sendEmail({ to: 'a@b.ru', subject: 's', htmlBody: '<b>' })`);
    expect(w.mail.map(({ from: _, at: __, ...mail }) => mail)).toEqual([
      { to: 'a@b.ru', subject: 's', body: 'b', cc: 'c@d.ru', name: 'N' },
      { to: 'a@b.ru,e@f.ru', subject: 's', body: 'b', replyTo: 'r@b.ru' },
      { to: 'a@b.ru', subject: 's', body: '', htmlBody: '<b>' },
    ]);
    expect(evaluated(w, 'MailApp.getRemainingDailyQuota()')).toBe(95);
  });

  it('refuses bad addresses, too much and too many', () => {
    const w = world();
    expect(evaluated(w, `MailApp.sendEmail('nobody', 's', 'b')`)).toBe('Invalid email: nobody');
    expect(evaluated(w, `MailApp.sendEmail('', 's', 'b')`)).toBe('Invalid email: ');
    expect(evaluated(w, `MailApp.sendEmail('a@b.ru', 's', 'x'.repeat(204801))`)).toBe(
      'Limit exceeded: Email Body Size.',
    );
    expect(evaluated(w, `MailApp.sendEmail(Array(51).fill('a@b.ru').join(), 's', 'b')`)).toMatch(
      /^Limit exceeded: Email Recipients/,
    );
    expect(evaluated(w, `Array(101).fill(0).forEach(() => MailApp.sendEmail('a@b.ru', 's', 'b'))`)).toBe(
      'Service invoked too many times for one day: email.',
    );
    expect(w.mail).toHaveLength(100);
    expect(() => evaluated(w, `MailApp.sendEmail({ to: 'a@b.ru', attachments: [] })`)).toThrow(
      'with attachments is not emulated',
    );
  });
});

describe('Utilities', () => {
  const signed = (bytes: Buffer): number[] => [...new Int8Array(bytes)];
  const w = world();

  it('sleeps, up to five minutes', () => {
    const outcome = w.run('go', { event: { expression: 'Utilities.sleep(300000)' } });
    expect(outcome.endedAt - outcome.startedAt).toBe(300_000);
    expect(evaluated(w, 'Utilities.sleep(300001)')).toBe('Invalid argument: milliseconds');
    expect(evaluated(w, 'Utilities.sleep(-1)')).toBe('Invalid argument: milliseconds');
  });

  it('works with signed bytes, in ASCII unless told otherwise', () => {
    expect(evaluated(w, `Utilities.computeDigest(Utilities.DigestAlgorithm.SHA_256, 'abc')`)).toEqual(
      signed(createHash('sha256').update('abc').digest()),
    );
    expect(
      evaluated(w, `Utilities.computeDigest(Utilities.DigestAlgorithm.MD5, 'я', Utilities.Charset.UTF_8)`),
    ).toEqual(signed(createHash('md5').update('я').digest()));
    expect(evaluated(w, `Utilities.computeHmacSha256Signature('я', 'key')`)).toEqual(
      signed(createHmac('sha256', 'key').update('?').digest()),
    );
    expect(evaluated(w, `Utilities.computeHmacSha256Signature([104, 105], [-1, 0])`)).toEqual(
      signed(
        createHmac('sha256', Buffer.from([255, 0]))
          .update('hi')
          .digest(),
      ),
    );
    expect(evaluated(w, `Utilities.base64Encode([-5, -17])`)).toBe('++8=');
    expect(evaluated(w, `Utilities.base64EncodeWebSafe([-5, -17])`)).toBe('--8=');
    expect(evaluated(w, `Utilities.base64DecodeWebSafe('--8')`)).toEqual([-5, -17]);
    expect(evaluated(w, `Utilities.base64Decode('++8=')`)).toEqual([-5, -17]);
    expect(evaluated(w, `Utilities.base64Decode('++8')`)).toBe('Could not decode string.');
    expect(evaluated(w, `Utilities.base64Encode([200])`)).toMatch(/^The parameters \(number\[\]\)/);
  });

  it('formats and parses dates of the script', () => {
    expect(evaluated(w, `Utilities.formatDate(new Date(0), 'Asia/Kathmandu', 'yyyy-MM-dd HH:mm XXX')`)).toBe(
      '1970-01-01 05:30 +05:30',
    );
    expect(evaluated(w, `Utilities.parseDate('20.11.2026', 'Europe/Moscow', 'dd.MM.yyyy')`)).toEqual(
      new Date(Date.UTC(2026, 10, 19, 21)),
    );
    expect(evaluated(w, `Utilities.formatDate(0, 'UTC', 'yyyy')`)).toMatch(/^The parameters/);
    expect(evaluated(w, `Utilities.formatDate(new Date(0), 'Mars', 'yyyy')`)).toBe(
      'Invalid argument: timeZone',
    );
    expect(() => evaluated(w, `Utilities.formatDate(new Date(0), 'UTC', 'W')`)).toThrow(
      'The pattern letter W is not emulated',
    );
  });
});
