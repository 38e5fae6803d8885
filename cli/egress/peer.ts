import { isIP } from 'node:net';
import { parseAddress } from './address.ts';
import { parseEndpoint, parseResolver, splitPort } from './endpoint.ts';
import { type Labels, parseLabels, parseNamespace } from './labels.ts';
import { metadataWithin } from './metadata.ts';
import { type Given, type Mistake, wrong } from './mistake.ts';

/** Where a NetworkPolicy lets pods connect to. */
export type Peer =
  | { readonly kind: 'range'; readonly cidr: string; readonly port: number }
  | {
      readonly kind: 'pods';
      readonly labels: Labels;
      /** Undefined: the namespace of the policy. */
      readonly namespace: string | undefined;
      readonly port: number;
    };

/**
 * `10.0.0.5:4750`, `10.0.0.0/28:4750`, `[fd00::/120]:4750`, `app=gateway:4750` or `app=gateway@egress:4750`.
 *
 * @throws {Mistake}
 */
export function parsePeer(given: Given): Peer {
  if (given.value.includes('=')) {
    const [, selector = '', digits = ''] = /^(.*):([^:]*)$/s.exec(given.value) ?? [];
    // The port is checked with an address before it, for the same grammar and the same message.
    const { port } = splitPort({ option: given.option, value: `192.0.2.1:${digits}` });
    return parsePods(selector, port, given);
  }
  if (given.value.includes('/') && !given.value.includes('//')) {
    const { host, port } = splitPort(given);
    return { kind: 'range', cidr: parseCidr(host, given), port };
  }
  const { text, family, port } = parseEndpoint(given);
  return { kind: 'range', cidr: `${text}/${family === 4 ? 32 : 128}`, port };
}

/** An address, `KEY=VALUE@NAMESPACE`, or `kube-dns` for what nearly all clusters have; port 53 unless another is given. */
export function parseResolverPeer(given: Given): Peer {
  if (given.value === 'kube-dns') return parsePods('k8s-app=kube-dns@kube-system', 53, given);
  if (given.value.includes('=')) {
    return given.value.includes(':') ? parsePeer(given) : parsePods(given.value, 53, given);
  }
  const { text, family, port } = parseResolver(given);
  return { kind: 'range', cidr: `${text}/${family === 4 ? 32 : 128}`, port };
}

function parsePods(selector: string, port: number, given: Given): Peer {
  const at = selector.indexOf('@');
  const namespace = at === -1 ? undefined : parseNamespace(selector.slice(at + 1), given);
  return {
    kind: 'pods',
    labels: parseLabels(at === -1 ? selector : selector.slice(0, at), given),
    namespace,
    port,
  };
}

function parseCidr(text: string, given: Given): string {
  const [, host = '', digits = ''] = /^([^/]*)\/(0|[1-9][0-9]{0,2})$/.exec(text) ?? [];
  const bits = Number(digits);
  const family = isIP(host);
  if (family === 0 || digits === '' || bits > (family === 4 ? 32 : 128)) {
    throw badRange(given, 'is no range', 'Write 10.2.0.0/28:4750 or [fd00:2::/120]:4750.');
  }
  const address = parseAddress(host, given);
  // Half of the internet is not a gateway. /16 and /48 are what a whole network is given.
  if (bits < (family === 4 ? 16 : 48)) {
    throw badRange(
      given,
      'is too wide',
      'Name the smallest range that holds the gateway: at least /16, or /48 for IPv6.',
    );
  }
  if (hasHostBits(address.text, bits, address.family)) {
    throw badRange(given, 'has bits set beyond its length', 'Write the first address of the range.');
  }
  if (metadataWithin(address.text, bits, address.family) !== undefined) {
    throw wrong(
      'egress/metadata',
      given,
      'holds the metadata service of a cloud',
      'It gives the credentials of the machine to whoever reaches it, and this policy exists to close it.',
      'Name a range without it.',
    );
  }
  return `${address.text}/${bits}`;
}

function badRange(given: Given, what: string, fix: string): Mistake {
  return wrong('egress/range', given, what, 'The policy would open more than was meant, or nothing.', fix);
}

function hasHostBits(address: string, bits: number, family: 4 | 6): boolean {
  const value = family === 4 ? ipv4Bits(address) : ipv6Bits(address);
  return /1/.test(value.slice(bits));
}

function ipv4Bits(address: string): string {
  return address
    .split('.')
    .map((octet) => Number(octet).toString(2).padStart(8, '0'))
    .join('');
}

function ipv6Bits(address: string): string {
  const [head = '', tail = ''] = address.split('::');
  const groups = (text: string): string[] =>
    text === ''
      ? []
      : text.split(':').map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0'));
  const [before, after] = [groups(head), groups(tail)];
  const gap = Array<string>(8 - before.length - after.length).fill('0'.repeat(16));
  return [...before, ...gap, ...after].join('');
}
