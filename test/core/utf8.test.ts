import fc from 'fast-check';
import { piecesOf, utf8Bytes } from '../../src/core/utf8';

const odd = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      'a',
      'я',
      '€',
      '😀',
      '\ud83d',
      '\ude00',
      '\u0000',
      '"',
      '\n',
      '\u07ff',
      '\u0800',
      '\uffff',
      '\u{10000}',
    ),
  }),
);

describe('Q4 · texts in bytes', () => {
  it.each([
    ['', 0],
    ['a', 1],
    ['\u007f', 1],
    ['\u0080', 2],
    ['\u07ff', 2],
    ['\u0800', 3],
    ['\uffff', 3],
    ['\u{10000}', 4],
    ['😀', 4],
    ['\ud83d', 3], // half a character is written as one that stands for it
    ['тег "1"\n', 11],
  ])('Q4 · %j takes %d', (text, bytes) => {
    expect(utf8Bytes(text)).toBe(bytes);
  });

  it('Q4 · any text takes as many as Node counts', () => {
    fc.assert(fc.property(odd, text => utf8Bytes(text) === Buffer.byteLength(text)));
  });

  it('Q4 · pieces join to the text, are no larger than they may be, and end within no character', () => {
    fc.assert(
      fc.property(odd, fc.integer({ min: 4, max: 20 }), (text, most) => {
        const pieces = piecesOf(text, most);
        expect(pieces.join('')).toBe(text);
        for (const piece of pieces) expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(most);
        // No piece could have taken the next one's first character as well.
        pieces.slice(1).forEach((piece, index) => {
          expect(utf8Bytes(pieces[index]! + [...piece][0]!)).toBeGreaterThan(most);
        });
        if (utf8Bytes(text) <= most) expect(pieces).toEqual([text]);
      }),
    );
  });

  it.each<[string, number, string[]]>([
    ['', 4, ['']],
    ['abcd', 4, ['abcd']],
    ['abcde', 4, ['abcd', 'e']],
    ['яяя', 4, ['яя', 'я']],
    ['aяяя', 4, ['aя', 'яя']],
    ['a😀b', 4, ['a', '😀', 'b']],
  ])('Q4 · %j in pieces of %d: %j', (text, most, pieces) => {
    expect(piecesOf(text, most)).toEqual(pieces);
  });
});
