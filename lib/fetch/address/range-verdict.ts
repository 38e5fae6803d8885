import { type Address, parseAddress } from './address.ts';
import { furtherRanges } from './further-ranges.ts';
import { metadataAddresses } from './metadata.ts';
import { contains, type Network, parseNetwork } from './network.ts';
import { specialRanges } from './ranges.ts';

export interface Classification {
  readonly kind: 'public' | 'special' | 'metadata';
  /** The range or the form that decided, such as `10.0.0.0/8 Private-Use`; for the log. */
  readonly rule: string;
}

/** What the ranges say of an address, without a look at what it carries. Halving finds it in seven comparisons. */
export function rangeVerdict(address: Address): Classification {
  built ??= buildTable();
  const { starts, verdicts } = built;
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as Address) <= address) low = middle;
    else high = middle - 1;
  }
  return verdicts[low] as Classification;
}

interface Table {
  /** Where the verdict changes, ascending; the first is 0. */
  readonly starts: readonly Address[];
  /** The verdict from that address on. */
  readonly verdicts: readonly Classification[];
}

let built: Table | undefined;

interface Row {
  readonly network: Network;
  readonly verdict: Classification;
}

function buildTable(): Table {
  const rows = orderedRows();
  const edges = rows.flatMap(({ network: { base, prefix } }) => [base, base + (1n << BigInt(128 - prefix))]);
  // The last edge is 2^128, the end of everything.
  const starts = [...new Set(edges)].sort((a, b) => (a < b ? -1 : 1)).slice(0, -1);
  const verdicts = starts.map(
    (start) => (rows.find(({ network }) => contains(network, start)) as Row).verdict,
  );
  return { starts, verdicts };
}

/** The first row that contains an address decides: metadata, then the longest prefix. */
function orderedRows(): Row[] {
  const ranges = [...furtherRanges, ...specialRanges].map(({ block, name, reachable }) =>
    row(block, reachable ? 'public' : 'special', `${block} ${name}`),
  );
  return [
    ...metadataAddresses.map(({ address, cloud }) =>
      row(address, 'metadata', `${address} ${cloud} metadata`),
    ),
    // Sorting keeps the order among equals, so that a further range comes before the registries' row.
    ...ranges.sort((a, b) => b.network.prefix - a.network.prefix),
    row('0.0.0.0/0', 'public', 'global unicast'),
    row('2000::/3', 'public', 'global unicast'),
    row('::/0', 'special', 'outside 2000::/3'),
  ];
}

function row(block: string, kind: Classification['kind'], rule: string): Row {
  const network = parseNetwork(block) ?? { base: parseAddress(block) as Address, prefix: 128 };
  return { network, verdict: Object.freeze({ kind, rule }) };
}
