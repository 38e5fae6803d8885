import { base64Text } from '../internal/decode-base64.ts';

/** What an `Authorization` header carries, decoded. */
export type Credentials =
  | { readonly user: string; readonly password: string }
  /** The payload of a JSON Web Token. Nobody has checked its signature here. */
  | { readonly token: object };

/** The user name and password of `Basic` (RFC 7617), or the payload of a JSON Web Token (RFC 7519) of `Bearer`. */
export function credentialsIn(header: string): Credentials | undefined {
  if (header.length > longest) return undefined;
  const [, scheme = '', value = ''] = form.exec(header) ?? [];
  return scheme.toLowerCase() === 'basic' ? basic(value) : bearer(value);
}

/** Node takes 16 KiB of headers, unless it is told otherwise. */
const longest = 100_000;
const form = /^(basic|bearer) +(\S+) *$/i;

function basic(value: string): Credentials | undefined {
  const decoded = base64Text(value);
  if (decoded === '') return undefined;
  const colon = decoded.indexOf(':');
  if (colon === -1) return { user: decoded, password: '' };
  return { user: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}

function bearer(value: string): Credentials | undefined {
  const [, payload, ...rest] = value.split('.', 4);
  if (payload === undefined || rest.length !== 1) return undefined;
  try {
    const token: unknown = JSON.parse(base64Text(payload));
    return typeof token === 'object' && token !== null ? { token } : undefined;
  } catch {
    return undefined;
  }
}
