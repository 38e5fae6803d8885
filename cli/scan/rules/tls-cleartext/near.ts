/**
 * Whether a host is this machine or in a private network, judging by its name or address: `localhost`, `10.0.0.1`,
 * `db.internal`. The argument is a host or a URL.
 */
export function isNear(text: string | undefined): boolean {
  if (text === undefined) return false;
  const host = hostOf(text);
  return (
    /^(localhost|ip6-localhost|\[?::1\]?|0\.0\.0\.0|127\.[\d.]+)$/i.test(host) ||
    isPrivateAddress(host) ||
    /\.(localhost|local|localdomain|internal|intranet|corp|private|lan|home|home\.arpa|test|invalid|svc|cluster)$/i.test(
      host,
    ) ||
    /^[a-z][\w-]*$/i.test(host)
  );
}

/** Whether a host, or the host of a URL, is an address of a private network: `10.0.0.1`. False for names. */
export function isPrivate(text: string | undefined): boolean {
  return text !== undefined && isPrivateAddress(hostOf(text));
}

/** The ranges of RFC 1918 and 6598, link-local addresses, and the private ranges of IPv6. */
function isPrivateAddress(host: string): boolean {
  return (
    /^(10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.[\d.]+$/.test(
      host,
    ) || /^\[?(f[cd][\da-f]{2}|fe[89ab][\da-f]):[\da-f:.]*(%\w+)?\]?$/i.test(host)
  );
}

function hostOf(text: string): string {
  const rest = text.replace(/^[a-z][\w+.-]*:\/\//i, '').split(/[/?#]/)[0] ?? '';
  const host = rest.slice(rest.lastIndexOf('@') + 1);
  return host.startsWith('[') ? host.replace(/\]:.*$/, ']') : host.replace(/(^[^:]*):.*$/, '$1') || host;
}
