import { type AnyRequest, headerOf, methodOf } from '../request/any-request.ts';

/** How a client may know a file. */
export interface Version {
  /** With its quotes. A strong one: other content always has another ETag. */
  readonly etag: string;
  readonly modifiedAt: Date;
}

/** The result of the request's preconditions (RFC 9110, 13.2.2). */
export function judgePreconditions(
  request: AnyRequest,
  { etag, modifiedAt }: Version,
): 'send' | 'not-modified' | 'failed' {
  const modified = Math.floor(modifiedAt.getTime() / 1000) * 1000;
  const match = headerOf(request, 'if-match');
  if (match !== undefined) {
    if (!lists(match, etag, false)) return 'failed';
  } else {
    const unmodifiedSince = httpDate(headerOf(request, 'if-unmodified-since'));
    if (unmodifiedSince !== undefined && modified > unmodifiedSince) return 'failed';
  }
  const noneMatch = headerOf(request, 'if-none-match');
  if (noneMatch !== undefined) {
    if (!lists(noneMatch, etag, true)) return 'send';
    return isRead(request) ? 'not-modified' : 'failed';
  }
  const modifiedSince = httpDate(headerOf(request, 'if-modified-since'));
  return modifiedSince !== undefined && modified <= modifiedSince && isRead(request)
    ? 'not-modified'
    : 'send';
}

/** Whether a range may be sent: the client's part must belong to this version (RFC 9110, 13.1.5). */
export function allowsRange(request: AnyRequest, { etag, modifiedAt }: Version): boolean {
  const condition = headerOf(request, 'if-range')?.trim();
  if (condition === undefined) return true;
  if (condition.startsWith('"')) return condition === etag;
  return httpDate(condition) === Math.floor(modifiedAt.getTime() / 1000) * 1000;
}

function lists(header: string, etag: string, allowWeak: boolean): boolean {
  if (header.trim() === '*') return true;
  return (header.match(/(?:W\/)?"[^"]*"/g) ?? []).some(
    (tag) => tag === etag || (allowWeak && tag === `W/${etag}`),
  );
}

function isRead(request: AnyRequest): boolean {
  return methodOf(request) === 'GET' || methodOf(request) === 'HEAD';
}

/** A date in HTTP's form; anything else is no condition. */
function httpDate(text: string | undefined): number | undefined {
  if (
    text === undefined ||
    !/^[A-Za-z]{3}, \d{2} [A-Za-z]{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text.trim())
  ) {
    return undefined;
  }
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
