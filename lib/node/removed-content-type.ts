import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { givenHeader } from './given-headers.ts';
import type { GivenHeaders } from './write-page-head.ts';

const removed = new WeakMap<ServerResponse, string>();

/** Express and `send` take the type away before they send a 304. Only a conditional request can get one (RFC 9110, 13.1). */
export function rememberContentType(res: ServerResponse): void {
  const asked: IncomingHttpHeaders | undefined = res.req?.headers;
  if (asked?.['if-none-match'] === undefined && asked?.['if-modified-since'] === undefined) return;
  const { removeHeader } = res;
  res.removeHeader = function (this: ServerResponse, name) {
    if (String(name).toLowerCase() === 'content-type') {
      const type = this.getHeader(name);
      if (type !== undefined) removed.set(this, String(type));
    }
    return removeHeader.call(this, name);
  };
}

/** The type of a response, or the one that its 200 would have; undefined where neither is known. */
export function contentTypeOf(res: ServerResponse, given: GivenHeaders): string | undefined {
  const type = givenHeader(given, 'content-type') ?? res.getHeader('Content-Type') ?? removed.get(res);
  // A list of one is sent as its text.
  return type === undefined ? undefined : String(type);
}
