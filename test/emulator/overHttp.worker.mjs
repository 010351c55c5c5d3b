// The asynchronous half of overHttp.ts. Plain JavaScript, because worker threads load it as it is.
import { runAsWorker } from 'synckit';

const UNREACHABLE = 'unreachable';

function failureOf(error) {
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'timeout';
  const code = String(error.cause?.code ?? '');
  if (/^(ENOTFOUND|EAI_)/.test(code)) return 'dns';
  if (/^UND_ERR_(HEADERS|BODY)_TIMEOUT$/.test(code)) return 'timeout';
  return /CERT|TLS|SSL|SELF_SIGNED/.test(code) ? 'tls' : UNREACHABLE;
}

function headersOf(response) {
  const headers = Object.fromEntries(response.headers);
  const cookies = response.headers.getSetCookie();
  return cookies.length > 0 ? { ...headers, 'set-cookie': cookies } : headers;
}

async function exchange({ method, url, headers, body }, timeoutMs) {
  const start = performance.now();
  const tookMs = () => Math.max(0, Math.round(performance.now() - start));
  try {
    const response = await fetch(url, {
      method,
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    return {
      tookMs: tookMs(),
      response: { status: response.status, headers: headersOf(response), body: text },
    };
  } catch (error) {
    const failure = failureOf(error);
    return { tookMs: failure === 'timeout' ? timeoutMs : tookMs(), failure };
  }
}

runAsWorker((requests, timeoutMs) => Promise.all(requests.map(request => exchange(request, timeoutMs))));
