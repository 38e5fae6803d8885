/** A cookie as a header sets it. Everything in it is untrusted text. */
export interface SetCookie {
  readonly name: string;
  readonly value: string;
  /** Of the answer that sets it. */
  readonly url: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  /** In lower case: `strict`, `lax`, `none`, or what else it says. */
  readonly sameSite?: string;
  readonly domain?: string;
  readonly path?: string;
  readonly maxAge?: number;
  /** Whether an expiry in the past or an age of 0 removes it. */
  readonly isRemoved: boolean;
  /** The header as it came. */
  readonly header: string;
}

/** Reads a `Set-Cookie` header as a browser does (RFC 6265, 5.2). Undefined for one that a browser ignores. */
export function parseSetCookie(header: string, url: string): SetCookie | undefined {
  const [pair = '', ...rest] = header.split(';');
  const equals = pair.indexOf('=');
  const name = pair.slice(0, Math.max(equals, 0)).trim();
  const value = pair.slice(equals + 1).trim();
  if (name === '' && value === '') return undefined;
  // The last one of a name counts.
  const attributes = new Map(rest.slice(0, 50).map(attributeOf));
  const age = attributes.get('max-age');
  const maxAge = age !== undefined && /^-?\d+$/.test(age) ? Number(age) : undefined;
  const expires = Date.parse(attributes.get('expires') ?? '');
  const domain = attributes.get('domain')?.replace(/^\./, '').toLowerCase();
  const path = attributes.get('path');
  const sameSite = attributes.get('samesite')?.toLowerCase();
  return {
    ...{ name, value, url, header },
    secure: attributes.has('secure'),
    httpOnly: attributes.has('httponly'),
    isRemoved: maxAge === undefined ? expires <= Date.now() : maxAge <= 0,
    ...(sameSite !== undefined && { sameSite }),
    ...(domain !== undefined && domain !== '' && { domain }),
    ...(path?.startsWith('/') && { path }),
    ...(maxAge !== undefined && { maxAge }),
  };
}

function attributeOf(text: string): [name: string, value: string] {
  const equals = text.indexOf('=');
  if (equals === -1) return [text.trim().toLowerCase(), ''];
  return [text.slice(0, equals).trim().toLowerCase(), text.slice(equals + 1).trim()];
}
