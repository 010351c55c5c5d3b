import type { Mailer } from '../ports';

/** Mail from the person in whose name the script runs; a quota of 100 or 1,500 a day ([doc Q]). */
export const mailer: Mailer = {
  left: () => MailApp.getRemainingDailyQuota(),
  send: (to, subject, body) => MailApp.sendEmail(to, subject, body),
};
