import { SETTING_ROWS, type SettingRow } from '../../src/core/settings';
import { MASK } from '../../src/core/token';
import { settingsEdited } from '../../src/jobs/settingsEdited';
import { inMemoryOutside } from '../support/inMemoryOutside';
import { keptToken } from '../support/keptToken';
import { SETTINGS_SHEET_ID } from '../support/memoryWorkbook';

const world = () =>
  inMemoryOutside({ settings: { baseUrl: 'mycompany' }, properties: { token: 'old', language: 'ru' } });
const edit = (one: ReturnType<typeof world>, key: SettingRow, value: string | number) => {
  one.contents.settings.find(row => row.key === key)!.value = value;
  settingsEdited(one.outside, SETTINGS_SHEET_ID);
};

describe('M15 · settingsEdited', () => {
  it('M15 · a token typed into the sheet moves away at once', () => {
    const one = world();
    edit(one, 'token', 'S3CRET');
    expect(keptToken(one.properties)).toBe('S3CRET');
    expect(one.properties.has('token')).toBe(false);
    expect(one.contents.settings.find(({ key }) => key === 'token')!.value).toBe(MASK);
    expect(one.everythingShown()).not.toContain('S3CRET');
  });

  it('M15 · a problem shows at once, and goes at once', () => {
    const one = world();
    const row = SETTING_ROWS.indexOf('topEvents');
    edit(one, 'topEvents', 'x');
    expect(one.contents.problems[row]).toMatch(/^«x» не подходит/);
    edit(one, 'topEvents', 9);
    expect(one.contents.problems[row]).toBe('');
  });

  it('M15 · a new language is spoken at once, and only then are titles written', () => {
    const one = world();
    edit(one, 'topEvents', 9);
    expect(one.steps.log).not.toContain('workbook.ensure');
    edit(one, 'language', 'en');
    expect(one.contents.titles).toBe('en');
    edit(one, 'topEvents', 8);
    expect(one.steps.log.filter(step => step === 'workbook.ensure')).toHaveLength(1);
    edit(one, 'language', 'auto');
    expect(one.contents.titles).toBe('ru');
  });

  it('M15 · an edit of another sheet does nothing at all', () => {
    const one = world();
    settingsEdited(one.outside, SETTINGS_SHEET_ID + 9);
    expect(one.steps.log).toEqual([]);
  });

  it('M15 · asks amoCRM nothing and takes no lock', () => {
    const one = world();
    edit(one, 'language', 'en');
    expect(one.requests).toEqual([]);
    expect(one.steps.log.filter(step => step.startsWith('mutex'))).toEqual([]);
  });
});
