import type { Actor } from '../actor';
import type { AmoErrorCode } from '../amoError';
import type { Pause } from '../line';
import type { LoopKind } from '../loops';
import type { MachineSign } from '../machineLike';
import type { PeriodProblem } from '../period';
import type { PingFailure } from '../ping';
import type { SettingProblem } from '../readSettings';
import type { RuleProblem } from '../rules';
import { type Expectation, shownValue } from '../settingKinds';
import { HOUR_COLUMNS, type HourColumn, type SheetKey } from '../tables';
import type { Quota, QuotaShare } from '../usage';
import { CONNECTION_TEXTS } from './connection';
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
    case 'client-id':
      return 'the integration ID is needed as amoCRM shows it, without spaces';
    case 'https-address':
      return 'an address that begins with https:// is needed';
  }
};

const settingLabels = {
  baseUrl: 'amoCRM address',
  token: 'Long-lived token',
  clientId: 'Integration ID',
  clientSecret: 'Secret key',
  redirectUri: 'Redirect URI',
  authCode: 'Authorisation code',
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
  googlePlan: 'Google plan',
  keepPingsDays: 'Keep pings, days',
  keepDetailsDays: 'Keep processes and hours, days',
};

const hourColumns = Object.fromEntries(HOUR_COLUMNS.map((column, hour) => [column, `${hour} h`])) as Record<
  HourColumn,
  string
>;

const pingColumns = {
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
};

export const en: typeof ru = {
  language: 'en',
  ...YES_NO,
  ...CONNECTION_TEXTS.en,

  day: (day: string) => day,

  menu: {
    runReportNow: 'Run report now',
    reportPeriod: 'Report for a period…',
    pingNow: 'Measure ping now',
    setUp: 'Set up / repair',
    openConnect: 'Connect amoCRM…',
    checkConnection: 'Check connection',
    showStatus: 'Show status',
    uninstall: 'Disconnect amoCRM',
  },

  sheets: {
    settings: 'Settings',
    rules: 'Rules',
    report: 'Report',
    days: 'Days',
    hours: 'Hours',
    processes: 'Processes',
    loops: 'Loops',
    latency: 'Latency by hour',
    pings: 'Pings',
    pingsArchive: 'Pings (archive)',
    log: 'Log',
  },

  columns: {
    settings: { setting: 'Setting', value: 'Value', meaning: 'Meaning', problem: 'Problem', key: 'Key' },
    rules: {
      type: 'Event',
      about: 'About',
      actor: 'Actor',
      hours: 'Hours',
      name: 'Name of the process',
      matched: 'Matched on the last day',
      problem: 'Problem',
    },
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
      operations: 'Automated operations',
      robot: 'Robots',
      robotShare: 'Robots, share',
      client: 'Clients',
      clientShare: 'Clients, share',
      service: 'Service accounts',
      serviceShare: 'Service accounts, share',
      unknown: 'Unknown',
      unknownShare: 'Unknown, share',
      person: 'People',
      personShare: 'People, share',
      former: 'Former users',
      formerShare: 'Former users, share',
      unexplained: 'Not explained by rules, share',
      busiestHour: 'Busiest hour',
      pings: 'Pings',
      pingsFailed: 'Failed pings',
      medianMs: 'Median (ms)',
      p95Ms: '95th percentile (ms)',
      p99Ms: '99th percentile (ms)',
      peakMs: 'Peak (ms)',
      peakTime: 'Peak time',
      slowestHour: 'Slowest hour',
      requests: 'Requests for the report',
      ownRequests: 'Our requests that day',
      ownShare: "Share of amoCRM's limit",
      note: 'Note',
    },
    hours: {
      date: 'Date',
      event: 'Event',
      total: 'Total',
      ...hourColumns,
      note: 'Note',
    },
    processes: {
      date: 'Date',
      process: 'Process',
      actor: 'Actor',
      events: 'Events',
      operations: 'Operations',
      share: 'Share',
      peakHour: 'Peak hour',
      example: 'Example',
    },
    loops: {
      date: 'Date',
      kind: 'What happens',
      process: 'Process',
      entity: 'Card',
      count: 'Times',
      missed: 'There may be more',
      first: 'First time',
      last: 'Last time',
    },
    latency: { date: 'Date', ...hourColumns },
    pings: pingColumns,
    pingsArchive: pingColumns,
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
      clientId:
        'For OAuth instead of a token: the ID of your integration, from its tab "Keys". Easier through the menu "Connect amoCRM…".',
      clientSecret:
        "For OAuth: the integration's secret key. It moves to hidden storage at once, the cell keeps only dots.",
      redirectUri:
        'For OAuth: the redirect URI as it stands in the integration. Empty: the one that "Connect amoCRM…" shows.',
      authCode:
        'For OAuth: the code from the tab "Keys". It lives 20 minutes: paste it, then choose "Set up / repair". It moves to hidden storage at once.',
      topEvents: 'How many of the most frequent events to show for a day, from 1 to 50.',
      timeZone: "Whose calendar day counts, for example Europe/Moscow. Empty: the amoCRM account's zone.",
      reportTime:
        'When to collect the report for yesterday, 00:30 at the earliest. Google starts it within 15 minutes. A change takes effect within the hour, at once with "Set up / repair".',
      pingMinutes:
        'How often to measure amoCRM\'s latency. A change takes effect within the hour, at once with "Set up / repair".',
      pingSamples: 'How many requests make one ping; the table gets their median.',
      requestsPerSecond: 'The most requests we send in a second. amoCRM allows no more than 7.',
      serviceAccounts:
        'Ids of amoCRM users under whose names integrations work: their events count as automated.',
      clientActionsCount:
        "Whether clients' own actions count as automated: incoming messages, calls, mails, site visits.",
      language: "Language of sheets and messages: auto (the spreadsheet's), ru or en.",
      logLevel: 'What goes into the log: DEBUG (everything), INFO, WARN (only warnings and errors) or ERROR.',
      notifyEmail:
        'Where to write about failures: one mail when the report or the ping stops working, and one when it works again.',
      googlePlan:
        'Whose daily limits your Google account has: free (an ordinary one) or workspace (a paid one).',
      keepPingsDays: 'Older pings move from the sheet "Pings" to the sheet "Pings (archive)".',
      keepDetailsDays:
        'Older rows of the sheets "Hours", "Processes", "Loops" and "Latency by hour" are deleted. "Report" and "Days" are kept for ever.',
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
            : problem.key === 'token'
              ? 'Paste the token, or choose "Connect amoCRM…" in the menu: without a connection no pings and no reports are made.'
              : 'This is still missing for OAuth: it stands in the integration\'s tab "Keys".';
        case 'bad-token':
          return 'The text holds characters that no token has. Copy it in amoCRM again, the whole of it; the cell was cleared.';
        case 'other-account':
          return "This token is another amoCRM account's: the tables hold one account's data, and two must not mix. The former token stays in use; for another account make a spreadsheet of its own.";
      }
    },
    named: (key: keyof typeof settingLabels, problem: string) =>
      `Settings, row "${settingLabels[key]}": ${problem}`,
  },

  complete: 'complete',
  partial: (percent: number) => `partial: ${percent} % collected`,
  missingFrom: (time: string) => `Not collected from ${time} to the end of the day`,
  noEvents: 'No events',

  actors: {
    robot: 'Robot',
    client: 'Client',
    service: 'Service account',
    unknown: 'Unknown',
    person: 'User',
    former: 'Former user',
  } satisfies Record<Actor, string>,

  process: {
    of: (event: string, subject: string) => `${event}: ${subject}`,
    rest: 'others',
    bot: (id: string) => `bot ${id}`,
    linked: (type: string) => type,
  },

  loop: (kind: LoopKind) => {
    switch (kind) {
      case 'repeat':
        return 'repeats again and again';
      case 'pair':
        return 'two processes answer each other';
      case 'hot':
        return 'very many automated events';
    }
  },

  ruleNotes: {
    type: 'The name of an event as on the sheet "Hours", or its code. Empty: any. * stands for any letters: *message.',
    about:
      'What the event is about: stage, tag, field, responsible, channel, as after the colon on the sheet "Processes". Empty: anything, * stands for any letters.',
    actor: 'Who: robot, client, service account, unknown, the name or id of a user. Empty: anybody.',
    hours: 'Hours of the day: 9-18 (from 9:00 to 18:59) or 2, 5-7 or 22-5. Empty: any.',
    name: 'What to call such events on the sheet "Processes", for example "Exchange with 1C". The first rule that fits counts, from the next report on.',
  } as Partial<Record<string, string>>,

  detailsLeftOut: (day: string) => ({
    what: `The details of ${day} (hours, processes, loops, latency by hour) were not written: the spreadsheet has hardly any cells left`,
    effect: 'The rows of the sheets "Report" and "Days" were written.',
    todo: 'Lower "Keep processes and hours, days", or save a copy of the spreadsheet and delete what is old, then collect the day again: "Report for a period…".',
  }),
  rulesUnavailable: (sheet: string) =>
    `How many events the rules matched could not be written to the sheet "${sheet}": it may be protected`,
  ruleProblem: (problem: RuleProblem, most: number): string => {
    switch (problem) {
      case 'no-name':
        return 'Enter the name of the process: without a name the rule does nothing.';
      case 'bad-hours':
        return 'The hours could not be understood. Write 9-18 or 2, 5-7 or 22-5. Until then the rule does nothing.';
      case 'too-many':
        return `Only the first ${most} rules count, this one is too many.`;
    }
  },

  hourTwice: (hour: number) =>
    `Hour ${hour} came twice that day: the clocks were changed. The events of both stand in one column`,
  hourLeftOut: (hour: number) => `There was no hour ${hour} that day: the clocks were changed`,

  jobs: {
    dailyReport: 'Report',
    hourlyPing: 'Ping',
    setUp: 'Set-up',
    connect: 'Connection',
    showStatus: 'Status',
    uninstall: 'Disconnecting',
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
      case 'paused':
        return 'blocked: amoCRM shut us out or asked to wait';
      case 'busy':
        return 'left out: events were being collected';
      case 'no-access':
        return 'left out: amoCRM is not connected';
      case 'quota':
        return "left out: Google's daily limits are almost used up";
    }
  },
  someSamplesFailed: (failed: number, taken: number, cause: string) =>
    `${failed} of ${taken} requests failed: ${cause}`,
  duringCollection: 'while events were being collected, does not count for the peak',
  allPingsFailed: (causes: string) => `All pings failed: ${causes}`,
  somePingsFailed: (causes: string) => `Failed pings: ${causes}`,
  times: (text: string, count: number) => (count > 1 ? `${text} (${count})` : text),
  unreadableEvents: (count: number) => `Records that could not be read: ${count}`,
  lateEvents: (count: number) => `Appeared after the report and were added: ${count}`,

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
          return 'Not enough time in this run';
        case 'too-crowded':
          return 'One second of this day holds more events than a run can read';
        case 'paused':
          return 'amoCRM asked us not to call: no requests';
        case 'code-expired':
          return 'The authorisation code has expired: it lives 20 minutes (400)';
        case 'code-used':
          return 'This authorisation code was used already: it works once (400)';
        case 'code-unreadable':
          return 'amoCRM does not recognise the authorisation code (400)';
        case 'wrong-client-id':
          return 'amoCRM knows no integration with this ID (400)';
        case 'wrong-client-secret':
          return "The integration's secret key does not fit (400)";
        case 'wrong-redirect-uri':
          return 'The redirect URI is not the one entered in the integration (400)';
        case 'wrong-account-host':
          return 'The integration was created in another amoCRM account (400)';
        case 'tokens-revoked':
          return 'amoCRM has withdrawn access: the tokens do not work any more (401)';
        case 'other-account':
          return "This is another amoCRM account: the tables hold one account's data, and two must not mix";
      }
    },
    todo: (code: AmoErrorCode): string => {
      switch (code) {
        case 'no-connection':
        case 'timeout':
        case 'server-error':
        case 'malformed':
        case 'users-incomplete':
          return 'This usually passes: the monitor tries again by itself. If it stays, open amoCRM in the browser and see whether it works.';
        case 'not-api':
          return 'Open amoCRM in the browser: there may be maintenance, or the account is closed. The monitor tries again by itself.';
        case 'too-many-requests':
          return 'The monitor has slowed down and goes on later by itself. If it repeats, see whether other integrations load the account.';
        case 'token-refused':
          return 'Create a new long-lived token (amoMarket → your integration → "Keys") and choose "Set up / repair" in the menu.';
        case 'payment-required':
          return 'Renew the amoCRM subscription.';
        case 'forbidden':
          return 'Create the token as a user with administrator rights and choose "Set up / repair".';
        case 'blocked':
          return "Nothing: the monitor does not call amoCRM for an hour, then tries carefully and goes on by itself. If it repeats, write to amoCRM's support: the account or Google's addresses are blocked.";
        case 'not-found':
        case 'redirected':
          return 'Check "amoCRM address" in the settings.';
        case 'refused':
          return 'The monitor tries again by itself. If it stays, give this row to the developer.';
        case 'code-expired':
        case 'code-used':
        case 'code-unreadable':
          return 'Open the integration in amoCRM, tab "Keys", copy a new authorisation code and paste it within 20 minutes.';
        case 'wrong-client-id':
          return 'Copy the whole "Integration ID" from the tab "Keys".';
        case 'wrong-client-secret':
          return 'Copy the whole "Secret key" from the tab "Keys"; if it was changed, the new one is needed.';
        case 'wrong-redirect-uri':
          return 'Copy the address from the sidebar "Connect amoCRM" into the integration\'s field "Redirect URI", letter by letter.';
        case 'wrong-account-host':
          return 'Check "amoCRM address" in the settings: it must be the account in which the integration was created.';
        case 'tokens-revoked':
          return 'Choose "Connect amoCRM…" in the menu and connect the account anew.';
        case 'other-account':
          return 'Put the former address and token back. For another account make a spreadsheet of its own.';
        case 'out-of-time':
        case 'paused':
          return 'Nothing: the monitor goes on by itself.';
        case 'too-crowded':
          return 'Raise "Requests per second" (7 at most). The monitor tries again by itself.';
      }
    },
  },

  effect: {
    reportUnchanged: (day: string) =>
      `The report for ${day} is not written yet. Earlier rows are unchanged, the pings and what was collected are kept.`,
    reportInDoubt: (day: string) =>
      `Writing the report for ${day} was interrupted: some rows of that day may be missing. What was collected is kept, the monitor writes it by itself.`,
    pingNotStored: 'The ping was not stored.',
    nothingDone: 'Nothing was done, the data is unchanged.',
    byHandOnly: 'No data was harmed. Report and ping can be started from the menu meanwhile.',
    none: 'No data was harmed.',
  },

  unexpected: (message: string) => `Unexpected error: ${message}`,
  unexpectedTodo:
    'The monitor tries again by itself. If the error comes back, give this row to the developer.',
  notSetUp: (missing: string) => `Not set up: ${missing}`,
  notSetUpTodo: 'Choose "Set up / repair" in the menu amoCRM Monitor.',
  alreadyRunning: (job: string, since: string) => `${job}: already running since ${since}`,
  alreadyRunningTodo: 'Wait until it ends: usually less than six minutes.',
  tooManyTriggers: (handlers: string) =>
    `The schedule is not installed: there are twenty triggers, Google allows no more (they call: ${handlers})`,
  tooManyTriggersTodo:
    'Open Extensions → Apps Script → Triggers, delete those that are not needed, and choose "Set up / repair".',
  lockBusy: 'The storage is busy with another run',
  lockBusyTodo: 'Try again in a minute.',
  until: (what: string, time: string) => `${what} until ${time}`,
  copied: 'This spreadsheet is a copy: it is not connected to amoCRM and has no schedule',
  copiedTodo:
    'The original goes on working. If this copy shall collect data as well, choose "Set up / repair" and connect it.',
  newerSheet: 'The sheets were made by a newer version of the monitor than this code',
  newerSheetTodo:
    'Update the code to the latest version. Until then the monitor writes nothing, so as to harm no data.',
  sheetProtected: (sheet: string, editors: string) =>
    `The sheet "${sheet}" is protected against writing${editors === '' ? '' : `, it can be changed by: ${editors}`}`,
  triggersRepaired: 'The schedule was broken and is restored: each job has exactly one trigger again',
  triggersFailedEffect: 'The schedule as it was, if there was one, still runs.',
  sheetGone: (sheet: string) => `The sheet "${sheet}" was missing: it was made anew`,
  sheetGoneEffect: (sheet: SheetKey): string => {
    switch (sheet) {
      case 'report':
      case 'days':
        return 'The days of the last two months get collected anew by themselves, earlier ones with "Report for a period…".';
      case 'pings':
        return 'Earlier pings are lost; the peaks of past days are still in "Days" and "Report".';
      case 'settings':
        return 'The settings are back to their defaults, the token is kept. Enter the address and what you had changed.';
      default:
        return 'What stood in this sheet is lost.';
    }
  },
  sheetProtectedTodo:
    'Remove the protection (Data → Protected sheets and ranges), or allow writing to whoever runs the schedule. What was collected waits and gets written by itself.',
  silence: (since: string, owner: string | undefined) =>
    `The schedule has not run since ${since}${owner === undefined ? '' : ` (it ran in the name of ${owner})`}. Choose "Set up / repair".`,
  logUnavailable: (message: string) => `The log could not be written: ${message}`,
  namesUnavailable: 'The names of events could not be had, the built-in ones are used',

  report: {
    zoneChanged: (before: string, now: string) =>
      `The account has another time zone: it was ${before}, now it is ${now}. Earlier days are left as they are`,
    nothingDue: 'All reports are there already',
    goesOn: (day: string, when: string) =>
      `The report for ${day} is not collected yet, collecting goes on by itself ${when}`,
    patience: (what: string) => `amoCRM asks to wait. ${what}`,
    crowded: (percent: number) =>
      `amoCRM refused ${percent} % of our requests (429): most likely other integrations use up the account's limit`,
    crowdedTodo: 'See in amoCRM which integrations work at that time.',
    corrected: (day: string, late: number) =>
      `The report for ${day} was corrected: events that appeared later: ${late}`,
    machineLike: (user: string, id: number, signs: readonly MachineSign[]) =>
      `A program seems to work in the name of the user "${user}" (id ${id}): ${signs.map(machineSign).join(', ')}`,
    machineLikeTodo: (id: number) =>
      `If it is an integration, add ${id} to the setting "${settingLabels.serviceAccounts}": its events will count as automated. If it is a person, nothing needs to be done, we will not mention it again.`,
    archived: (rows: number, sheet: string) => `Old pings moved to the sheet "${sheet}": ${rows}`,
    done: (day: string, events: number, automated: number) =>
      `The report for ${day} is ready: ${events} events, ${automated} of them automated`,
  },

  ping: {
    done: (ms: number, succeeded: number, taken: number) =>
      `amoCRM's latency: ${ms} ms (${succeeded} of ${taken} requests answered)`,
    failed: (cause: string) => `The ping failed: ${cause}`,
    failedEffect: 'The ping is stored as failed and does not count for the peak.',
    failedTodo: (failure: PingFailure) =>
      failure === 'paused' || failure === 'quota' || failure === 'busy' || failure === 'no-access'
        ? 'Nothing: pings come back by themselves.'
        : 'If it repeats, open amoCRM in the browser and check the address and the token in the settings.',
  },

  setUp: {
    askAddress: "Your amoCRM account's address, for example mycompany.amocrm.ru",
    askToken:
      'The amoCRM long-lived token (amoMarket → your integration → "Keys" → "Generate token"). It must be an administrator\'s. It is kept in the script\'s hidden properties and never shown in the spreadsheet. If you have none, press Cancel: a sidebar leads there step by step.',
    askTokenAgain: 'amoCRM does not accept the stored token (401). Paste a new one.',
    badToken: 'The text holds characters that no token has. Copy the whole token.',
    cancelled: (missing: string) =>
      `The sheets are ready, but something is missing. ${missing} When you have it at hand, go on in the sidebar, or choose "Set up / repair" again.`,
    connected: (account: string, zone: string) =>
      `Connected to amoCRM. Account: ${account}. Time zone: ${zone}.`,
    scheduled: (reportTime: string, pingMinutes: number) =>
      `The report for yesterday will come every day at about ${reportTime}, a ping every ${pingMinutes} min.`,
    ownedBy: (owner: string) =>
      `The schedule runs already, in the name of ${owner}. Yours was not added, so that nothing is collected twice.`,
    ownedByTodo:
      'Nothing needs to be done. If the schedule shall run in your name, let the owner choose "Disconnect amoCRM", and then you "Set up / repair".',
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
    ownedBy: (owner: string) => `in the name of ${owner}`,
    collecting: (day: string, events: number, percent: number, end: string | undefined) =>
      `Collecting ${day}: ${events} events, ${percent} % done${end === undefined ? '' : `, will end at about ${end}`}`,
    waiting: (days: number) => `Days that wait for a report: ${days}`,
    retry: (failures: number, when: string) => `Failed attempts in a row: ${failures}, the next one ${when}`,
    paused: (cause: Pause['cause'], until: string) =>
      cause === 'blocked'
        ? `amoCRM has blocked us: no requests until ${until}`
        : `amoCRM asked to wait: no requests until ${until}`,
    quotas: (shares: string) => `Limits for 24 hours: ${shares}`,
  },

  quota: {
    share: ({ quota, used, limit }: QuotaShare) =>
      `${quotaName(quota)} ${Math.floor((used / limit) * 100)} %`,
    warning: ({ quota, used, limit }: QuotaShare) => ({
      what: `${Math.floor((used / limit) * 100)} % of a limit of Google is used: ${quotaName(quota)}`,
      effect:
        quota === 'cells' || quota === 'propertyBytes'
          ? 'So far everything is written.'
          : 'If the limit is reached, pings stop first, then the collecting of events; what was collected is kept.',
      todo: quotaAdvice(quota),
    }),
    exhausted: (until: string) => ({
      what: `Google's daily limits are almost used up: collecting is put off until ${until}`,
      effect: 'What was collected is kept, the day will be read to its end.',
      todo: 'If it repeats, measure less often or move to Google Workspace (and say so in the settings).',
    }),
  },

  period: {
    ask: (from: string, to: string) =>
      `Which days to report? One day or a period, for example ${from} - ${to}. Rows that are there already get replaced.`,
    problem: (problem: PeriodProblem, yesterday: string) => {
      switch (problem) {
        case 'unreadable':
          return 'The dates could not be understood. Write them as 2026-11-18 or 18.11.2026, with a dash: 2026-11-12 - 2026-11-18.';
        case 'not-over':
          return `Only past days can be reported, the last one is ${yesterday}.`;
        case 'too-long':
          return 'At most 366 days can be reported at a time.';
      }
    },
  },

  uninstall: {
    confirm:
      'Disconnect from amoCRM? Tokens, keys and the schedule will be removed, tables and settings stay. To connect again: "Set up / repair".',
    done: 'amoCRM is disconnected: tokens, keys and the schedule are removed, the tables stay.',
  },

  mail: {
    fails: (job: string, said: string, since: string) => ({
      subject: `amoCRM Monitor: "${job}" does not work`,
      body: `${said}\n\nSince ${since}. The next mail will come when everything works again.`,
    }),
    works: (job: string, since: string) => ({
      subject: `amoCRM Monitor: "${job}" works again`,
      body: `It did not work since ${since}. Missed days get collected by themselves, missed pings show in "Pings".`,
    }),
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

function machineSign(sign: MachineSign): string {
  switch (sign) {
    case 'hours':
      return 'events almost around the clock';
    case 'pace':
      return 'more than a thousand events in an hour';
    case 'bursts':
      return 'many cards within the same millisecond';
  }
}

function quotaName(quota: Quota): string {
  switch (quota) {
    case 'requests':
      return 'requests';
    case 'triggerMs':
      return 'run time';
    case 'mails':
      return 'mails';
    case 'propertyBytes':
      return "the script's memory";
    case 'cells':
      return 'cells of the spreadsheet';
  }
}

function quotaAdvice(quota: Quota): string {
  switch (quota) {
    case 'requests':
    case 'triggerMs':
      return 'Measure less often or move to Google Workspace (and say so in the settings).';
    case 'mails':
      return 'See in the log what breaks and recovers so often.';
    case 'propertyBytes':
      return 'Give this row to the developer.';
    case 'cells':
      return 'Save a copy of the spreadsheet and delete the sheet "Pings (archive)", or empty rows and columns of your own sheets.';
  }
}
