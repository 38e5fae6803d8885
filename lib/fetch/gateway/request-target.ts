import { type Denied, deny } from '../../refusal/decision.ts';
import { parseDestination } from '../policy/destination.ts';
import { canonicalHost } from '../policy/host-rule.ts';
import { parseUrl } from '../policy/parse-url.ts';

/** Where a request wants to go. The host is in the form that rules are compared in, and is what is connected to. */
export interface Target {
  readonly host: string;
  readonly port: number;
  /** What the next server is asked for, as the client wrote it (RFC 9110, 7.7). Empty for a tunnel. */
  readonly path: string;
  /** The value of Host for a plain request. */
  readonly authority: string;
}

const longestAuthority = 300;

/**
 * Reads `example.com:443` or `[2001:db8::1]:443` (RFC 9112, 3.2.3): no user information, one pair of brackets
 * (CVE-2022-29188), a port. An IPv4 address in an odd spelling is what the WHATWG parser makes of it, and that is both
 * decided and connected to; a trailing dot is no other host (CVE-2022-24825).
 */
export function readAuthority(text: string): Target | Denied {
  const invalid = (why: string): Denied => deny('gateway/invalid-request', { method: 'CONNECT', why });
  if (text.length > longestAuthority) return invalid('an authority of more than 300 characters');
  const [, hostname, port] = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+):([1-9]\d{0,4})$/.exec(text) ?? [];
  if (hostname === undefined || Number(port) > 65_535) return invalid('no host:port');
  const url = parseUrl(`http://${hostname}:${port}/`);
  const host = url && canonicalHost(url.hostname);
  if (host === undefined) return invalid('a host that no resolver takes');
  return { host, port: Number(port), path: '', authority: text };
}

/** Reads the absolute form, `http://example.com/path` (RFC 9112, 3.2.2). */
export function readAbsoluteForm(text: string, method: string): Target | Denied {
  const invalid = (why: string, hint?: string): Denied =>
    deny('gateway/invalid-request', { method, why }, hint);
  if (/^https:/i.test(text)) {
    const hint =
      'Ask for https:// through CONNECT, as clients do by themselves when their https proxy is set.';
    return invalid('https:// without CONNECT', hint);
  }
  // What URL would read differently than the next server: a backslash, a fragment, bytes outside of ASCII, one slash.
  const [, rest] = /^http:\/\/[^/?\\#\s]+((?:[/?][^#\s]*)?)$/i.exec(text) ?? [];
  if (rest === undefined || /[^\x21-\x7e]/.test(text)) return invalid('no http:// URL');
  const destination = parseDestination(text);
  if ('allow' in destination) return destination;
  const { url, host, port } = destination;
  return { host, port, authority: url.host, path: pathOf(rest, method) };
}

function pathOf(rest: string, method: string): string {
  if (rest === '') return method === 'OPTIONS' ? '*' : '/';
  return rest.startsWith('?') ? `/${rest}` : rest;
}
