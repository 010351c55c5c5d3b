import fc from 'fast-check';
import { fingerprint } from '../../src/core/fingerprint';
import { traceOf, traceWith } from '../../src/core/settingsTrace';
import { SCHEMA_VERSION } from '../../src/core/tables';

describe('C7 · the trace of the settings sheet', () => {
  it('C7 · belongs to the values that were read with it', () => {
    const kept = traceWith('{"topEvents":"5"}', 'abc Sheet!A:E');
    expect(traceOf('{"topEvents":"5"}', kept)).toBe('abc Sheet!A:E');
    expect(traceOf('{"topEvents":"6"}', kept)).toBeUndefined();
  });

  it('F-T14 · of another version of the layout is none', () => {
    const kept = traceWith('{}', 'abc');
    expect(traceOf('{}', kept.replace(/^\d+/, String(SCHEMA_VERSION + 1)))).toBeUndefined();
  });
});

describe('fingerprint', () => {
  it('is the same for the same text, another for another, and short', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (one, other) => {
        expect(fingerprint(one) === fingerprint(other)).toBe(one === other);
        expect(fingerprint(one).length).toBeLessThan(20);
      }),
    );
  });

  it('sees a letter that changes, comes or goes, and two that change places', () => {
    const text = JSON.stringify(Array.from({ length: 20 }, (_, row) => [`key${row}`, row, '']));
    const seen = new Set([fingerprint(text)]);
    let changes = 1;
    for (let at = 0; at < text.length - 1; at += 1) {
      const [before, after] = [text.slice(0, at), text.slice(at + 1)];
      const all = new Set([
        `${before}Z${after}`,
        `${before}Z${text.slice(at)}`,
        `${before}${text[at + 1]}${text[at]}${text.slice(at + 2)}`,
      ]);
      all.delete(text);
      for (const changed of all) seen.add(fingerprint(changed));
      changes += all.size;
    }
    expect(seen.size).toBe(changes);
  });
});
