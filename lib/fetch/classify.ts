import { type Address, parseAddress } from './address.ts';
import { embeddedIpv4 } from './embedded-ipv4.ts';
import { metadataAddresses } from './metadata.ts';
import { contains, type Network, parseNetwork } from './network.ts';
import { furtherRanges, specialRanges } from './ranges.ts';

export interface Classification {
  readonly kind: 'public' | 'special' | 'metadata';
  /** The range or the form that decided, such as `10.0.0.0/8 Private-Use`; for the log. */
  readonly rule: string;
}

/**
 * What kind of destination an address is. `public` means: on the global internet as far as the registries say.
 * Everything outside of 2000::/3 and of global IPv4 is `special`, whether or not a range is known for it.
 */
export function classify(address: Address): Classification {
  const own = table();
  const cloud = own.metadata.get(address);
  if (cloud !== undefined) return { kind: 'metadata', rule: cloud };
  const embedding = embeddedIpv4(address);
  if (embedding) {
    const inside = embedding.candidates.map(classify);
    const kind = inside.some((c) => c.kind === 'metadata') ? 'metadata' : 'special';
    if (kind === 'special' && embedding.translated && inside.every((c) => c.kind === 'public')) {
      return { kind: 'public', rule: embedding.rule };
    }
    return { kind, rule: `${embedding.rule} (${inside.map((c) => c.rule).join(', ')})` };
  }
  const row = own.rows.find(({ network }) => contains(network, address));
  if (row) return { kind: row.reachable ? 'public' : 'special', rule: row.rule };
  if (contains(mapped, address) || contains(globalUnicast, address))
    return { kind: 'public', rule: 'global unicast' };
  return { kind: 'special', rule: 'outside 2000::/3' };
}

const mapped: Network = { base: 0xffffn << 32n, prefix: 96 };
const globalUnicast: Network = { base: 0x2000n << 112n, prefix: 3 };

interface Table {
  readonly rows: readonly { readonly network: Network; readonly rule: string; readonly reachable: boolean }[];
  readonly metadata: ReadonlyMap<Address, string>;
}

let built: Table | undefined;

function table(): Table {
  built ??= {
    rows: [...specialRanges, ...furtherRanges]
      .map(({ block, name, reachable }) => ({
        network: parseNetwork(block) as Network,
        rule: `${block} ${name}`,
        reachable,
      }))
      // The longest prefix decides.
      .sort((a, b) => b.network.prefix - a.network.prefix),
    metadata: new Map(
      metadataAddresses.map(({ address, cloud }) => [
        parseAddress(address) as Address,
        `${address} ${cloud} metadata`,
      ]),
    ),
  };
  return built;
}
