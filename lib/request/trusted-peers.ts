import { BlockList, isIP } from 'node:net';
import { Misuse } from '../refusal/misuse.ts';
import { ipAddress } from './ip-address.ts';

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
  const list = new BlockList();
  for (const entry of from.flatMap((one: unknown) => (one === 'private' ? privateNetworks : [one]))) {
    add(list, entry, option);
  }
  // A proxy sends many requests, and asking the list takes a few microseconds.
  const known = new Map<string, boolean>();
  return (peer) => {
    if (peer === undefined) return false;
    if (peer === 'unix') return true;
    const before = known.get(peer);
    if (before !== undefined) return before;
    const trusted = list.check(peer, peer.includes(':') ? 'ipv6' : 'ipv4');
    if (known.size >= mostKnown) known.clear();
    known.set(peer, trusted);
    return trusted;
  };
}

const mostKnown = 1_000;

function add(list: BlockList, entry: unknown, option: string): void {
  const invalid = (why: string): Misuse => invalidEntry(option, entry, why);
  const [, address = '', length] = (typeof entry === 'string' && network.exec(entry)) || [];
  const version = isIP(address);
  const bits = version === 6 ? 128 : 32;
  const prefix = length === undefined ? bits : Number(length);
  if (version === 0 || prefix > bits) throw invalid('It is neither an address nor a network.');
  // A mapped network would never match, because such peers are compared as IPv4.
  if (version === 6 && ipAddress(address)?.includes('.')) throw invalid('Write it as IPv4.');
  // An accidental `/0` is everyone.
  if (prefix === 0) throw invalid('It matches every client.');
  list.addSubnet(address, prefix, version === 6 ? 'ipv6' : 'ipv4');
}

const network = /^([\da-f.:]{2,45})(?:\/(\d{1,3}))?$/i;

function invalidEntry(option: string, entry: unknown, why: string): Misuse {
  const shown =
    typeof entry === 'string' ? JSON.stringify(entry.slice(0, 64)) : `a value of type ${typeof entry}`;
  return new Misuse(
    'bulwark/invalid-option',
    `${option} has ${shown}. ${why} Write entries such as '10.0.0.0/8', '2001:db8::/32', or 'private'.`,
  );
}
