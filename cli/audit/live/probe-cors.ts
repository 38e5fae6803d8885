import type { Client } from '../../target/http/client.ts';
import type { CorsProbe, ForeignOrigin } from './site.ts';

export interface CorsOptions {
  readonly methods: readonly ('GET' | 'OPTIONS')[];
  /** Of the site itself, to send along once: `session=...` */
  readonly cookie?: string | undefined;
}

/** Asks for a page as scripts of six foreign origins would. */
export function probeCors(
  client: Client,
  url: URL,
  { methods, cookie }: CorsOptions,
): Promise<readonly CorsProbe[]> {
  const origins = Object.entries(foreignOrigins(url)) as readonly [ForeignOrigin, string][];
  const asked = methods.flatMap((method) =>
    origins.map(([kind, origin]) => ({ kind, origin, method, withCookies: false })),
  );
  const another = origins[0];
  if (cookie !== undefined && another !== undefined)
    asked.push({ kind: another[0], origin: another[1], method: 'GET', withCookies: true });
  return Promise.all(
    asked.map(async (one): Promise<CorsProbe> => {
      const headers = {
        Origin: one.origin,
        ...(one.method === 'OPTIONS' && preflight),
        ...(one.withCookies && cookie !== undefined && { Cookie: cookie }),
      };
      return { ...one, url: url.href, reply: await client.send({ url, method: one.method, headers }) };
    }),
  );
}

const preflight = {
  'Access-Control-Request-Method': 'PUT',
  'Access-Control-Request-Headers': 'authorization,content-type',
} as const;

/** Names that are reserved (RFC 2606) where the site's own name leaves a choice. */
function foreignOrigins({ protocol, hostname, port }: URL): Readonly<Record<ForeignOrigin, string>> {
  const name = /^\[|^[\d.]+$/.test(hostname) ? hostname.replace(/[[\]]/g, '').replaceAll(':', '-') : hostname;
  const end = port === '' ? '' : `:${port}`;
  const other = protocol === 'https:' ? 'http:' : 'https:';
  return {
    another: 'https://bulwark-audit.example',
    null: 'null',
    prefix: `${protocol}//${name}.bulwark-audit.example${end}`,
    suffix: `${protocol}//bulwark-audit-${name}${end}`,
    subdomain: `${protocol}//bulwark-audit.${name}${end}`,
    'http-twin': `${other}//${hostname}${end}`,
  };
}
