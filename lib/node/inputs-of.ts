import type { IncomingMessage } from 'node:http';
import { rawTargetOf } from '../request/any-request.ts';
import { headerLines } from './header-lines.ts';

/** Where Express and the usual middleware put what the client sent. */
interface Request extends IncomingMessage {
  readonly originalUrl?: string;
  readonly query?: unknown;
  readonly params?: unknown;
  readonly cookies?: unknown;
  readonly signedCookies?: unknown;
  readonly body?: unknown;
  readonly file?: unknown;
  readonly files?: unknown;
}

/** What the client sent, in the order in which it is bounded: the body, which can be the longest, is last. */
export function inputsOf(req: Request): () => object {
  let sent: ReturnType<typeof headersOf> | undefined;
  let url: string | undefined;
  let path: readonly string[] = [];
  let search: readonly string[] = [];
  let query: unknown;
  return () => {
    sent ??= headersOf(req);
    const { headers, cookie } = sent;
    const given = rawTargetOf(req) ?? '';
    if (url !== given || query === undefined) {
      url = given;
      ({ path, search } = partsOf(given));
      // In Express 5 each reading parses it anew.
      query = req.query;
    }
    const { params, cookies, signedCookies, body, file, files } = req;
    return { query, params, path, cookies, signedCookies, cookie, headers, search, file, files, body };
  };
}

/** As they came, whatever a handler has since made of `req.headers`: most requests never ask, so nothing is copied at start. */
function headersOf(req: Request): { readonly headers: object; readonly cookie: readonly string[] } {
  const headers: Record<string, unknown[]> = Object.create(null);
  const raw = headerLines(req);
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = (raw[i] as string).toLowerCase();
    headers[name] ??= [];
    headers[name].push(raw[i + 1]);
  }
  for (const values of Object.values(headers)) {
    // Of several lines, applications see the first one or all as one text.
    if (values.length > 1) values.push(values.join(', '));
  }
  const cookie = (headers['cookie'] ?? []).flatMap((line) => cookiesOf(String(line)));
  delete headers['cookie'];
  return { headers, cookie };
}

function partsOf(url: string): { readonly path: readonly string[]; readonly search: readonly string[] } {
  const end = url.search(/[?#]/);
  const path = (end === -1 ? url : url.slice(0, end)).split('/');
  const rest = end === -1 ? '' : url.slice(end + 1);
  // Applications that parse the URL themselves see what Express's parser of queries leaves out.
  return { path, search: rest.split('&').map((pair) => pair.slice(pair.indexOf('=') + 1)) };
}

function cookiesOf(header: string): readonly string[] {
  return header.split(';').map((pair) => pair.slice(pair.indexOf('=') + 1).trim());
}
