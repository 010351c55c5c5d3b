import { messageOf } from '../core/thrown';
import type { Http, HttpAnswer, HttpRequest, HttpResult } from '../ports';

const LONGEST_DETAIL = 120; // characters
const SLACK_MS = 500; // the platform's clock and ours need not agree to the millisecond

type Params = GoogleAppsScript.URL_Fetch.URLFetchRequestOptions;

/** Requests through UrlFetchApp. Redirects are not followed: the token must not travel to another host. */
export function urlFetch(): Http {
  return {
    send: request =>
      withoutThrowing([request], () => [UrlFetchApp.fetch(request.url, paramsOf(request))])[0]!,
    sendAll: requests =>
      withoutThrowing(requests, () =>
        UrlFetchApp.fetchAll(requests.map(request => ({ url: request.url, ...paramsOf(request) }))),
      ),
  };
}

function paramsOf({ headers, json, timeoutMs }: HttpRequest): Params {
  return {
    ...(json === undefined
      ? { method: 'get' }
      : { method: 'post', contentType: 'application/json', payload: json }),
    headers,
    muteHttpExceptions: true,
    followRedirects: false,
    timeoutSeconds: Math.ceil(timeoutMs / 1000),
  };
}

function withoutThrowing(
  requests: readonly HttpRequest[],
  send: () => GoogleAppsScript.URL_Fetch.HTTPResponse[],
): HttpResult[] {
  const sent = Date.now();
  try {
    return send().map(answerOf);
  } catch (error) {
    // Only what happens below HTTP throws here. Its text is in the user's language ([code ErrorHandler]), so
    // it is not read, only shown; what tells a time-out is the time.
    const detail = detailOf(error);
    return requests.map(({ timeoutMs }) => ({
      failure: Date.now() - sent >= timeoutMs - SLACK_MS ? 'timeout' : 'no-connection',
      detail,
    }));
  }
}

function answerOf(response: GoogleAppsScript.URL_Fetch.HTTPResponse): HttpAnswer {
  return {
    status: response.getResponseCode(),
    headers: lowerCase(response.getHeaders()),
    // amoCRM names no charset; JSON is UTF-8 (RFC 8259 §8.1).
    body: response.getContentText('UTF-8'),
  };
}

/** The platform's own words, without the address. */
function detailOf(error: unknown): string {
  return messageOf(error)
    .replace(/https?:\/\/\S+/g, '')
    .replace(/[\s:]+$/, '')
    .slice(0, LONGEST_DETAIL);
}

function lowerCase(headers: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}
