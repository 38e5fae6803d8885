import { type Diagnosis, ok, wrong } from '../diagnosis.ts';
import { isLoopbackHost } from './addresses.ts';
import { optionFor } from './diagnose-hops.ts';
import type { Route } from './route-of.ts';
import type { Sighting } from './sighting.ts';
import { forgedHost, forgedProtocol, type Visits } from './visit.ts';

/** Whether the application knows the origin that browsers see: the whole of it, its scheme, and its host. */
export function diagnoseOrigin(visits: Visits, route: Route): readonly Diagnosis[] {
  const { url } = visits.fresh.answer;
  const plain = visits.fresh.seen as Sighting;
  const forged = visits.forged.seen as Sighting;
  return [origin(url, plain), tls(url, plain, forged, route), host(url, plain, forged, route)];
}

const refused =
  'Form submissions are refused as cross-site (csrf/cross-origin), or links lead to another site.';

function origin(url: URL, { origin: derived, setup }: Sighting): Diagnosis {
  const id = 'origin';
  const { origins } = setup;
  const isSet = origins.length > 0;
  const evidence = [
    isSet ? `the option origin is ${origins.join(', ')}` : `derived from the request: ${derived ?? 'none'}`,
    `the URL has ${url.origin}`,
  ];
  if (isSet ? isListed(origins, url) : derived === url.origin) {
    return ok(id, 'The application knows the origin that browsers see.', evidence);
  }
  return wrong(id, 'The application has a different origin than this URL.', {
    evidence,
    why: refused,
    fix: [
      isSet
        ? `bulwark({ origin: [${[...origins, url.origin].map((one) => `'${one}'`).join(', ')}] }), if both are yours`
        : `bulwark({ origin: '${url.origin}' })`,
    ],
  });
}

function isListed(origins: readonly string[], url: URL): boolean {
  return origins.some((one) => one.replace(/\/$/, '').toLowerCase() === url.origin);
}

function tls(url: URL, plain: Sighting, forged: Sighting, route: Route): Diagnosis {
  const id = 'proxies/tls';
  const { forwarded, protocol, peer, setup } = plain;
  const proto = forwarded['x-forwarded-proto'];
  const evidence = [
    `the URL has ${url.protocol.slice(0, -1)}, the connection to the application ${peer.encrypted ? 'uses' : 'does not use'} TLS`,
    `X-Forwarded-Proto is ${proto === undefined ? 'absent' : JSON.stringify(proto)}; the application sees the scheme ${protocol}`,
  ];
  if (forged.protocol !== protocol && forged.protocol === forgedProtocol(url)) {
    return wrong(id, 'A client can choose the scheme: a forged one is believed.', {
      evidence,
      why: 'A client can make the application believe that its connection uses TLS, or that it does not (CWE-348).',
      fix:
        route.kind === 'direct'
          ? ['bulwark({ trustedProxies: 0 }), if no proxy is in front']
          : [
              'nginx nearest to the clients: proxy_set_header X-Forwarded-Proto $scheme;',
              'remove the Forwarded header of clients too, if the application reads it',
            ],
    });
  }
  if (`${protocol}:` === url.protocol) {
    if (url.protocol === 'https:' || isLoopbackHost(url.hostname)) {
      return ok(id, 'The application knows how the client connected.', evidence);
    }
    return wrong(id, 'The application is served without TLS.', {
      evidence,
      why: 'Browsers accept no Secure cookie from this URL, and anyone on the network can read the rest (CWE-319).',
      fix: ['end TLS at the proxy, redirect http to https, and run the doctor with the https URL'],
    });
  }
  if (isListed(setup.origins, url)) {
    return ok(id, 'The scheme is wrong, but the option origin takes precedence.', evidence);
  }
  return wrong(
    id,
    `The application sees the scheme ${protocol}, but the URL has ${url.protocol.slice(0, -1)}.`,
    {
      evidence,
      why: refused,
      fix: schemeFix(url, plain, route),
    },
  );
}

function schemeFix(url: URL, { forwarded, setup }: Sighting, route: Route): string[] {
  const scheme = url.protocol.slice(0, -1);
  const isForwarded = route.family === 'forwarded';
  const sent = isForwarded
    ? /proto="?(\w+)/i.exec(forwarded['forwarded'] ?? '')?.[1]
    : forwarded['x-forwarded-proto']?.split(',')[0]?.trim();
  const fits = sent?.toLowerCase() === scheme;
  // Where the header is right, only the count is wrong.
  const count = { ...route, proxies: Math.max(route.proxies, 1) };
  const option = optionFor(count, { peer: {} } as Sighting);
  if (fits) return [option];
  const line = isForwarded
    ? `the proxy that ends TLS: set \`Forwarded: for=<the client's address>;proto=${scheme}\``
    : sent === undefined
      ? 'nginx nearest to the clients: proxy_set_header X-Forwarded-Proto $scheme;'
      : 'nginx nearest to the application: proxy_set_header X-Forwarded-Proto $http_x_forwarded_proto;';
  return setup.hops === 0 ? [line, option] : [line];
}

function host(url: URL, plain: Sighting, forged: Sighting, route: Route): Diagnosis {
  const id = 'proxies/host';
  const { forwarded, setup } = plain;
  const seen = hostOf(url, plain.host);
  const evidence = [
    `the URL has ${url.host}, Host is ${forwarded['host'] ?? plain.host ?? 'absent'}`,
    `X-Forwarded-Host is ${forwarded['x-forwarded-host'] ?? 'absent'}; the application sees the host ${plain.host ?? '(none)'}`,
  ];
  if (hostOf(url, forged.host) === forgedHost) {
    return wrong(id, 'A client can choose the host: a forged X-Forwarded-Host is believed.', {
      evidence,
      why: 'Links in emails and pages can lead to a host of the attacker (CWE-644), and caches may store them.',
      fix: [
        `${optionFor({ ...route, proxies: Math.max(route.proxies, 1) }, plain)}, and each nginx: proxy_set_header Host $http_host;`,
        'or nginx nearest to the clients: proxy_set_header X-Forwarded-Host $http_host;',
      ],
    });
  }
  if (seen === url.host) return ok(id, 'The host arrives unchanged.', evidence);
  if (isListed(setup.origins, url)) {
    return ok(id, 'The proxy changes the host, but the option origin takes precedence.', evidence);
  }
  const forwardedHost = hostOf(url, forwarded['x-forwarded-host']);
  const isOverwritten = hostOf(url, forged.forwarded['x-forwarded-host']) === url.host;
  const option = `bulwark({ trustedProxies: { hops: ${Math.max(route.proxies, 1)}, allowForwardedHost: true } })`;
  const isPortLost = seen === url.hostname && url.port !== '';
  return wrong(id, isPortLost ? 'The proxy drops the port of the host.' : 'The proxy changes the host.', {
    evidence,
    why: refused,
    fix: [
      'each nginx: proxy_set_header Host $http_host;',
      ...(forwardedHost === url.host && isOverwritten ? [`or ${option}`] : []),
      `or bulwark({ origin: '${url.origin}' })`,
    ],
  });
}

/** Without the scheme's default port, which browsers leave out. */
function hostOf(url: URL, host: string | undefined): string | undefined {
  try {
    return host === undefined ? undefined : new URL(`${url.protocol}//${host.split(',')[0]?.trim()}`).host;
  } catch {
    return undefined;
  }
}
