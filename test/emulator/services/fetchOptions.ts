import { types } from 'node:util';
import type { Milliseconds, WireRequest } from '../contract';
import type { LiveExecution } from '../execution';
import { checkUrl } from './urlRules';

/** One request as UrlFetchApp understood it. */
export interface PreparedRequest {
  /** As the script wrote it; messages repeat it. */
  url: string;
  wire: WireRequest;
  follow: boolean;
  mute: boolean;
  timeoutMs: Milliseconds;
}

const OPTIONS: Record<string, 'string' | 'boolean' | 'number' | 'object' | 'payload'> = {
  method: 'string',
  contentType: 'string',
  headers: 'object',
  payload: 'payload',
  followRedirects: 'boolean',
  muteHttpExceptions: 'boolean',
  validateHttpsCertificates: 'boolean',
  escaping: 'boolean',
  timeoutSeconds: 'number',
};
const METHODS = ['get', 'delete', 'patch', 'post', 'put'];
/** Documented default of `timeoutSeconds` and its most [doc UF, Aug 2026]: the whole life of an execution. */
const MAX_TIMEOUT_S = 360;
const MAX_HEADERS = 100;
const MAX_HEADER_BYTES = 8 * 1024;
const MAX_BODY_BYTES = 50 * 1024 * 1024;
/** `Content-Type` here is ignored, overridden or refused, reports differ [field]; `Accept-Encoding` yields raw bytes. */
const FORBIDDEN = [
  'host',
  'content-length',
  'content-type',
  'accept-encoding',
  'connection',
  'transfer-encoding',
];

/** Checks names, types and limits of one request's options, and writes it down for the wire. */
export function prepareRequest(
  execution: LiveExecution,
  givenUrl: unknown,
  options: Record<string, unknown>,
  scriptId: string,
): PreparedRequest {
  const url = checkUrl(execution, givenUrl);
  for (const [name, value] of Object.entries(options)) checkOption(execution, name, value);
  const method = (options['method'] as string | undefined) ?? 'get';
  if (!METHODS.includes(method)) execution.fail('badAttribute', { what: 'method' });
  const seconds = (options['timeoutSeconds'] as number | undefined) ?? MAX_TIMEOUT_S;
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > MAX_TIMEOUT_S) {
    execution.fail('badAttribute', { what: 'timeoutSeconds' });
  }
  const body = bodyOf(execution, options['payload']);
  if (body !== undefined && method === 'get') {
    throw execution.realm.exception('A GET request does not accept a payload.');
  }
  if (body !== undefined && Buffer.byteLength(body) > MAX_BODY_BYTES) {
    execution.fail('limitExceeded', { what: 'URL Fetch POST size' });
  }
  const headers = headersOf(execution, (options['headers'] as Record<string, unknown> | undefined) ?? {});
  if (body !== undefined) {
    headers['Content-Type'] =
      (options['contentType'] as string | undefined) ?? 'application/x-www-form-urlencoded';
  }
  if (!Object.keys(headers).some(name => name.toLowerCase() === 'user-agent')) {
    // [doc UFS]
    headers['User-Agent'] =
      `Mozilla/5.0 (compatible; Google-Apps-Script; beanserver; +https://script.google.com; id: ${scriptId})`;
  }
  return {
    url,
    wire: { method: method.toUpperCase(), url: url.split('#')[0] ?? url, headers, body },
    follow: options['followRedirects'] !== false,
    mute: options['muteHttpExceptions'] === true,
    timeoutMs: seconds * 1000,
  };
}

function checkOption(execution: LiveExecution, name: string, value: unknown): void {
  if (!Object.hasOwn(OPTIONS, name)) execution.fail('badAttribute', { what: name });
  if (value === undefined || value === null) execution.fail('noAttribute', { what: name });
  const expected = OPTIONS[name];
  const fits =
    expected === 'payload' ||
    (expected === 'object' ? typeof value === 'object' && !Array.isArray(value) : typeof value === expected);
  if (!fits) execution.fail('badAttribute', { what: name });
  if (name === 'escaping' && value === false) execution.refuse('UrlFetchApp.fetch without escaping');
  if (name === 'validateHttpsCertificates' && value === false) {
    execution.refuse('UrlFetchApp.fetch without validating certificates');
  }
}

function headersOf(execution: LiveExecution, given: Record<string, unknown>): Record<string, string> {
  const entries = Object.entries(given);
  let bytes = 0;
  for (const [name, value] of entries) {
    const what = value === null ? 'Header:null' : `Header:${name}`;
    const bad =
      typeof value !== 'string' ||
      !/^[!#$%&'*+\-.^_`|~\w]+$/.test(name) ||
      // A value outside printable ASCII, or with spaces at its ends, might not arrive as it was.
      !/^([!-~]([ -~]*[!-~])?)?$/.test(value) ||
      FORBIDDEN.includes(name.toLowerCase());
    if (bad) execution.fail('badAttribute', { what });
    bytes += name.length + String(value).length;
  }
  if (entries.length > MAX_HEADERS) execution.fail('limitExceeded', { what: 'URLFetch Headers' });
  if (bytes > MAX_HEADER_BYTES) execution.fail('limitExceeded', { what: 'URLFetch Header Size' });
  return Object.fromEntries(entries) as Record<string, string>;
}

/** A string as it is; an object as form fields [doc UF]; signed bytes only when they are UTF-8. */
function bodyOf(execution: LiveExecution, payload: unknown): string | undefined {
  if (payload === undefined || typeof payload === 'string') return payload;
  if (Array.isArray(payload)) {
    const bytes = Uint8Array.from(payload as number[], byte => byte & 0xff);
    const text = Buffer.from(bytes).toString('utf8');
    if (!Buffer.from(text).equals(bytes)) execution.refuse('A payload of bytes that are not UTF-8');
    return text;
  }
  if (typeof payload !== 'object' || payload === null || types.isProxy(payload)) {
    return execution.fail('badAttribute', { what: 'payload' });
  }
  const fields = Object.entries(payload as Record<string, unknown>).map(([name, value]): [string, string] => {
    if (!['string', 'number', 'boolean'].includes(typeof value)) {
      execution.refuse(`A form field that is not plain text (${name})`);
    }
    return [name, String(value)];
  });
  return new URLSearchParams(fields).toString();
}
