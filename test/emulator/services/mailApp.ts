import type { LiveExecution } from '../execution';
import { facade, NOTHING } from '../facade';
import type { Mail, World } from '../world';

type Message = GoogleAppsScript.Mail.MailAdvancedParameters;

const MAX_RECIPIENTS = 50;
const MAX_BODY_BYTES = { consumer: 200 * 1024, workspace: 400 * 1024 } as const;
const KNOWN = ['to', 'subject', 'body', 'htmlBody', 'cc', 'bcc', 'name', 'replyTo', 'noReply'];
const ADDRESS = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>"]+$/;

const split = (addresses: string | undefined): string[] =>
  (addresses ?? '').split(',').flatMap(address => address.trim() || []);

/** Mail goes to the world's outbox. Limits per day and message [doc Q]. */
export function mailApp(execution: LiveExecution, world: World): object {
  const authorise = (call: string): void => {
    execution.needAuthorisation(call);
    execution.needScope('script.send_mail', call);
  };

  const check = (message: Message): Mail => {
    for (const [name, value] of Object.entries(message)) {
      if (!KNOWN.includes(name)) execution.refuse(`MailApp.sendEmail with ${name}`);
      const type = name === 'noReply' ? 'boolean' : 'string';
      if (typeof value !== type) execution.fail('invalidArgument', { what: name });
    }
    const { to = '', subject = '', body = '', cc, bcc, htmlBody, name, replyTo } = message;
    const recipients = [...split(to), ...split(cc), ...split(bcc)];
    if (split(to).length === 0) execution.fail('invalidEmail', { address: to });
    for (const address of [...recipients, ...split(replyTo)]) {
      if (!ADDRESS.test(address)) execution.fail('invalidEmail', { address });
    }
    if (recipients.length > MAX_RECIPIENTS)
      execution.fail('limitExceeded', { what: 'Email Recipients Per Message' });
    if (Buffer.byteLength(htmlBody ?? body) > MAX_BODY_BYTES[world.account]) {
      execution.fail('limitExceeded', { what: 'Email Body Size' });
    }
    if (!world.quotas.spend(execution.user, 'mail', recipients.length, execution.now())) {
      execution.fail('tooManyCalls', { service: 'email' });
    }
    const optional = { cc, bcc, htmlBody, name, replyTo };
    return {
      from: execution.user,
      to,
      subject,
      body,
      ...(Object.fromEntries(
        Object.entries(optional).filter(([, value]) => value !== undefined),
      ) as Partial<Mail>),
      at: execution.now(),
    };
  };

  const service = {
    getRemainingDailyQuota() {
      authorise('MailApp.getRemainingDailyQuota');
      return world.quotas.left(execution.user, 'mail', execution.now());
    },
    sendEmail(...args: unknown[]) {
      authorise('MailApp.sendEmail');
      world.mail.push(check(messageOf(args)));
    },
  } satisfies GoogleAppsScript.Mail.MailApp;
  return facade(execution, 'MailApp', service, {
    getRemainingDailyQuota: { takes: NOTHING, cost: 0 },
    sendEmail: {
      takes: [
        ['object'],
        ['string', 'string', 'string'],
        ['string', 'string', 'string', 'object'],
        ['string', 'string', 'string', 'string'],
      ],
      cost: 0,
    },
  });
}

/** The four documented forms become one message. */
function messageOf(args: unknown[]): Message {
  if (args.length === 1) return { ...(args[0] as Message) };
  if (args.length === 4 && typeof args[3] === 'string') {
    const [to, replyTo, subject, body] = args as string[];
    return { to, replyTo, subject, body };
  }
  const [to, subject, body, options] = args as [string, string, string, Message?];
  return { ...options, to, subject, body };
}
