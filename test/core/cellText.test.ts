import fc from 'fast-check';
import { literalText } from '../../src/core/cellText';

describe('literalText', () => {
  it.each([
    ['Входящее сообщение'],
    ['Incoming message'],
    ['Ёлка'],
    ['Нет событий'],
    ['«Журнал»'],
    ['amoCRM AI'],
    ['lead_added'],
    ['(без названия)'],
    ['True story'],
    ['untrue'],
    ['Ложь во спасение'],
  ])('M8 · plain words are written as they are: %j', text => {
    expect(literalText(text)).toBe(text);
  });

  it.each([
    ['=1+1'],
    ['=IMPORTXML("x")'],
    ['+7 900'],
    ['-5'],
    ['@name'],
    ["'quoted"],
    ['12.11'],
    ['12.11.2025'],
    ['007'],
    ['1e9'],
    ['50%'],
    ['3:00'],
    ['1/2'],
    ['TRUE'],
    ['false'],
    ['Истина'],
    ['true  '],
    ['ложь\u00a0'],
    ['ЛОЖЬ'],
    ['wahr'],
    ['Vrai'],
    ['FAŁSZ'],
    ['Істина'],
    ['\t=1'],
    ['\r=1'],
    ['a\nb'],
    [' leading blank'],
    ['May 5'],
    ['https://example.com'],
    ['me@example.com'],
    ['🙂'],
    ['\u202Eabc'],
    ['#REF!'],
    ['$5'],
  ])('what a spreadsheet might take for something else gets an apostrophe: %j', text => {
    expect(literalText(text)).toBe(`'${text}`);
  });

  it('S9 · writes no half of a character, also where it cuts', () => {
    expect(literalText('до \uD83D после')).toBe('до \uFFFD после');
    expect(literalText('\uDE00')).toBe("'\uFFFD");
    expect(literalText('🙂')).toBe("'🙂");
    expect(literalText(`${'x'.repeat(49_997)}🙂🙂`).slice(-2)).toBe('\uFFFD…');
  });

  it('leaves an empty cell empty', () => {
    expect(literalText('')).toBe('');
  });

  it.each([
    ['a'.repeat(60_000), 49_999],
    [`=${'a'.repeat(60_000)}`, 50_000],
    ['a'.repeat(49_999), 49_999],
    ['a'.repeat(50_000), 49_999],
  ])('cuts a text that no cell holds, with a mark (%#)', (text, length) => {
    const written = literalText(text);
    expect(written).toHaveLength(length);
    expect(written.endsWith('…')).toBe(text.length > 49_999);
  });

  it('shows exactly the text, and is never a formula, number, date or truth value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), text => {
        const written = literalText(text);
        expect(written.startsWith("'") ? written.slice(1) : written).toBe(text);
        if (written.startsWith("'") || written === '') return;
        expect(written).not.toMatch(/^[\s=+\-@\d]/);
        expect(written).not.toMatch(/\d/);
      }),
      { numRuns: 1000 },
    );
  });
});
