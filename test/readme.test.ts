import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SETTING_ROWS } from '../src/core/settings';
import { TEXTS } from '../src/core/texts';

const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');

describe('the README (T18)', () => {
  it.each(SETTING_ROWS)('explains the setting %s under its names in both languages', key => {
    const labels = [TEXTS.ru, TEXTS.en].map(({ settings }) => settings.labels[key]);
    expect(readme).toContain(`| ${labels.join(' / ')} | \`${key}\` |`);
  });

  it.each(['report', 'days', 'pings', 'log', 'settings'] as const)('explains the sheet %s', key => {
    expect(readme).toContain(`| ${TEXTS.ru.sheets[key]} / ${TEXTS.en.sheets[key]} |`);
  });

  it('names the test command that CI runs', () => {
    const ci = readFileSync(join(__dirname, '../.ci/run'), 'utf8');
    expect(readme).toMatch(/```\nnpm ci\nnpm test\n```/);
    expect(ci).toContain('npm test');
    expect(ci).toContain('npm ci');
  });
});
