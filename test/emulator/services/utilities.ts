import { createHash, createHmac } from 'node:crypto';
import type { LiveExecution } from '../execution';
import { facade, NOTHING } from '../facade';
import { formatDate, PatternProblem, parseDate } from '../simpleDateFormat';
import type { World } from '../world';
import { isZone } from '../zone';
import { enumSet, visibleEnum } from './enums';

type Service = GoogleAppsScript.Utilities.Utilities;
type Emulated = Pick<
  Service,
  | 'Charset'
  | 'DigestAlgorithm'
  | 'base64Decode'
  | 'base64DecodeWebSafe'
  | 'base64Encode'
  | 'base64EncodeWebSafe'
  | 'computeDigest'
  | 'computeHmacSha256Signature'
  | 'formatDate'
  | 'getUuid'
  | 'parseDate'
  | 'sleep'
>;

const MAX_SLEEP_MS = 300_000;
const NODE_HASH: Record<string, string> = { MD5: 'md5', SHA_1: 'sha1', SHA_256: 'sha256' };

const signed = (bytes: Uint8Array): number[] => [...new Int8Array(bytes)];

/** Sleeping, dates, bytes [doc UT]. Byte arrays are signed. */
export function utilities(execution: LiveExecution, world: World): object {
  const charsets = enumSet(execution, 'Charset');
  const digests = enumSet(execution, 'DigestAlgorithm');

  /** Without a charset strings are US-ASCII, where anything else becomes `?` [code gas-fakes]. */
  const bytesOf = (value: string | number[], charset?: unknown): Buffer => {
    if (typeof value !== 'string') return Buffer.from(Uint8Array.from(value, byte => byte & 0xff));
    const utf8 = charsets.nameOf(charset) === 'UTF_8';
    return Buffer.from(utf8 ? value : Array.from(value, c => (c > '\x7f' ? '?' : c)).join(''));
  };
  const decode = (text: string, alphabet: RegExp): number[] => {
    if (!alphabet.test(text)) throw execution.realm.exception('Could not decode string.');
    return signed(Buffer.from(text, 'base64url'));
  };
  const zoned = <T>(zone: string, work: () => T): T => {
    // Java would silently take an unknown zone for GMT.
    if (!isZone(zone)) execution.fail('invalidArgument', { what: 'timeZone' });
    try {
      return work();
    } catch (error) {
      if (error instanceof PatternProblem) throw execution.realm.exception(error.message);
      throw error;
    }
  };

  const service = {
    Charset: visibleEnum<Service['Charset']>(execution, 'Charset'),
    DigestAlgorithm: visibleEnum<Service['DigestAlgorithm']>(execution, 'DigestAlgorithm'),
    sleep(ms) {
      if (ms < 0 || ms > MAX_SLEEP_MS) execution.fail('invalidArgument', { what: 'milliseconds' });
      execution.sleep(ms);
    },
    getUuid: () => world.chance.uuid(),
    formatDate: (date, zone, pattern) =>
      zoned(zone, () => formatDate(Date.prototype.getTime.call(date), zone, pattern)),
    // A number of milliseconds wrapped for the realm.
    parseDate: (text, zone, pattern) => new Date(zoned(zone, () => parseDate(text, zone, pattern))),
    base64Encode: (data: string | number[], charset?: unknown) => bytesOf(data, charset).toString('base64'),
    // The real one keeps the padding [field].
    base64EncodeWebSafe: (data: string | number[], charset?: unknown) =>
      bytesOf(data, charset).toString('base64').replaceAll('+', '-').replaceAll('/', '_'),
    base64Decode: (text: string) =>
      decode(text, /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/),
    base64DecodeWebSafe: (text: string) => decode(text, /^[\w-]*={0,2}$/),
    computeDigest: (algorithm: unknown, value: string | number[], charset?: unknown) =>
      signed(
        createHash(NODE_HASH[digests.nameOf(algorithm) ?? ''] ?? 'sha256')
          .update(bytesOf(value, charset))
          .digest(),
      ),
    computeHmacSha256Signature: (value: string | number[], key: string | number[], charset?: unknown) =>
      signed(createHmac('sha256', bytesOf(key, charset)).update(bytesOf(value, charset)).digest()),
  } satisfies Emulated;

  const data = { takes: [['string'], ['string', charsets], ['bytes']] } as const;
  const text = { takes: [['string'], ['string', charsets]] } as const;
  return facade(execution, 'Utilities', service, {
    sleep: { takes: [['integer']], cost: 0 },
    getUuid: { takes: NOTHING },
    formatDate: { takes: [['date', 'string', 'string']] },
    parseDate: { takes: [['string', 'string', 'string']] },
    base64Encode: data,
    base64EncodeWebSafe: data,
    base64Decode: text,
    base64DecodeWebSafe: text,
    computeDigest: {
      takes: [
        [digests, 'string'],
        [digests, 'string', charsets],
        [digests, 'bytes'],
      ],
    },
    computeHmacSha256Signature: {
      takes: [
        ['string', 'string'],
        ['string', 'string', charsets],
        ['bytes', 'bytes'],
      ],
    },
  });
}
