import { isIP } from 'node:net';
import { type Address, isLoopback, parseAddress } from './address.ts';
import { addressBits } from './address-bits.ts';
import { firstBits } from './embedding.ts';
import { type Endpoint, parseEndpoint, parseResolver, splitPort } from './endpoint.ts';
import { type Labels, parseLabels, parseNamespace } from './labels.ts';
import { holdsMetadata } from './metadata.ts';
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
  return single(parseEndpoint(given), given);
}

/** An address, `KEY=VALUE@NAMESPACE`, or `kube-dns` for what nearly all clusters have; port 53 unless another is given. */
export function parseResolverPeer(given: Given): Peer {
  if (given.value === 'kube-dns') return parsePods('k8s-app=kube-dns@kube-system', 53, given);
  if (given.value.includes('=')) {
    return given.value.includes(':') ? parsePeer(given) : parsePods(given.value, 53, given);
  }
  return single(parseResolver(given), given);
}

function single(endpoint: Endpoint, given: Given): Peer {
  const { text, family, port } = outside(endpoint, given);
  return { kind: 'range', cidr: `${text}/${family === 4 ? 32 : 128}`, port };
}

/** @throws {Mistake} `egress/address` for loopback. */
function outside<A extends Address>(address: A, given: Given): A {
  if (!isLoopback(address)) return address;
  throw wrong(
    'egress/address',
    given,
    'is loopback',
    'In a pod, this address is the pod itself. No NetworkPolicy sees such traffic, so the rule would never match.',
    'Remove it if the service runs in the pod, which can always reach it. Otherwise give its labels or its address.',
  );
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
    throw badRange(given, 'is not a range', 'Write 10.2.0.0/28:4750 or [fd00:2::/120]:4750.');
  }
  const address = outside(parseAddress(host, given), given);
  // Half of the internet is not a gateway. /16 and /48 are what a whole network is given.
  if (bits < (family === 4 ? 16 : 48)) {
    throw badRange(
      given,
      'is too wide',
      'Name the smallest range that holds the gateway: at least /16, or /48 for IPv6.',
    );
  }
  const size = family === 4 ? 32 : 128;
  if ((addressBits(address) & ~firstBits(bits, size)) !== 0n) {
    throw badRange(given, 'has bits set beyond its length', 'Write the first address of the range.');
  }
  if (holdsMetadata(address, bits)) {
    throw wrong(
      'egress/metadata',
      given,
      'holds the metadata service of a cloud, or leads to it',
      "It gives the machine's credentials to anyone who can reach it, and this policy exists to block it.",
      'Name a range without it.',
    );
  }
  return `${address.text}/${bits}`;
}

function badRange(given: Given, what: string, fix: string): Mistake {
  return wrong('egress/range', given, what, 'The policy would allow more than intended, or nothing.', fix);
}
