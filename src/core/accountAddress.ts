/** The host of an amoCRM account, such as `mycompany.amocrm.ru`. Only such a host ever gets a token. */
export type AccountHost = string;

// The account's own hosts, [D oauth/step-by-step], [K docs/limitations]. A part of a host name has at most 63 characters.
const ADDRESS =
  /^(?:https?:\/\/)?([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.(amocrm\.ru|amocrm\.com|kommo\.com))?(?::443)?(?:[/?#].*)?$/i;

/**
 * The account's host from any spelling that people paste: the bare name, the host, or the address of any page.
 * Everything else gives undefined: other hosts, other ports, and tricks such as `me.amocrm.ru.evil.com` or
 * `me.amocrm.ru@evil.com`.
 */
export function accountHost(text: string): AccountHost | undefined {
  const [, name, domain = 'amocrm.ru'] = ADDRESS.exec(text.trim()) ?? [];
  if (!name || /^www$/i.test(name)) return undefined;
  return `${name}.${domain}`.toLowerCase();
}
