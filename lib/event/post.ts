import { Misuse } from '../refusal/misuse.ts';
import { Busy, tryAgain } from './try-again.ts';

/** The global `fetch`, or one by `createFetch`. */
export type SinkFetch = (url: string, init: RequestInit) => Promise<Response>;

export interface PostOptions {
  /** http or https, without credentials in it. */
  readonly url: string;
  /** Sends the events: a guarded fetch, whose policy says where they may go, or the global one. */
  readonly fetch: SinkFetch;
  /** Sent with each request, such as `authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** For one write, further attempts included. 4,000 milliseconds by default: less than the recorder's `sinkTimeoutMs`. */
  readonly timeoutMs?: number;
}

/** Checked at once, so that a mistake shows at start. What is wrong with a header is not shown, as it may be a secret. */
export function checkPost({ url, fetch, headers }: PostOptions): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username !== '' || parsed.password !== '') {
    throw new Misuse('bulwark/invalid-option', 'url takes an http or https URL without credentials.');
  }
  if (typeof fetch !== 'function')
    throw new Misuse(
      'bulwark/invalid-option',
      'fetch takes a function: the guarded fetch, or the global one.',
    );
  try {
    new Headers(headers);
  } catch {
    throw new Misuse('bulwark/invalid-option', 'headers takes names and values of HTTP headers.');
  }
  return parsed;
}

const longestAnswer = 16_384;
/** What OTLP says may be tried again; other receivers mean the same by them. */
const passing: readonly number[] = [429, 502, 503, 504];

/**
 * Posts one body, and gives the beginning of the answer where it was taken. A receiver that is busy, by its own Retry-After,
 * and a connection that fails are tried three times within `timeoutMs`. Redirects are errors: events go where they were
 * told to, or nowhere.
 */
export function post(
  fetch: SinkFetch,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  timeoutMs: number,
): Promise<string> {
  const signal = AbortSignal.timeout(timeoutMs);
  return tryAgain(timeoutMs, async () => {
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'error', signal });
    const { status } = response;
    const text = await beginning(response);
    if (status >= 200 && status < 300) return text;
    const message = `the receiver answered ${status}`;
    throw passing.includes(status) ? new Busy(message, askedFor(response)) : new Error(message);
  });
}

function askedFor(response: Response): number | undefined {
  const seconds = Number.parseFloat(response.headers.get('retry-after') ?? '');
  return seconds >= 0 ? seconds * 1_000 : undefined;
}

async function beginning(response: Response): Promise<string> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let bytes = 0; bytes < longestAnswer; ) {
    const { done, value } = await reader.read();
    if (done) return text;
    const part = value.subarray(0, longestAnswer - bytes);
    bytes += part.length;
    text += decoder.decode(part, { stream: true });
  }
  await reader.cancel().catch(() => {});
  return text;
}
