/** Whether a host, or that of a URL, is this machine's, or has a name that only a private network knows. */
export function isNear(text: string | undefined): boolean {
  if (text === undefined) return false;
  const host = hostOf(text);
  return (
    /^(localhost|ip6-localhost|\[?::1\]?|0\.0\.0\.0|127\.[\d.]+)$/i.test(host) ||
    /\.(localhost|local|internal|intranet|lan|home|test|invalid|svc|cluster)$/i.test(host) ||
    /^[a-z][\w-]*$/i.test(host)
  );
}

function hostOf(text: string): string {
  const rest = text.replace(/^[a-z][\w+.-]*:\/\//i, '').split(/[/?#]/)[0] ?? '';
  const host = rest.slice(rest.lastIndexOf('@') + 1);
  return host.startsWith('[') ? host.replace(/\]:.*$/, ']') : host.replace(/(^[^:]*):.*$/, '$1') || host;
}
