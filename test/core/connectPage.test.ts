import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TEXTS } from '../../src/core/texts';
import { CONNECT_PAGE } from '../../src/core/texts/connectPage';

const { ru, en } = CONNECT_PAGE;
const CYRILLIC = /[а-яё]/i;

const everyText = (words: object) =>
  Object.entries(words).flatMap(([key, value]: [string, string | string[]]) =>
    [value].flat().map(text => ({ key, text })),
  );

describe('M8 · the words of the page "Connect amoCRM"', () => {
  it('are the same entries in both languages, lists of the same length', () => {
    const shape = (words: object) => everyText(words).map(({ key }) => key);
    expect(shape(en)).toEqual(shape(ru));
    expect(everyText(ru).filter(({ text }) => text.trim() !== text || text === '')).toEqual([]);
  });

  it('nothing English is in Cyrillic, nothing Russian in Latin letters alone', () => {
    expect(everyText(en).filter(({ text }) => CYRILLIC.test(text))).toEqual([]);
    expect(everyText(ru).filter(({ text }) => !CYRILLIC.test(text))).toEqual([
      { key: 'language', text: 'ru' },
    ]);
  });

  it('name the sheets as they are called', () => {
    for (const [words, texts] of [
      [ru, TEXTS.ru],
      [en, TEXTS.en],
    ] as const) {
      expect(words.reportDoneTodo).toContain(texts.sheets.report);
      expect(words.reportDoneTodo).toContain(texts.sheets.log);
    }
  });

  it('are there for each place of the page', () => {
    const page = readFileSync(join(__dirname, '../../src/ui/connect/page.html'), 'utf8');
    const named = (attribute: string) =>
      [...page.matchAll(new RegExp(`${attribute}="(\\w+)"`, 'g'))].map(match => match[1]!);
    const lists = named('data-list');
    const texts = [...named('data-text'), ...named('data-label')];
    expect(lists.filter(key => !Array.isArray(ru[key as 'tokenGuide']))).toEqual([]);
    expect(texts.filter(key => typeof ru[key as 'copy'] !== 'string')).toEqual([]);
    expect(texts.length).toBeGreaterThan(30);
  });
});
