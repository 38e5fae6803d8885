import { FormData, Request as UndiciRequest } from 'undici';
import { Misuse } from '../../refusal/misuse.ts';

/** One request as the redirect loop carries it: what the caller gave, read once. */
export interface Outgoing {
  /** As the caller wrote it. */
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: BodyInit | null;
  /** A stream can be sent once, so a redirect that keeps the body cannot be followed. */
  readonly replayable: boolean;
  readonly redirect: RequestRedirect;
  readonly signal: AbortSignal | undefined;
}

/** Reads what `fetch` takes, also a `Request` of the built-in fetch or of undici. */
export function parseOutgoing(input: unknown, given?: RequestInit | null): Outgoing {
  const init = given ?? {};
  const request = isRequest(input) ? input : undefined;
  if ((init as { dispatcher?: unknown }).dispatcher !== undefined) {
    throw unsupported('dispatcher', 'it would get around the checks');
  }
  // '' is none, as in the standard; a Request without one says ''.
  if ((init.integrity ?? request?.integrity ?? '') !== '') {
    throw unsupported('integrity', 'it would not be checked');
  }
  const body = init.body === undefined ? (request?.body ?? null) : init.body;
  const redirect = init.redirect ?? request?.redirect ?? 'follow';
  if (!['follow', 'manual', 'error'].includes(redirect)) {
    throw new TypeError("redirect is 'follow', 'manual' or 'error'.");
  }
  const method = String(init.method ?? request?.method ?? 'GET').toUpperCase();
  if (body !== null && (method === 'GET' || method === 'HEAD')) {
    throw new TypeError('A request with GET or HEAD has no body.');
  }
  const headers = new Headers(init.headers ?? request?.headers);
  for (const name of ownHeaders) headers.delete(name);
  const signal = init.signal === undefined ? request?.signal : (init.signal ?? undefined);
  return {
    url: request ? request.url : input instanceof URL ? input.href : typeof input === 'string' ? input : '',
    method,
    headers,
    body,
    replayable: isReplayable(body),
    redirect,
    signal,
  };
}

function unsupported(name: string, why: string): Misuse {
  return new Misuse('bulwark/invalid-option', `A guarded fetch takes no \`${name}\`: ${why}.`);
}

/**
 * Headers that belong to the connection. As in browsers, what the caller says of them is ignored: an app that passes on
 * the headers it was sent must not let its client choose another host, or where one request ends.
 */
const ownHeaders = [
  ...['host', 'connection', 'keep-alive', 'proxy-connection', 'proxy-authorization', 'content-length'],
  ...['transfer-encoding', 'te', 'trailer', 'upgrade', 'expect'],
];

function isRequest(input: unknown): input is Request {
  return input instanceof Request || input instanceof UndiciRequest;
}

function isReplayable(body: unknown): boolean {
  return (
    body === null ||
    typeof body === 'string' ||
    body instanceof Blob ||
    body instanceof URLSearchParams ||
    body instanceof globalThis.FormData ||
    body instanceof FormData ||
    body instanceof ArrayBuffer ||
    ArrayBuffer.isView(body)
  );
}
