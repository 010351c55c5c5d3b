import fc from 'fast-check';
import { type Subject, type SubjectKind, subjectOf, subjectText } from '../../src/core/subject';

const LETTERS: Record<SubjectKind, string> = {
  ...{ stage: 's', customerStage: 'c', tag: 't', field: 'f', responsible: 'r' },
  ...{ taskType: 'k', channel: 'm', linked: 'l', bot: 'b' },
};
const kinds = Object.keys(LETTERS) as SubjectKind[];

describe('T16 · subjects as short texts', () => {
  // What is stored keeps its meaning.
  it.each(kinds)('Q4 · %s keeps its letter', kind => {
    expect(subjectText({ kind, id: '437642/142' })).toBe(`${LETTERS[kind]}437642/142`);
  });

  it('Q4 · each kind has a letter of its own', () => {
    expect(new Set(Object.values(LETTERS)).size).toBe(kinds.length);
  });

  it('Q4 · any subject is read back', () => {
    const subject: fc.Arbitrary<Subject> = fc.record({
      kind: fc.constantFrom(...kinds),
      id: fc.string({ unit: 'binary' }),
    });
    fc.assert(fc.property(subject, one => expect(subjectOf(subjectText(one))).toEqual(one)));
  });

  it.each(['', '*', 'x5', '=name', '5'])('Q4 · none is stored as nothing, and %j is none', text => {
    expect(subjectText(undefined)).toBe('');
    expect(subjectOf(text)).toBeUndefined();
  });
});
