import type { AnyRequest } from '../request/any-request.ts';
import type { RequestStart } from '../request/context.ts';
import type { Proxied } from '../request/proxied.ts';
import type { ResponseSink } from '../web/exchange.ts';
import type { Guards } from '../web/guard-options.ts';
import { connectionOf, guardsLeft, type Prepared } from './answering.ts';
import { type NextHeaders, nextHeaders } from './next-headers.ts';
import { openRequest, sealedHeader } from './sealed-request.ts';
import { setCookie } from './set-cookie.ts';

/** A request as a server action or component sees it: Next.js gives its headers, and the sealed header the rest. */
export interface ServerRequest {
  readonly request: AnyRequest;
  readonly start: RequestStart;
  readonly cookies: ResponseSink;
  readonly guards: Guards | undefined;
  connection(): Proxied;
}

/** @param method `POST` for an action, whatever the sealed header says */
export async function serverRequest(known: Prepared, method?: 'POST'): Promise<ServerRequest> {
  const next = await nextHeaders();
  const headers = method === undefined ? await headersOfPage(next) : await next.headers();
  const sealed = openRequest(headers.get(sealedHeader));
  const host = headers.get('host') ?? undefined;
  // Next.js sets it, unless a proxy or the client did. A wrong value only makes the origin check fail.
  const protocol = headers.get('x-forwarded-proto') === 'https' ? ('https' as const) : ('http' as const);
  const request = {
    method: method ?? sealed?.method ?? 'GET',
    url: sealed?.target ?? '/',
    headers,
  };
  const guards = guardsLeft(known);
  let connection: Proxied | undefined;
  return {
    ...{ request, guards },
    start: {
      ...{ id: sealed?.id, nonce: sealed?.nonce, client: sealed?.client, method: request.method },
      inputs: () => ({ headers: Object.fromEntries([...headers].filter(([name]) => name !== 'cookie')) }),
    },
    cookies: method === 'POST' ? await actionCookies(next) : readOnly,
    connection() {
      connection ??= connectionOf(sealed, guards, { protocol, host });
      return connection;
    },
  };
}

/**
 * The headers of the request, with the cookies that an action has set in it: Next.js renders the page in the same request, to show what the
 * action changed.
 */
async function headersOfPage(next: NextHeaders): Promise<Headers> {
  const headers = await next.headers();
  if (!headers.has('next-action') && !/^multipart\/form-data/i.test(headers.get('content-type') ?? ''))
    return headers;
  const cookies = (await next.cookies()).getAll();
  const changed = new Headers(headers);
  changed.set('cookie', cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; '));
  return changed;
}

async function actionCookies(next: NextHeaders): Promise<ResponseSink> {
  const store = await next.cookies();
  return {
    appendCookie: (line) => setCookie(store, line),
    headersSent: () => false,
    // The answer to an action is never stored: it is the answer to a POST.
    keepPrivate: () => undefined,
    preferPrivate: () => undefined,
  };
}

/** A server component can't set cookies. Next.js keeps pages that read headers out of shared caches itself. */
const readOnly: ResponseSink = {
  appendCookie: () => undefined,
  headersSent: () => true,
  keepPrivate: () => undefined,
  preferPrivate: () => undefined,
};
