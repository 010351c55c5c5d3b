/**
 * The functions that Google calls by name: from the custom menu, from time-driven triggers, as simple triggers.
 * Saved menus, triggers and deployments hold these names, so none is ever renamed. `src/main.ts` must export each;
 * the build fails when one is missing.
 */

/** The menu's items, in the order in which they stand there. */
export const MENU = [
  'runReportNow',
  'reportPeriod',
  'pingNow',
  'setUp',
  'openConnect',
  'checkConnection',
  'showStatus',
  'uninstall',
] as const;

/** The handlers of time-driven triggers: one trigger each. */
export const SCHEDULED = ['hourlyPing', 'dailyReport'] as const;

/** The handler of the one-off trigger by which a run that did not come to its end goes on soon. */
export const CONTINUATION = 'continueReport';

/** Called by the sidebar, and by Google when amoCRM's consent page leads back to us. */
export const CONNECTING = ['connectRequest', 'connectCallback'] as const;

/** Called by the spreadsheet itself, when it is opened and when a cell is edited. */
export const SIMPLE = ['onOpen', 'onEdit'] as const;

export type ScheduledFunction = (typeof SCHEDULED)[number];
