/**
 * Everything that is remembered from run to run, by the name of its script property. Besides these there are the
 * documents of `core/directory`, `core/knownUsers`, `core/latencyLog` and `core/storedCollection`.
 */

/** The tokens and all that belongs to them: `core/connection`. */
export const CONNECTION = 'connection';
/** Where earlier versions kept a long-lived token. */
export const LEGACY_TOKEN = 'token';
/** Secrets that were typed and that no run has used yet. */
export const TYPED = 'typed';
/** The last good values of the settings. */
export const LAST_GOOD = 'settings';
/** The account that was last met, and where. */
export const ACCOUNT = 'account';
/** The language in which our titles were last written. */
export const LANGUAGE = 'language';
/** Which triggers are ours, whose they are, and what they were made for. */
export const TRIGGERS = 'triggers';
/** The reports that are still to be made. */
export const PLAN = 'reports';
/** The line to amoCRM: its pace and pauses. */
export const LINE = 'line';
/** Which run has the line to amoCRM. */
export const LEASE = 'lease';
/** What is used of the quotas. */
export const USAGE = 'usage';
/** Jobs that fail, and mails that wait. */
export const NOTICES = 'notices';
/** Users of whom was said that they work like a machine. */
export const SUGGESTED = 'suggested';
/** Pings that fell due while another run had the line. */
export const DUE_PINGS = 'pingDue';

/** How the settings sheet looked when its last good values were read and nothing in it was left to be done. */
export const SETTINGS_TRACE = 'settingsTrace';
/** Rows of the log that wait: `core/waitingRows`. */
export const LOG_WAITS = 'logWaits';

/**
 * What goes when the monitor is switched off. What tables are made of stays (users ever seen, pings), and so does what
 * amoCRM has asked of us: a block is not over because somebody switched us off and on.
 */
export const GONE_WHEN_OFF = [
  CONNECTION,
  LEGACY_TOKEN,
  TYPED,
  PLAN,
  NOTICES,
  DUE_PINGS,
  'collection',
  'reported',
];
