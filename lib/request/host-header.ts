import { allowed, type Decision, deny } from '../refusal/decision.ts';

/**
 * Whether a request names one host (RFC 9112, 3.2): at most one `Host` line, a valid value, and the same host in a target
 * that has one. A missing or empty `Host` is left to the server, which knows the version of HTTP.
 *
 * @param target the request target, as `req.url` has it
 * @param rawHeaders names and values in turn, as `req.rawHeaders` has them
 */
export function judgeHost(
  target: string | undefined,
  rawHeaders: readonly string[],
): Decision<'request/invalid-host'> {
  let host: string | undefined;
  let lines = 0;
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    if (name.length !== 4 || name.toLowerCase() !== 'host') continue;
    if (lines++ > 0) return invalid(rawHeaders[i + 1] as string, 'repeated');
    host = rawHeaders[i + 1] as string;
  }
  return judgeNamedHost(target, host);
}

/** The same where at most one line was found: the value of that line. */
export function judgeNamedHost(
  target: string | undefined,
  host: string | undefined,
): Decision<'request/invalid-host'> {
  if (host !== undefined && host !== '' && host !== knownHost) {
    if (!isHost(host)) return invalid(host, 'malformed');
    knownHost = host;
  }
  // `/path` and `*` name no host.
  if (target === undefined || target.startsWith('/') || target === '*') return allowed;
  const absolute = /^(https?):\/\/([^/?#]*)/i.exec(target);
  if (!absolute) return invalid(host ?? '', 'the target is no http URL');
  const [, scheme = '', authority = ''] = absolute;
  if (!isHost(authority)) return invalid(authority, 'malformed in the target');
  const differs = host !== undefined && plain(scheme, host) !== plain(scheme, authority);
  return differs ? invalid(host ?? '', 'another than the target names') : allowed;
}

/** The last valid one: nearly all requests to a server name the same. */
let knownHost: string | undefined;

/** User information may hold a password, and without its scheme nothing shows that. */
function invalid(host: string, reason: string): Decision<'request/invalid-host'> {
  return deny('request/invalid-host', {
    host: host.replace(/^.*(?:@|%(?:25){0,3}40)/is, '[redacted]@'),
    reason,
  });
}

/**
 * A name, an IPv4 or a bracketed IPv6 address, and a port. Narrower than RFC 3986, whose reg-name holds quotes, commas and
 * semicolons: no real host has them, and they break out of where applications write the host.
 */
function isHost(value: string): boolean {
  const [, , port = '0'] = hostAndPort.exec(value) ?? [];
  return value.length <= 262 && hostAndPort.test(value) && Number(port) <= 65_535;
}

const hostAndPort = /^([A-Za-z\d._~-]{1,255}|\[[\dA-Fa-f:.]{2,45}\])(?::(\d{0,5}))?$/;

function plain(scheme: string, host: string): string {
  const usual = scheme.toLowerCase() === 'https' ? '443' : '80';
  const [, name = '', port = ''] = hostAndPort.exec(host) ?? [];
  return `${name.toLowerCase()}:${port === '' ? usual : Number(port)}`;
}
