import { knownOptions } from '../internal/known-options.ts';
import { Misuse } from '../refusal/misuse.ts';
import { ipAddress } from '../request/ip-address.ts';
import { networkList } from '../request/network-list.ts';
import type { RateLimitFacts, RateLimitNeed } from './rule.ts';

/** Requests that no limit applies to, and why. */
export interface Exemption {
  /** Addresses and networks, such as `192.0.2.0/24`. */
  readonly addresses?: readonly string[];
  /** A test of its own, such as for health checks. */
  readonly when?: (facts: RateLimitFacts) => boolean;
  /** The reason, for the next reader of the code. */
  readonly because: string;
}

const mostAddresses = 10_000;

export interface Exemptions {
  readonly needs: readonly RateLimitNeed[];
  match(facts: RateLimitFacts): boolean;
}

/** @throws Misuse `bulwark/invalid-option` */
export function parseExemptions(option: unknown): Exemptions {
  if (option === undefined) return { needs: [], match: () => false };
  if (!Array.isArray(option))
    throw invalid('allow takes a list of { addresses, because } and { when, because }.');
  const tests = option.map((one) => parseExemption(one));
  const needs = option.map((one: Exemption) => (Object.hasOwn(one, 'when') ? 'function' : 'address'));
  return { needs, match: (facts) => tests.some((test) => test(facts)) };
}

function parseExemption(exemption: Exemption): (facts: RateLimitFacts) => boolean {
  const { addresses, when, because } = knownOptions<Exemption>(exemption, ['addresses', 'when', 'because']);
  if (typeof because !== 'string' || because.trim().length < 3) {
    throw invalid('Each entry of allow needs its reason: { because: "..." }.');
  }
  if (typeof when === 'function' && addresses === undefined) return (facts) => when(facts) === true;
  if (
    !Array.isArray(addresses) ||
    when !== undefined ||
    addresses.length === 0 ||
    addresses.length > mostAddresses
  ) {
    throw invalid('An entry of allow has either addresses, a list of networks, or when, a function.');
  }
  const list = networkList();
  for (const entry of addresses as readonly unknown[]) {
    if (list.add(entry) !== undefined) {
      throw invalid(
        "Each address of allow is an address or a network, such as '192.0.2.0/24'. IPv4 is written as IPv4.",
      );
    }
  }
  return ({ address }) => {
    const client = ipAddress(address);
    return client !== undefined && list.has(client);
  };
}

function invalid(hint: string): Misuse {
  return new Misuse('bulwark/invalid-option', hint);
}
