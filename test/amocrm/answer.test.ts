import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataOf, isObject } from '../../src/amocrm/answer';
import { AmoError } from '../../src/core/amoError';
import type { HttpResult } from '../../src/ports';
import { htmlPage, json, noConnection, noContent, text, timedOut } from '../support/amoAnswers';
import { thrownBy } from '../support/clientOver';

const NOW = Date.parse('2026-11-19T03:00:00Z');
const JSON_HEADERS = { 'content-type': 'application/json' };
const PROBLEM = { 'content-type': 'application/problem+json' };
const published = (name: string) => readFileSync(join(__dirname, '../fixtures/amocrm', name), 'utf8');

describe('T13 · dataOf', () => {
  it.each<[string, HttpResult, unknown]>([
    ['200 with an object', json({ a: 1 }), { a: 1 }],
    ['200 without a content type', text('{"a":1}'), { a: 1 }],
    ['200 with white space around', text(' \n{"a":1}\n'), { a: 1 }],
    ['D1 a byte order mark and an object', text('\uFEFF{"a":1}', 200, JSON_HEADERS), { a: 1 }],
    ['201', json({ a: 1 }, 201), { a: 1 }],
    ['299, the last that is none', json({ a: 1 }, 299), { a: 1 }],
    ['D1 a byte order mark inside a text', json({ a: 'x\uFEFFy' }), { a: 'x\uFEFFy' }],
    ['H1 204', noContent, undefined],
    [
      'an object with a status of its own that is no error',
      json({ status: 142, title: 'Won' }),
      { status: 142, title: 'Won' },
    ],
    ['an object with a large status but no problem', json({ status: 500, id: 5 }), { status: 500, id: 5 }],
    [
      'a list with a large status',
      json({ status: 500, _embedded: { a: [] } }),
      { status: 500, _embedded: { a: [] } },
    ],
    [
      'an object whose status is a word',
      json({ status: '429', title: 'Lead' }),
      { status: '429', title: 'Lead' },
    ],
    [
      'a title and the largest status that is no error',
      json({ status: 399, title: 'x' }),
      { status: 399, title: 'x' },
    ],
  ])('%s is data', (_, result, data) => {
    expect(dataOf(result, NOW)).toEqual(data);
  });

  it.each<[string, HttpResult, string, number]>([
    ['N1 no connection', noConnection, 'no-connection', 0],
    ['N3 no answer in time', timedOut, 'timeout', 0],
    ['N4 half a body', text('{"_embedded":{"events":[{"id":"1"', 200, JSON_HEADERS), 'malformed', 200],
    ['N7 a redirect', text('', 302, { location: 'https://example.com/login' }), 'redirected', 302],
    ['N7 a permanent redirect', htmlPage(301), 'redirected', 301],
    ['N7 a choice of addresses', json({ a: 1 }, 300), 'redirected', 300],
    ['N7 the last redirect', text('', 399), 'redirected', 399],
    ['a status before all answers', json({ a: 1 }, 199), 'refused', 199],
    ['H4 400', text(published('errors/400-validation.json'), 400, PROBLEM), 'refused', 400],
    ['H5 401', text(published('errors/401-ru.json'), 401, PROBLEM), 'token-refused', 401],
    ['H5 401 of Kommo', text(published('errors/401-kommo.json'), 401, PROBLEM), 'token-refused', 401],
    ['401 with a page', htmlPage(401), 'token-refused', 401],
    ['H8 402', text(published('errors/402.json'), 402, PROBLEM), 'payment-required', 402],
    ['H8 403 with words', json({ title: 'Forbidden', status: 403 }, 403), 'forbidden', 403],
    ['H9 403 with a page', text(published('errors/403-nginx.html'), 403), 'blocked', 403],
    ['H9 403 with nothing', text('', 403), 'blocked', 403],
    ['N8 404', text(published('errors/404.json'), 404, PROBLEM), 'not-found', 404],
    ['N8 404 with a page', htmlPage(404), 'not-found', 404],
    ['H11 405', text(published('errors/405.json'), 405, PROBLEM), 'refused', 405],
    ['H11 410', text('', 410), 'refused', 410],
    ['H11 422', text(published('errors/422-too-many-items.json'), 422, PROBLEM), 'refused', 422],
    ['H11 an unknown 4xx', text('', 499), 'refused', 499],
    ['H12 429', text(published('errors/429.json'), 429, PROBLEM), 'too-many-requests', 429],
    ['H14 429 in plain text', text('Too many requests', 429), 'too-many-requests', 429],
    ['H14 429 with a page', htmlPage(429), 'too-many-requests', 429],
    ['H16 500', json({ title: 'Error', status: 500 }, 500), 'server-error', 500],
    ['H16 502 with a page', htmlPage(502), 'server-error', 502],
    ['H16 503', text('', 503), 'server-error', 503],
    ['H16 504', htmlPage(504), 'server-error', 504],
    ['H17 200 with a page', htmlPage(), 'not-api', 200],
    [
      'H17 200 with a page that calls itself JSON',
      text('<!doctype html><html></html>', 200, JSON_HEADERS),
      'not-api',
      200,
    ],
    [
      'H17 200 with JSON that calls itself a page',
      text('{}', 200, { 'content-type': 'text/html' }),
      'not-api',
      200,
    ],
    ['H18 200 with an empty body', text('', 200, JSON_HEADERS), 'not-api', 200],
    ['H18 200 with blanks', text(' \r\n ', 200, JSON_HEADERS), 'not-api', 200],
    [
      'H19 200 with a problem inside',
      json({ status: 429, title: 'Too Many Requests' }),
      'too-many-requests',
      429,
    ],
    ['H19 200 with the smallest error inside', json({ status: 400, title: 'Bad' }), 'refused', 400],
    ['H19 200 with an error and an id inside', json({ status: 500, title: 'x', id: 5 }), 'server-error', 500],
    ['H19 200 with a bare status inside', json({ status: 429 }), 'too-many-requests', 429],
    [
      'H19 200 with a refused token inside',
      json({ status: 401, title: 'Unauthorized' }),
      'token-refused',
      401,
    ],
    ['D1 a page behind a byte order mark', text('\uFEFF<html>', 200, JSON_HEADERS), 'not-api', 200],
    ['D1 nothing but a byte order mark', text('\uFEFF', 200, JSON_HEADERS), 'not-api', 200],
    ['D1 two bodies', text('{"a":1}{"a":2}', 200, JSON_HEADERS), 'malformed', 200],
    ['D1 plain text', text('OK', 200), 'malformed', 200],
    ['D1 a list', json([]), 'malformed', 200],
    ['D1 null', text('null', 200, JSON_HEADERS), 'malformed', 200],
    ['D1 a number', text('5', 200, JSON_HEADERS), 'malformed', 200],
    ['D1 a text', text('"x"', 200, JSON_HEADERS), 'malformed', 200],
  ])('T14 · %s is an error of its kind', (_, result, code, status) => {
    const error = thrownBy(() => dataOf(result, NOW));
    expect(error).toBeInstanceOf(AmoError);
    expect(error).toMatchObject({ code, status });
  });

  it('keeps what the platform says of a failed connection', () => {
    expect(thrownBy(() => dataOf(noConnection, NOW))).toMatchObject({ detail: 'DNS error' });
  });
});

describe('M14 · how long amoCRM asks to wait', () => {
  const wait = (headers: Record<string, string>, body = '') =>
    (thrownBy(() => dataOf(text(body, 429, headers), NOW)) as AmoError).retryAfterMs;

  it.each<[string, number | undefined]>([
    ['5', 5_000],
    [' 60 ', 60_000],
    ['0', 0],
    ['999999', 999_999_000],
    ['Thu, 19 Nov 2026 03:00:30 GMT', 30_000],
    ['Thu, 19 Nov 2026 02:59:00 GMT', undefined],
    ['Thu, 19 Nov 2026 03:00:00 GMT', undefined],
    ['Fri, 20 Nov 2026 03:00:00 GMT', 86_400_000],
    ['Fri, 20 Nov 2026 03:00:01 GMT', undefined],
    ['in 5', undefined],
    ['1000000', undefined],
    ['', undefined],
    ['soon', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['120 seconds', undefined],
    ['99999999999', undefined],
    ['NaN', undefined],
  ])('M14 · H12 · H13 · Retry-After %j: %p ms', (header, milliseconds) => {
    expect(wait({ 'retry-after': header })).toBe(milliseconds);
  });

  it.each<[string, number | undefined]>([
    [published('errors/429.json'), 300_000],
    ['{"retry_after":2}', 2_000],
    ['{"retry_after":0}', undefined],
    ['{"retry_after":-1}', undefined],
    ['{"retry_after":"2"}', undefined],
    ['{"retry_after":1e300}', undefined],
    ['{"retry_after":999999}', 999_999_000],
    ['{"retry_after":1000000}', undefined],
    ['null', undefined],
    ['{"retry_after":null}', undefined],
    ['[2]', undefined],
    ['retry_after: 2', undefined],
    ['', undefined],
  ])('M14 · H12 · a body %j: %p ms', (body, milliseconds) => {
    expect(wait({}, body)).toBe(milliseconds);
  });

  it('M14 · the header comes before the body, unless it is nonsense', () => {
    expect(wait({ 'retry-after': '3' }, '{"retry_after":9}')).toBe(3_000);
    const header = { 'retry-after': 'Wed, 18 Nov 2026 10:00:03 GMT' };
    expect(wait({ ...header, date: 'Wed, 18 Nov 2026 10:00:00 GMT' })).toBe(3_000);
    expect(wait({ ...header, date: 'Wed, 18 Nov 2025 10:00:00 GMT' })).toBeUndefined();
    expect(wait({ 'retry-after': 'soon' }, '{"retry_after":9}')).toBe(9_000);
  });
});

describe('isObject', () => {
  it.each<[unknown, boolean]>([
    [{}, true],
    [[], false],
    [null, false],
    ['x', false],
    [undefined, false],
  ])('%j: %p', (value, is) => {
    expect(isObject(value)).toBe(is);
  });
});
