import type { AmoErrorCode } from '../amoError';
import type { PingFailure } from '../ping';
import type { SettingProblem } from '../readSettings';
import { type Expectation, shownValue } from '../settingKinds';
import type { ru } from './ru';

/** Everything that a user sees, in English. */

const YES_NO = { yes: 'yes', no: 'no' };

const expectation = (expects: Expectation): string => {
  switch (expects.kind) {
    case 'account-address':
      return "an amoCRM account's address is needed: mycompany, mycompany.amocrm.ru, .amocrm.com or .kommo.com";
    case 'whole-number':
      return `a whole number from ${expects.from} to ${expects.to} is needed`;
    case 'choice':
      return `one of these is needed: ${expects.choices.join(', ')}`;
    case 'time-zone':
      return 'the name of a time zone is needed, for example Europe/Moscow';
    case 'time-of-day':
      return `a time hh:mm from ${expects.from} to 23:59 is needed, for example 03:00`;
    case 'user-ids':
      return 'user ids separated by commas are needed, for example 123456, 234567';
    case 'yes-no':
      return '"yes" or "no" is needed';
    case 'email':
      return 'one e-mail address is needed, for example name@example.com';
  }
};

const settingLabels = {
  baseUrl: 'amoCRM address',
  token: 'Long-lived token',
  topEvents: 'Events in the report',
  timeZone: 'Time zone',
  reportTime: 'Report time',
  pingMinutes: 'Ping every, min',
  pingSamples: 'Requests per ping',
  requestsPerSecond: 'Requests per second',
  serviceAccounts: 'Service users',
  clientActionsCount: "Count clients' actions",
  language: 'Language',
  logLevel: 'Log level',
  notifyEmail: 'E-mail for notices',
};

export const en: typeof ru = {
  language: 'en',
  ...YES_NO,

  day: (day: string) => day,

  menu: {
    runReportNow: 'Run report now',
    pingNow: 'Measure ping now',
    setUp: 'Set up / repair',
    showStatus: 'Show status',
  },

  sheets: { settings: 'Settings', report: 'Report', days: 'Days', pings: 'Pings', log: 'Log' },

  columns: {
    settings: { setting: 'Setting', value: 'Value', meaning: 'Meaning', problem: 'Problem', key: 'Key' },
    report: {
      date: 'Date',
      event: 'Event',
      count: 'Count',
      peakMs: 'Peak load (ms)',
      peakTime: 'Peak time',
    },
    days: {
      date: 'Date',
      completeness: 'Completeness',
      events: 'All events',
      automated: 'Automated',
      manual: 'Made by people',
      pings: 'Pings',
      pingsFailed: 'Failed pings',
      medianMs: 'Median (ms)',
      peakMs: 'Peak (ms)',
      peakTime: 'Peak time',
      requests: 'Requests for the report',
      note: 'Note',
    },
    pings: {
      time: 'Time',
      ms: 'Latency (ms)',
      min: 'Min (ms)',
      max: 'Max (ms)',
      samples: 'Requests answered',
      status: 'HTTP status',
      cause: 'Cause',
      slot: 'Slot',
      counted: 'Counts for the peak',
      entry: 'Entry',
    },
    log: {
      when: 'When',
      job: 'Job',
      level: 'Level',
      what: 'What happened',
      effect: 'Effect on the data',
      todo: 'What to do',
      seconds: 'Duration (s)',
      requests: 'Requests',
    },
  },

  settings: {
    labels: settingLabels,
    meanings: {
      baseUrl:
        "The account's address as the browser shows it: mycompany.amocrm.ru (or .amocrm.com, .kommo.com).",
      token:
        'Paste a long-lived token: it moves to hidden storage at once, the cell keeps only dots. Safer through the menu "Set up / repair": the version history may keep what once stood in a cell. The token must be an administrator\'s.',
      topEvents: 'How many of the most frequent events to show for a day, from 1 to 50.',
      timeZone: "Whose calendar day counts, for example Europe/Moscow. Empty: the amoCRM account's zone.",
      reportTime:
        'When to collect the report for yesterday, 00:30 at the earliest. Google starts it within 15 minutes. After a change press "Set up / repair".',
      pingMinutes: 'How often to measure amoCRM\'s latency. After a change press "Set up / repair".',
      pingSamples: 'How many requests make one ping; the table gets their median.',
      requestsPerSecond: 'The most requests we send in a second. amoCRM allows no more than 7.',
      serviceAccounts:
        'Ids of amoCRM users under whose names integrations work: their events count as automated.',
      clientActionsCount:
        "Whether clients' own actions count as automated: incoming messages, calls, mails, site visits.",
      language: "Language of sheets and messages: auto (the spreadsheet's), ru or en.",
      logLevel: 'What goes into the log: DEBUG (everything), INFO, WARN (only warnings and errors) or ERROR.',
      notifyEmail: 'Where mails about failures will go. Mails come with the next version.',
    },
    problem: (problem: SettingProblem): string => {
      switch (problem.kind) {
        case 'invalid':
          return `"${problem.found}" does not fit: ${expectation(problem.expects)}. ${
            problem.key === 'baseUrl'
              ? 'Until the address is corrected, no pings and no reports are made.'
              : problem.inForce === ''
                ? 'Until then it counts as empty.'
                : `Until then ${shownValue(problem.expects, problem.inForce, YES_NO)} is used.`
          }`;
        case 'duplicate':
          return 'This setting stands above already. The upper row counts, this one can be deleted.';
        case 'missing-row':
          return 'The row is missing on the sheet, the default is used. To bring it back: menu "Set up / repair".';
        case 'required':
          return problem.key === 'baseUrl'
            ? "Enter the account's address: without it no pings and no reports are made."
            : 'Paste the token: without it no pings and no reports are made.';
        case 'bad-token':
          return 'The text holds characters that no token has. Copy the whole token in amoCRM again; the cell was cleared.';
      }
    },
    named: (key: keyof typeof settingLabels, problem: string) =>
      `Settings, row "${settingLabels[key]}": ${problem}`,
  },

  complete: 'complete',
  noEvents: 'No events',

  jobs: {
    dailyReport: 'Report',
    hourlyPing: 'Ping',
    setUp: 'Set-up',
    showStatus: 'Status',
  },

  pingFailure: (failure: PingFailure, status: number): string => {
    switch (failure) {
      case 'no-connection':
        return 'no connection';
      case 'timeout':
        return 'no answer within 30 seconds';
      case 'not-api':
        return 'a page or nothing came instead of data';
      case 'http':
        return `answer ${status}: ${httpMeaning(status)}`;
    }
  },
  someSamplesFailed: (failed: number, taken: number, cause: string) =>
    `${failed} of ${taken} requests failed: ${cause}`,
  duringCollection: 'while events were being collected, does not count for the peak',
  allPingsFailed: (causes: string) => `All pings failed: ${causes}`,
  somePingsFailed: (causes: string) => `Failed pings: ${causes}`,
  times: (text: string, count: number) => (count > 1 ? `${text} (${count})` : text),
  unreadableEvents: (count: number) => `Records that could not be read: ${count}`,

  error: {
    what: (code: AmoErrorCode, status: number): string => {
      switch (code) {
        case 'no-connection':
          return 'amoCRM does not answer: no connection to the server';
        case 'timeout':
          return 'amoCRM did not answer within 30 seconds';
        case 'too-many-requests':
          return 'amoCRM asks to wait: too many requests (429)';
        case 'server-error':
          return `A failure on amoCRM's side (${status})`;
        case 'not-api':
          return 'amoCRM answers with a page (HTML) or an empty body instead of data';
        case 'malformed':
          return "amoCRM's answer could not be read: the expected data is missing";
        case 'users-incomplete':
          return 'amoCRM gave an incomplete list of users';
        case 'token-refused':
          return 'amoCRM does not accept the token (401)';
        case 'payment-required':
          return "amoCRM refused: the account's subscription is not paid (402)";
        case 'forbidden':
          return 'amoCRM refused access: the token lacks the rights (403)';
        case 'blocked':
          return 'amoCRM did not let us in (403, a block page)';
        case 'not-found':
          return 'There is no amoCRM account at this address (404)';
        case 'redirected':
          return `This address leads to another place (${status})`;
        case 'refused':
          return `amoCRM refused the request (${status})`;
        case 'out-of-time':
          return 'Not enough time: the day was not collected in one run';
      }
    },
    todo: (code: AmoErrorCode): string => {
      switch (code) {
        case 'no-connection':
        case 'timeout':
        case 'server-error':
        case 'malformed':
        case 'users-incomplete':
          return 'This usually passes by itself. Open amoCRM in the browser; when it works, choose "Run report now" in the menu.';
        case 'not-api':
          return 'Open amoCRM in the browser: there may be maintenance, or the account is closed. Then choose "Run report now".';
        case 'too-many-requests':
          return 'Lower "Requests per second" in the settings and see whether other integrations load the account.';
        case 'token-refused':
          return 'Create a new long-lived token (amoMarket → your integration → "Keys") and choose "Set up / repair" in the menu.';
        case 'payment-required':
          return 'Renew the amoCRM subscription.';
        case 'forbidden':
          return 'Create the token as a user with administrator rights and choose "Set up / repair".';
        case 'blocked':
          return "Wait an hour. If it stays, write to amoCRM's support: the account or Google's addresses are blocked.";
        case 'not-found':
        case 'redirected':
          return 'Check "amoCRM address" in the settings.';
        case 'refused':
          return 'Try again later. If it stays, give this row to the developer.';
        case 'out-of-time':
          return 'Raise "Requests per second" (7 at most) and choose "Run report now".';
      }
    },
  },

  effect: {
    reportUnchanged: (day: string) =>
      `The report for ${day} was not written. Earlier rows are unchanged, the pings are kept.`,
    reportInDoubt: (day: string) =>
      `Writing the report for ${day} was interrupted: some rows of that day may be missing. Run the report again, the rows will be replaced.`,
    pingNotStored: 'The ping was not stored.',
    nothingDone: 'Nothing was done, the data is unchanged.',
    none: 'No data was harmed.',
  },

  unexpected: (message: string) => `Unexpected error: ${message}`,
  unexpectedTodo: 'Try again. If the error comes back, give this row to the developer.',
  notSetUp: (missing: string) => `Not set up: ${missing}`,
  notSetUpTodo: 'Choose "Set up / repair" in the menu amoCRM Monitor.',
  alreadyRunning: (job: string, since: string) => `${job}: already running since ${since}`,
  alreadyRunningTodo: 'Wait until it ends: usually less than six minutes.',
  lockBusy: 'The storage is busy with another run',
  lockBusyTodo: 'Try again in a minute.',
  logUnavailable: (message: string) => `The log could not be written: ${message}`,
  namesUnavailable: 'The names of events could not be had, the built-in ones are used',

  report: {
    done: (day: string, events: number, automated: number) =>
      `The report for ${day} is ready: ${events} events, ${automated} of them automated`,
  },

  ping: {
    done: (ms: number, succeeded: number, taken: number) =>
      `amoCRM's latency: ${ms} ms (${succeeded} of ${taken} requests answered)`,
    failed: (cause: string) => `The ping failed: ${cause}`,
    failedEffect: 'The ping is stored as failed and does not count for the peak.',
    failedTodo:
      'If it repeats, open amoCRM in the browser and check the address and the token in the settings.',
  },

  setUp: {
    askAddress: "Your amoCRM account's address, for example mycompany.amocrm.ru",
    askToken:
      'The amoCRM long-lived token (amoMarket → your integration → "Keys" → "Generate token"). It must be an administrator\'s. It is kept in the script\'s hidden properties and never shown in the spreadsheet.',
    askTokenAgain: 'amoCRM does not accept the stored token (401). Paste a new one.',
    badToken: 'The text holds characters that no token has. Copy the whole token.',
    cancelled: (missing: string) =>
      `The sheets are ready, but something is missing. ${missing} When you have it at hand, choose "Set up / repair" again.`,
    connected: (account: string, zone: string) =>
      `Connected to amoCRM. Account: ${account}. Time zone: ${zone}.`,
    scheduled: (reportTime: string, pingMinutes: number) =>
      `The report for yesterday will come every day at about ${reportTime}, a ping every ${pingMinutes} min.`,
    reportLater: 'Make the report for yesterday with "Run report now" in the menu.',
    offerReport:
      'Make the report for yesterday right now? It usually takes from a few seconds to five minutes.',
  },

  status: {
    account: (account: string) => `Account: ${account}`,
    notConnected: 'Account: not connected yet',
    zone: (zone: string) => `Time zone: ${zone}`,
    lastPing: (when: string, result: string) => `Last ping: ${when}, ${result}`,
    noPing: 'Last ping: none yet',
    pingMs: (ms: number) => `${ms} ms`,
    lastReport: (day: string) => `Last report: for ${day}`,
    noReport: 'Last report: none yet',
    triggers: (scheduled: string) => `Schedule: ${scheduled}`,
    noTriggers: 'Schedule: not installed. Choose "Set up / repair".',
    errors: (count: number) => `Errors in the log in the last 24 hours: ${count}`,
  },

  triggers: {
    hourlyPing: (minutes: number) => `ping every ${minutes} min`,
    dailyReport: (time: string, zone: string) => `report at ${time} (${zone})`,
  },
};

function httpMeaning(status: number): string {
  if (status === 401) return 'the token is not accepted';
  if (status === 402) return 'the subscription is not paid';
  if (status === 403) return 'access is closed';
  if (status === 404) return 'the account was not found';
  if (status === 429) return 'too many requests';
  if (status >= 500) return "a failure on amoCRM's side";
  if (status >= 300 && status < 400) return 'the address leads to another place';
  return 'an unexpected answer';
}
