import { Misuse } from '../refusal/misuse.ts';
import { networkList } from './network-list.ts';

/**
 * Loopback, private (RFC 1918, RFC 4193) and link-local addresses: nobody on the internet can connect from one. Shared
 * address space (100.64.0.0/10, RFC 6598) is not among them, because a provider's customers have such addresses.
 */
const privateNetworks = [
  ...['127.0.0.0/8', '::1/128', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
  ...['fc00::/7', '169.254.0.0/16', 'fe80::/10'],
];

/** Published lists of CDNs have some hundreds of entries. */
const mostEntries = 10_000;

/**
 * Whose word on forwarded headers is taken. A Unix socket is always believed, because file permissions decide who can connect
 * to it.
 *
 * @param from addresses, networks such as `10.0.0.0/8`, and `private` for the networks that are believed by default
 * @param option its name, for messages
 * @returns a test of `unix`, or of an address as `ipAddress` spells it
 * @throws Misuse `bulwark/invalid-option`
 */
export function trustedPeers(
  from: unknown = ['private'],
  option = 'trustedProxies.from',
): (peer: string | undefined) => boolean {
  if (!Array.isArray(from) || from.length === 0 || from.length > mostEntries) {
    throw new Misuse('bulwark/invalid-option', `${option} takes a list of 1 to ${mostEntries} networks.`);
  }
  const list = networkList();
  for (const entry of from.flatMap((one: unknown) => (one === 'private' ? privateNetworks : [one]))) {
    const why = list.add(entry);
    if (why !== undefined) throw invalidEntry(option, entry, why);
  }
  // A proxy sends many requests, and asking the list takes a few microseconds.
  const known = new Map<string, boolean>();
  return (peer) => {
    if (peer === undefined) return false;
    if (peer === 'unix') return true;
    const before = known.get(peer);
    if (before !== undefined) return before;
    const trusted = list.has(peer);
    if (known.size >= mostKnown) known.clear();
    known.set(peer, trusted);
    return trusted;
  };
}

const mostKnown = 1_000;

function invalidEntry(option: string, entry: unknown, why: string): Misuse {
  const shown =
    typeof entry === 'string' ? JSON.stringify(entry.slice(0, 64)) : `a value of type ${typeof entry}`;
  return new Misuse(
    'bulwark/invalid-option',
    `${option} has ${shown}. ${why} Write entries such as '10.0.0.0/8', '2001:db8::/32', or 'private'.`,
  );
}
