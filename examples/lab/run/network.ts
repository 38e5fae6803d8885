import { ssrfPayloads } from 'bulwark/testing';

/**
 * The network that the lab plays. No packet leaves the machine: names resolve by this table, and a connection to one of
 * these addresses is handed to a canary on the loopback interface. Anything else is refused.
 */
export type Canary = 'metadata' | 'internal' | 'public' | 'banner';

export interface Network {
  /** Names and the addresses that the lab's resolver answers with. */
  readonly names: Readonly<Record<string, readonly string[]>>;
  /** The loopback port on which each canary listens. */
  readonly ports: Readonly<Record<Canary, number>>;
}

/** A public site: documentation addresses would be refused by any guard, so it borrows one of example.com's. */
export const publicAddress = '93.184.215.14';

export const names: Readonly<Record<string, readonly string[]>> = {
  // What the corpus says that an attacker's own resolver answers.
  ...Object.fromEntries(
    ssrfPayloads.flatMap(({ url, answers }) => (answers ? [[new URL(url).hostname, answers]] : [])),
  ),
  localhost: ['127.0.0.1'],
  'news.example.com': [publicAddress],
  'www.example.com': [publicAddress],
  'example.com': [publicAddress],
  'short.example.com': [publicAddress],
  'dual.example.com': [publicAddress, '2606:2800:21f:cb07:6820:80da:af6b:8b2c'],
  'metadata.google.internal': ['169.254.169.254'],
  'internal.server': ['10.0.0.5'],
  'admin.internal': ['10.0.0.5'],
  '127.0.0.1.nip.io': ['127.0.0.1'],
};

/** Which canary plays an address and port, or undefined where the lab has no such host. */
export function canaryFor(address: string, port: number): Canary | undefined {
  const plain = address.toLowerCase().replace(/^::ffff:(\d+\.\d+\.\d+\.\d+)$/, '$1');
  if (plain === '169.254.169.254' || plain === 'fd00:ec2::254') return 'metadata';
  if (plain === publicAddress || plain.startsWith('2606:2800:')) return 'public';
  const internal =
    /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|0\.0\.0\.0$)/.test(plain) ||
    /^(?:::1$|::$|fc|fd)/.test(plain) ||
    /^::ffff:(?:7f|a00|a[0-9a-f]{2}|c0a8)/.test(plain);
  if (!internal) return undefined;
  return port === 22 || port === 3306 || port === 6379 ? 'banner' : 'internal';
}
