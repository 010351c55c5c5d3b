import { CONNECTING, CONTINUATION, MENU, SCHEDULED, SIMPLE } from '../../src/core/entryPoints';
import * as doors from '../../src/main';

/** Contract 1: menus, triggers and deployments that exist hold these names. */
const FOREVER = [
  'onOpen',
  'onEdit',
  'setUp',
  'runReportNow',
  'pingNow',
  'showStatus',
  'hourlyPing',
  'dailyReport',
  'continueReport',
  'reportPeriod',
  'uninstall',
  'openConnect',
  'checkConnection',
  'connectRequest',
  'connectCallback',
];

describe('M16 · entry points', () => {
  it.each(FOREVER)('M16 · %s is a door and stays one', name => {
    expect((doors as Record<string, unknown>)[name]).toBeInstanceOf(Function);
  });

  it('M16 · both jobs can be started by hand, the report first of all', () => {
    expect(MENU[0]).toBe('runReportNow');
    expect(MENU).toEqual([
      ...['runReportNow', 'reportPeriod', 'pingNow'],
      ...['setUp', 'openConnect', 'checkConnection', 'showStatus', 'uninstall'],
    ]);
  });

  it('T12 · both jobs are scheduled', () => {
    expect([...SCHEDULED].sort()).toEqual(['dailyReport', 'hourlyPing']);
    expect(CONTINUATION).toBe('continueReport');
  });

  it('names no function that is not exported', () => {
    const named = [...MENU, ...SCHEDULED, ...SIMPLE, ...CONNECTING, CONTINUATION];
    expect([...FOREVER].sort()).toEqual([...new Set<string>(named)].sort());
  });
});
