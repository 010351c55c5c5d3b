/** What stands in a cell in place of a secret. Of fixed length: not even the secret's length is told. */
export const MASK = '••••••••';

/**
 * A token as it goes into a header, from what a person pasted: quotes, a leading `Bearer` and white space (also the
 * line breaks of a wrapped copy) are dropped. A token is opaque text ([D oauth/oauth]), so nothing else is asked of
 * it; undefined when it is empty or holds characters that no header can carry.
 */
export function pastedToken(text: string): string | undefined {
  const token = text
    .trim()
    .replace(/^bearer\s/i, '')
    .replace(/[\s"'«»“”]/g, '');
  return /^[\x21-\x7e]+$/.test(token) ? token : undefined;
}

/** A text in which no secret stands any more, for whatever a user or a log may see. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((safe, secret) => (secret ? safe.split(secret).join(MASK) : safe), text);
}
