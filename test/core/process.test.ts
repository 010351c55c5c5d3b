import fc from 'fast-check';
import { ACTORS } from '../../src/core/actor';
import {
  actorsRestKey,
  isFoldable,
  type Process,
  processKey,
  processOf,
  restKey,
} from '../../src/core/process';

const actor = fc.constantFrom(...ACTORS);
const words = fc.stringMatching(/^[^\s|=]{1,20}$/);
const name = fc.string({ unit: 'binary' });
const subject = fc.record({
  kind: fc.constantFrom('stage' as const, 'tag' as const, 'field' as const, 'linked' as const),
  id: name.map(id => id.replace(/\s+/g, ' ')),
});
const about = fc.oneof(fc.constantFrom(undefined, 'rest' as const), subject);
const ofType: fc.Arbitrary<Process> = fc.record({ actor, type: words, about });
const byRule: fc.Arbitrary<Process> = fc.record({ actor, rule: fc.nat(49) });

describe('T16 · keys of processes', () => {
  it.each<[Process, string]>([
    [{ actor: 'robot', type: 'lead_added', about: undefined }, '0:lead_added|'],
    [
      { actor: 'service', type: 'lead_status_changed', about: { kind: 'stage', id: '437642/142' } },
      '2:lead_status_changed|s437642/142',
    ],
    [{ actor: 'client', type: 'incoming_call', about: 'rest' }, '1:incoming_call|*'],
    [{ actor: 'unknown', rule: 12 }, '3:=|12'],
  ])('Q4 · %j is stored as %j', (process, key) => {
    expect(processKey(process)).toBe(key);
    expect(processOf(key)).toEqual(process);
  });

  it('T16 · D8 · any process is read back: a tag with bars, quotes, half characters, or called *', () => {
    fc.assert(fc.property(fc.oneof(ofType, byRule), one => expect(processOf(processKey(one))).toEqual(one)));
    for (const id of ['*', '=', '|', 'a|b', '__proto__', '"', '\ud83d', '😀'])
      for (const type of ['entity_tag_added', '__proto__']) {
        const one: Process = { actor: 'robot', type, about: { kind: 'tag', id } };
        expect(processOf(processKey(one))).toEqual(one);
      }
  });

  it('T16 · D8 · a key is one line, and has its bar where the type ends, whatever a type or tag is called', () => {
    fc.assert(
      fc.property(actor, name, name, (who, type, id) => {
        const key = processKey({ actor: who, type, about: { kind: 'tag', id } });
        expect(key).not.toMatch(/[\n\r\u2028\u2029]/);
        expect(processOf(key)).toMatchObject({ actor: who, about: { kind: 'tag' } });
        expect(key.slice(0, key.indexOf('|'))).toBe(
          `${ACTORS.indexOf(who)}:${type.replace(/^=$|[|\s]/g, '_')}`,
        );
      }),
    );
  });

  it('D6 · a type that looks like a name of the user’s is a type all the same', () => {
    const key = processKey({ actor: 'robot', type: '=', about: undefined });
    expect(processOf(key)).toMatchObject({ type: expect.any(String), about: undefined });
    expect(isFoldable(key)).toBe(true);
  });

  it.each([
    ['VIP  клиент', 'VIP клиент'],
    ['VIP\r\n\tклиент', 'VIP клиент'],
  ])('T16 · D8 · line breaks and wide gaps within a tag are one space: %j', (id, shown) => {
    const key = processKey({ actor: 'robot', type: 'entity_tag_added', about: { kind: 'tag', id } });
    expect(processOf(key)).toMatchObject({ about: { kind: 'tag', id: shown } });
  });

  it.each(['=a', 'a=', 'a=b', '=='])('D6 · a type is kept as it is where it only has %j in it', type => {
    expect(processOf(processKey({ actor: 'robot', type, about: undefined }))).toMatchObject({ type });
  });

  it('T16 · a key of nobody known is the doing of an unknown actor', () => {
    expect(processOf('9:lead_added|')).toEqual({ actor: 'unknown', type: 'lead_added', about: undefined });
  });
});

describe('T16 · the rest of a type', () => {
  it('T16 · is one process for each type and actor', () => {
    fc.assert(
      fc.property(ofType, subject, (one, other) => {
        const key = processKey(one);
        const rest = restKey(key);
        expect(processOf(rest)).toEqual({ ...one, about: 'rest' });
        expect(restKey(rest)).toBe(rest);
        expect(restKey(processKey({ ...(one as { type: string; actor: 'robot' }), about: other }))).toBe(
          rest,
        );
      }),
    );
  });

  it('T16 · is in its turn a part of the rest of its actor', () => {
    for (const key of ['2:lead_added|', '2:entity_tag_added|tVIP', '2:entity_tag_added|*', '2:|*'])
      expect(actorsRestKey(key)).toBe('2:|*');
    expect(processOf('2:|*')).toEqual({ actor: 'service', type: '', about: 'rest' });
  });

  it.each([
    ['0:lead_added|', true],
    ['0:entity_tag_added|tVIP', true],
    ['0:entity_tag_added|t*', true],
    ['0:entity_tag_added|ta|*', true],
    ['0:entity_tag_added|*', true],
    ['0:=|=Синхронизация', false],
    ['0:=|=', false],
  ])('T16 · %j may be folded: %p', (key, foldable) => {
    expect(isFoldable(key)).toBe(foldable);
  });
});
