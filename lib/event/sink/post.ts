import { Misuse } from '../../refusal/misuse.ts';
import { now } from '../clock.ts';
import { whole } from '../whole.ts';
import { Busy, passes, tryAgain } from './try-again.ts';

/** The global `fetch`, or one by `createFetch`. */
export type SinkFetch = (url: string, init: RequestInit) => Promise<Response>;

export interface PostOptions {
  /** http or https, without credentials in it. */
  readonly url: string;
  /** Sends the events: a guarded fetch, whose policy says where they may go, or the global one. */
  readonly fetch: SinkFetch;
  /** Sent with each request, such as `authorization`. Read once, at start. */
  readonly headers?: Headers | Readonly<Record<string, string>>;
  /** For one write, further attempts included. 4,000 milliseconds by default: less than the recorder's `sinkTimeoutMs`. */
  readonly timeoutMs?: number;
}

export const postOptions = ['url', 'fetch', 'headers', 'timeoutMs'] as const;

/** Where bodies are posted, checked. */
export interface Receiver {
  readonly url: URL;
  readonly fetch: SinkFetch;
  readonly headers: Headers;
  readonly timeoutMs: number;
}

/** Checked at once, so that a mistake shows at start. What is wrong with a header is not shown, as it may be a secret. */
export function checkPost({ url, fetch, headers, timeoutMs = 4_000 }: Partial<PostOptions>): Receiver {
  const parsed = url !== undefined && URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username !== '' || parsed.password !== '') {
    throw new Misuse('bulwark/invalid-option', 'url takes an http or https URL without credentials.');
  }
  if (typeof fetch !== 'function')
    throw new Misuse(
      'bulwark/invalid-option',
      'fetch takes a function: the guarded fetch, or the global one.',
    );
  return {
    url: parsed,
    fetch,
    headers: checkHeaders(headers),
    timeoutMs: whole('timeoutMs', timeoutMs, 600_000),
  };
}

function checkHeaders(headers: PostOptions['headers']): Headers {
  try {
    return new Headers(headers);
  } catch {
    throw new Misuse('bulwark/invalid-option', 'headers takes names and values of HTTP headers.');
  }
}

/** Headers for one body. */
export type Sign = (
  body: string,
) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;

interface How {
  readonly sign?: Sign | undefined;
  /** Whether an error is one to try again after. */
  readonly again?: (error: unknown) => boolean;
}

const longestAnswer = 16_384;
/** What OTLP says may be tried again; other receivers mean the same by them. */
const passing: readonly number[] = [429, 502, 503, 504];

/**
 * Posts one JSON body, and gives the beginning of the answer where it was taken. All of it, the signature and further
 * attempts included, takes at most `timeoutMs`, whether what was handed in heeds the signal or not. Redirects are errors:
 * events go where they were told to, or nowhere.
 */
export async function post(
  receiver: Receiver,
  body: string,
  { sign, again = passes }: How = {},
): Promise<string> {
  const { url, fetch, timeoutMs } = receiver;
  const ends = now() + timeoutMs;
  const signal = AbortSignal.timeout(timeoutMs);
  const work = async (): Promise<string> => {
    const headers = headersOf(receiver.headers, sign && (await sign(body)));
    return tryAgain(ends, attempt, again);

    async function attempt(): Promise<string> {
      signal.throwIfAborted();
      const response = await fetch(url.href, { method: 'POST', headers, body, redirect: 'error', signal });
      const { status } = response;
      const text = await beginning(response);
      if (status >= 200 && status < 300) return text;
      const message = `the receiver answered ${status}`;
      throw passing.includes(status) ? new Busy(message, askedFor(response)) : new Error(message);
    }
  };
  return unlessAborted(signal, work());
}

/** In whatever letters they are written, each name once: two of `content-type` would be one value that is none. */
function headersOf(
  own: Headers,
  signature: Readonly<Record<string, string>> | undefined,
): Record<string, string> {
  const all = new Headers(own);
  try {
    for (const [name, value] of new Headers(signature)) all.set(name, value);
  } catch {
    // The error itself would show the value.
    throw new Error('sign gave what are no names and values of HTTP headers');
  }
  all.set('content-type', 'application/json');
  return Object.fromEntries(all);
}

async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  let abort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function askedFor(response: Response): number {
  const seconds = Number.parseFloat(response.headers.get('retry-after') ?? '');
  return seconds >= 0 ? seconds * 1_000 : 0;
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
