import type { IncomingMessage } from 'node:http';

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
  const headers = { ...req.headers };
  const cookie = headers.cookie === undefined ? [] : cookiesOf(headers.cookie);
  delete headers.cookie;
  let url: string | undefined;
  let path: readonly string[] = [];
  let query: unknown;
  return () => {
    const given = req.originalUrl ?? req.url ?? '';
    if (url !== given || query === undefined) {
      url = given;
      path = pathOf(given);
      // In Express 5 each reading parses it anew.
      query = req.query;
    }
    const { params, cookies, signedCookies, body, file, files } = req;
    return { path, query, params, cookie, cookies, signedCookies, headers, file, files, body };
  };
}

function pathOf(url: string): readonly string[] {
  const end = url.search(/[?#]/);
  const path = end === -1 ? url : url.slice(0, end);
  const search = end === -1 ? '' : url.slice(end + 1);
  // Applications that parse the URL themselves see what Express's parser of queries leaves out.
  return [...path.split('/'), ...search.split('&').map((pair) => pair.slice(pair.indexOf('=') + 1))];
}

function cookiesOf(header: string): readonly string[] {
  return header.split(';').map((pair) => pair.slice(pair.indexOf('=') + 1).trim());
}
