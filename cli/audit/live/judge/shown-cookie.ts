import type { SetCookie } from '../../../target/http/set-cookie.ts';
import type { Evidence } from '../../check/outcome.ts';
import { short } from './shown.ts';

/** A cookie as it was set, without its value. */
export function shownCookie({ name, value, header, url }: SetCookie): Evidence {
  const attributes = header.split(';').slice(1).join(';').trim();
  const shown = value === '' ? '' : `(${value.length} characters)`;
  return { text: `${short(url, 150)}: set-cookie: ${short(name, 80)}=${shown}; ${short(attributes, 150)}` };
}

/** Why browsers do not keep a cookie (RFC 6265bis, 5.7), to follow its name; undefined if they do. */
export function rejectionOf({
  name,
  secure,
  domain,
  path,
  sameSite,
  httpOnly,
}: SetCookie): string | undefined {
  const prefix = /^__(host-http|http|host|secure)-/i.exec(name)?.[1]?.toLowerCase();
  if (prefix !== undefined && !secure)
    return 'has a name with a prefix that needs Secure, so that browsers refuse it';
  if (prefix?.startsWith('host') && (domain !== undefined || path !== '/'))
    return 'has the prefix `__Host-`, which needs `Path=/` and no Domain, so that browsers refuse it';
  if (prefix?.includes('http') && !httpOnly)
    return 'has a name with a prefix that needs HttpOnly, so that browsers refuse it';
  if (sameSite === 'none' && !secure) return 'has SameSite=None without Secure, so that browsers refuse it';
  return undefined;
}
