import { Misuse } from '../../refusal/misuse.ts';
import { embeddingBlocks } from '../address/embedded-ipv4.ts';
import { parseNat64Prefix } from '../address/nat64.ts';
import { type Network, overlap, parseNetwork } from '../address/network.ts';
import { type HostRule, parseHostRule } from './host-rule.ts';
import type { PrivateDestination, PrivateRule } from './policy.ts';
import { type ProxyRule, parseProxyRule } from './proxy-rule.ts';

// What each option of a policy may be, and the sentence for everything else.

export function hostRules(hosts: unknown): readonly HostRule[] | undefined {
  if (hosts === 'public') return undefined;
  if (!Array.isArray(hosts)) throw invalid("hosts is 'public' or a list of names.");
  return Object.freeze(
    Array.from(hosts, (text) => {
      const rule = hostRule('hosts', text);
      // `*.com` would be a third of the internet.
      if (rule.wildcard && !rule.name.includes('.')) {
        throw invalid(
          `${JSON.stringify(text)} in hosts needs two labels after the star; for any host say 'public'.`,
        );
      }
      return rule;
    }),
  );
}

function hostRule(option: string, text: unknown): HostRule {
  const rule = typeof text === 'string' ? parseHostRule(text) : undefined;
  if (rule) return Object.freeze(rule);
  throw invalid(
    `${option} takes names such as api.example.com and *.example.com, not ${JSON.stringify(text)}.`,
  );
}

export function privateRule(entry: PrivateDestination): PrivateRule {
  if (typeof entry !== 'object' || entry === null) throw invalid('allowPrivate takes { host, cidr, ports }.');
  const network = typeof entry.cidr === 'string' ? parseNetwork(entry.cidr) : undefined;
  if (!network || network.prefix < widestPrefix(network)) {
    throw invalid(
      `cidr in allowPrivate is a range such as 10.2.0.0/16, no wider than /8 (IPv4), /7 (IPv6) or /104 (IPv6 that ` +
        `holds IPv4) and with no bits set after its prefix, not ${JSON.stringify(entry.cidr)}.`,
    );
  }
  return Object.freeze({
    host: hostRule('host in allowPrivate', entry.host),
    network: Object.freeze(network),
    ports: portList('ports in allowPrivate', entry.ports),
  });
}

/**
 * 10.0.0.0/8 and fc00::/7 are the widest ranges that anyone runs; what is wider was not meant. An IPv6 range that holds
 * IPv4 addresses is measured as they are: `::/8` and `64:ff9b::/96` would be all of IPv4.
 */
function widestPrefix(network: Network): number {
  const blocks = embeddingBlocks.map((block) => parseNetwork(block) as Network);
  return blocks.some((block) => overlap(block, network)) ? 104 : 7;
}

export function portList(option: string, ports: readonly number[]): readonly number[] {
  return Object.freeze(some(option, ports).map((port) => whole(option, port, 1, 65_535)));
}

export function scheme(name: unknown): string {
  if (name !== 'http' && name !== 'https') throw invalid("schemes takes 'http' and 'https'.");
  return `${name}:`;
}

export function method(text: unknown): string {
  const upper = typeof text === 'string' ? text.toUpperCase() : '';
  // The fetch standard forbids these three; CONNECT would make the other side a proxy.
  if (/^[A-Z][A-Z0-9_-]{0,31}$/.test(upper) && !['CONNECT', 'TRACE', 'TRACK'].includes(upper)) return upper;
  throw invalid(`methods takes HTTP methods but CONNECT, TRACE and TRACK, not ${JSON.stringify(text)}.`);
}

export function contentType(text: unknown): string {
  const lower = typeof text === 'string' ? text.toLowerCase() : '';
  if (/^[a-z0-9!#$&^_.+-]+\/(?:\*|[a-z0-9!#$&^_.+-]+)$/.test(lower)) return lower;
  throw invalid(`contentTypes takes types such as text/html and image/*, not ${JSON.stringify(text)}.`);
}

export function proxy(text: unknown): ProxyRule {
  const rule = typeof text === 'string' ? parseProxyRule(text) : undefined;
  if (rule) return rule;
  // The text is not shown: it may hold a password.
  throw invalid('proxy takes a URL such as http://proxy.example:3128, with no path.');
}

export function nat64(text: unknown): Network {
  const network = typeof text === 'string' ? parseNat64Prefix(text) : undefined;
  if (network) return Object.freeze(network);
  throw invalid(
    `nat64 takes prefixes such as 64:ff9b:1:fffe::/96, of 32, 40, 48, 56, 64 or 96 bits, not ${JSON.stringify(text)}.`,
  );
}

export function list<T>(option: string, value: readonly T[]): readonly T[] {
  // A hole in a list is an entry that is none.
  if (Array.isArray(value)) return Array.from(value);
  throw invalid(`${option} takes a list.`);
}

export function some<T>(option: string, value: readonly T[]): readonly T[] {
  const given = list(option, value);
  if (given.length > 0) return given;
  throw invalid(`${option} takes a list of at least one.`);
}

export function whole(option: string, value: number, least: number, most: number): number {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  throw invalid(`${option} takes whole numbers from ${least} to ${Math.floor(most)}.`);
}

export function invalid(sentence: string): Misuse {
  return new Misuse('bulwark/invalid-option', sentence);
}
