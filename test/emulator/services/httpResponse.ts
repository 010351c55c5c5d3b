import type { WireResponse } from '../contract';
import type { LiveExecution } from '../execution';
import { facade, NOTHING } from '../facade';

type HTTPResponse = GoogleAppsScript.URL_Fetch.HTTPResponse;
type Emulated = Pick<
  HTTPResponse,
  'getAllHeaders' | 'getContent' | 'getContentText' | 'getHeaders' | 'getResponseCode'
>;

/** What `UrlFetchApp.fetch` returns [doc HR]. Looking into it is no service call. */
export function httpResponse(execution: LiveExecution, response: WireResponse): HTTPResponse {
  const inside: Emulated = {
    getResponseCode: () => response.status,
    getContentText: (charset: string = 'UTF-8') => {
      if (charset.toUpperCase() !== 'UTF-8') execution.refuse(`HTTPResponse.getContentText in ${charset}`);
      return response.body;
    },
    getContent: () => [...new Int8Array(Buffer.from(response.body))],
    // A flat map; of a repeated header it holds the last one.
    getHeaders: () =>
      Object.fromEntries(
        Object.entries(response.headers).map(([name, value]) => [
          name,
          Array.isArray(value) ? value.at(-1) : value,
        ]),
      ),
    getAllHeaders: () => response.headers,
  };
  return facade(execution, 'UrlFetchApp.HTTPResponse', inside, {
    getResponseCode: { takes: NOTHING },
    getContentText: { takes: [[], ['string']] },
    getContent: { takes: NOTHING },
    getHeaders: { takes: NOTHING },
    getAllHeaders: { takes: NOTHING },
  }) as HTTPResponse;
}
