/** What stands in a cell in place of a secret. Of fixed length: not even the secret's length is told. */
export const MASK = '••••••••';

/** Two of them and the integration's keys must fit into one property of 9 KB ([doc Q]). The longest seen has 1.1 KB. */
const LONGEST = 3_500;
/** amoCRM's have 64 characters. */
const LONGEST_SECRET = 1_000;

/**
 * A token as it goes into a header, from what a person pasted: quotes, a leading `Bearer` and white space (also the
 * line breaks of a wrapped copy) are dropped. A token is opaque text ([D oauth/oauth]), so nothing else is asked of
 * it; undefined when it is empty, holds characters that no header can carry, or is too long for our storage.
 */
export function pastedToken(text: string): string | undefined {
  const token = text
    .trim()
    .replace(/^bearer\s/i, '')
    .replace(/[\s"'«»“”]/g, '');
  return /^[\x21-\x7e]+$/.test(token) && token.length <= LONGEST ? token : undefined;
}

/** An integration's secret key, in the same way. */
export function pastedSecret(text: string): string | undefined {
  const secret = pastedToken(text);
  return secret !== undefined && secret.length <= LONGEST_SECRET ? secret : undefined;
}

/** Nothing so short is secret; it would only tear words apart. */
const SHORTEST = 6;

/** A text in which no secret stands any more, for whatever a user or a log may see. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce(
    (safe, secret) => (secret.length >= SHORTEST ? safe.split(secret).join(MASK) : safe),
    text,
  );
}
