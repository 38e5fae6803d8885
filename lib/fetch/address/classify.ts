import type { Address } from './address.ts';
import { embeddedIpv4 } from './embedded-ipv4.ts';
import type { Network } from './network.ts';
import { type Classification, rangeVerdict } from './range-verdict.ts';

export interface ClassifyOptions {
  /** The prefixes of this network's NAT64 gateways beside 64:ff9b::/96, as `parseNat64Prefix` gives them. */
  readonly nat64?: readonly Network[];
}

/**
 * What kind of destination an address is. `public` means: on the global internet as far as the registries say.
 * Everything outside of 2000::/3 and of global IPv4 is `special`, whether or not a range is known for it.
 *
 * In a NAT64 address the IPv4 address inside decides, whatever range the prefix is of; with bits around it that no DNS64
 * writes, the address is never public. The other forms that carry IPv4 never are, and are `metadata` where they carry
 * that. No text form of an address changes its verdict.
 *
 * @example
 * ```text
 * classify(parseAddress('64:ff9b::8.8.8.8')).kind                          'public'
 * classify(parseAddress('64:ff9b::10.0.0.1')).kind                         'special'
 * classify(parseAddress('2001:db8::8.8.8.8')).kind                         'special'
 * classify(parseAddress('2001:db8::8.8.8.8'),
 *   { nat64: [parseNat64Prefix('2001:db8::/96')] }).kind                   'public'
 * ```
 */
export function classify(address: Address, { nat64 = [] }: ClassifyOptions = {}): Classification {
  const own = rangeVerdict(address);
  // Nearly every address that is asked about is IPv4, and carries no other.
  if (own.kind === 'metadata' || address >> 32n === 0xffffn) return own;
  const embedding = embeddedIpv4(address, nat64);
  if (!embedding) return own;
  const inside = embedding.candidates.map(rangeVerdict);
  const kind = inside.some((verdict) => verdict.kind === 'metadata') ? 'metadata' : 'special';
  if (kind === 'special' && embedding.translated && inside.every((verdict) => verdict.kind === 'public')) {
    return { kind: 'public', rule: embedding.rule };
  }
  return { kind, rule: `${embedding.rule} (${inside.map((verdict) => verdict.rule).join(', ')})` };
}
