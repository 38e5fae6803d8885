import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { TargetMistake } from '../target-mistake.ts';
import { isLoopbackHost } from './loopback-host.ts';
import { isMetadataAddress } from './metadata-address.ts';

/** Where requests may go. Each name was resolved once, and every connection goes to what it resolved to then. */
export interface Gate {
  /** Whether a request may go to this URL. */
  allows(url: URL): boolean;
  /** The addresses of an allowed host, as `URL` writes it; an empty list if it does not resolve. */
  addresses(hostname: string): readonly LookupAddress[];
  /** Every allowed host is this machine. */
  readonly isLoopback: boolean;
}

export interface GateOptions {
  /** As `parseTarget` returns them. */
  readonly urls: readonly URL[];
  /** As `parseHost` returns them: hosts that are not this machine. */
  readonly allowHosts: readonly string[];
  readonly resolve?: (hostname: string) => Promise<readonly LookupAddress[]>;
}

/**
 * Opens the gate for some URLs: their hosts, at their ports, and at 80 and 443 for those that use one of these. On this machine every
 * port is another service, and a redirect must not choose it.
 *
 * @throws {TargetMistake} for a host that is neither this machine nor allowed by name, and for one that is a cloud's metadata service
 */
export async function openGate({ urls, allowHosts, resolve = resolveName }: GateOptions): Promise<Gate> {
  for (const { hostname } of urls) {
    if (isLoopbackHost(hostname) || allowHosts.includes(hostname)) continue;
    throw new TargetMistake(
      `${hostname} is not this machine.`,
      'A host that is not this machine is named twice, so that a slip of the pen tests nobody else.',
      `If you may test it, add: --allow-host ${hostname}`,
    );
  }
  const hosts = new Set([...urls.map(({ hostname }) => hostname), ...allowHosts]);
  const pinned = new Map<string, readonly LookupAddress[]>();
  for (const host of hosts) pinned.set(host, await pin(host, resolve));
  const origins = new Set(urls.flatMap(originsOf));
  for (const host of allowHosts) for (const origin of defaults(host)) origins.add(origin);
  return {
    allows: (url) => /^https?:$/.test(url.protocol) && origins.has(originOf(url)),
    addresses: (hostname) => pinned.get(hostname) ?? [],
    isLoopback: [...hosts].every(isLoopbackHost),
  };
}

const resolveMs = 5_000;

async function resolveName(hostname: string): Promise<readonly LookupAddress[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<[]>((done) => {
    timer = setTimeout(() => done([]), resolveMs);
  });
  try {
    return await Promise.race([lookup(hostname, { all: true }), late]);
  } catch {
    return [];
  } finally {
    clearTimeout(timer);
  }
}

async function pin(
  hostname: string,
  resolve: NonNullable<GateOptions['resolve']>,
): Promise<readonly LookupAddress[]> {
  const literal = hostname.replace(/^\[|\]$/g, '');
  const family = isIP(literal);
  // Names of this machine are never asked for: a resolver could answer with another one.
  const addresses =
    family !== 0
      ? [{ address: literal, family }]
      : isLoopbackHost(hostname)
        ? thisMachine
        : (await resolve(hostname)).slice(0, 20);
  const metadata = addresses.find(({ address }) => isMetadataAddress(address));
  if (metadata === undefined) return addresses;
  throw new TargetMistake(
    `${hostname} is the metadata service of a cloud (${metadata.address}).`,
    'Its answers are credentials of this machine.',
    'Name the host of your own site.',
  );
}

const thisMachine: readonly LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/** Scheme, host and port, the port in digits. */
function originOf({ protocol, hostname, port }: URL): string {
  return `${protocol}//${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
}

function originsOf(url: URL): readonly string[] {
  return url.port === '' ? [originOf(url), ...defaults(url.hostname)] : [originOf(url)];
}

function defaults(hostname: string): readonly string[] {
  return [`http://${hostname}:80`, `https://${hostname}:443`];
}
