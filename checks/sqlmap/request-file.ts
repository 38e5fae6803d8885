import type { Target } from './target.ts';

/**
 * The text of a request, as a proxy would have written it down, for sqlmap's `-r`.
 *
 * @param app its address, with a slash at the end
 */
export function requestFile(app: string, { request, parameter }: Target): string {
  const url = new URL(request.path, app);
  // The place of a parameter that has no name.
  const marked = parameter === '#1*' ? `${url.pathname}*${url.search}` : `${url.pathname}${url.search}`;
  const json = request.type === 'json';
  const body =
    request.body && (json ? JSON.stringify(request.body) : String(new URLSearchParams(request.body)));
  return [
    `${request.method} ${marked} HTTP/1.1`,
    `Host: ${url.host}`,
    'Accept: */*',
    ...(body === undefined
      ? []
      : [`Content-Type: ${json ? 'application/json' : 'application/x-www-form-urlencoded'}`]),
    '',
    body ?? '',
  ].join('\r\n');
}
