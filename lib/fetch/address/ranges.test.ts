import { readFileSync } from 'node:fs';
import { BlockList, isIPv4 } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRows } from '../../../checks/ranges/range-row.ts';
import { root } from '../../../checks/repository.ts';
import { formatAddress, parseAddress } from './address.ts';
import { classify } from './classify.ts';
import { furtherRanges } from './further-ranges.ts';
import { metadataAddresses } from './metadata.ts';
import { parseNetwork } from './network.ts';

/**
 * A second opinion that shares nothing with `classify` but the text of the blocks: Node's own `BlockList` (its addresses
 * are read by uv_inet_pton), one for each block, and the longest prefix among those that match.
 */
const { rows: registry } = readRows(
  readFileSync(join(root, 'checks/ranges/iana-special-purpose.tsv'), 'utf8'),
);

const furtherBlocks = [
  ...['224.0.0.0/4', 'ff00::/8', 'fec0::/10', '::/96', '::ffff:0:0:0/96'],
  // Globally reachable by the registry, but names and not places.
  ...['2001:20::/28', '2001:30::/28'],
];

interface Opinion {
  readonly block: string;
  readonly v4: boolean;
  readonly length: number;
  readonly list: BlockList;
  readonly reachable: boolean;
}

function opinion(block: string, reachable: boolean): Opinion {
  const [base = '', length = ''] = block.split('/');
  const list = new BlockList();
  list.addSubnet(base, Number(length), isIPv4(base) ? 'ipv4' : 'ipv6');
  return { block, v4: isIPv4(base), length: Number(length), list, reachable };
}

const opinions = [
  ...furtherBlocks.map((block) => opinion(block, false)),
  ...registry
    .filter(({ block }) => block !== '::ffff:0:0/96' && !furtherBlocks.includes(block))
    .map(({ block, reachable }) => opinion(block, reachable === 'true')),
  ...[opinion('0.0.0.0/0', true), opinion('2000::/3', true), opinion('::/0', false)],
];

const metadata = new BlockList();
for (const { address } of metadataAddresses) {
  const [base = '', length = isIPv4(base) ? '32' : '128'] = address.split('/');
  metadata.addSubnet(base, Number(length), isIPv4(base) ? 'ipv4' : 'ipv6');
}

function expected(text: string): 'public' | 'special' | 'metadata' {
  const v4 = isIPv4(text);
  if (metadata.check(text, v4 ? 'ipv4' : 'ipv6')) return 'metadata';
  const [decides] = opinions
    .filter((entry) => entry.v4 === v4 && entry.list.check(text, v4 ? 'ipv4' : 'ipv6'))
    .sort((a, b) => b.length - a.length);
  if (decides?.block !== '64:ff9b::/96') return decides?.reachable ? 'public' : 'special';
  // NAT64: the last two groups are IPv4. `URL` writes them out.
  const groups = new URL(`http://[${text}]/`).hostname.slice(1, -1).split(':').slice(-2);
  const [high = 0, low = 0] = groups.map((group) => Number.parseInt(group || '0', 16));
  return expected([high >> 8, high & 255, low >> 8, low & 255].join('.'));
}

/** -1, 0 and +1 at both ends of a block, as the texts that the two opinions are asked about. */
function edges(block: string): string[] {
  const network = parseNetwork(block);
  if (!network) throw new Error(`${block} is no network`);
  const last = network.base + (1n << BigInt(128 - network.prefix)) - 1n;
  return [network.base, last]
    .flatMap((edge) => [edge - 1n, edge, edge + 1n])
    .filter((address) => address >= 0n && address < 1n << 128n)
    .map(formatAddress);
}

describe('special ranges', () => {
  it.each([...registry.map(({ block }) => block), ...furtherBlocks, '2000::/3', '0.0.0.0/0', '::/0'])(
    'decide at both ends of %s and just outside',
    (block) => {
      for (const text of edges(block)) {
        expect(classify(parseAddress(text) as bigint).kind, text).toBe(expected(text));
      }
    },
  );

  it('are those of the registries and the further ones, each once', () => {
    expect(furtherRanges.map(({ block }) => block)).toEqual(furtherBlocks);
    const blocks = registry.map(({ block }) => block);
    expect(new Set(blocks).size).toBe(blocks.length);
    for (const { block, reachable } of furtherRanges) expect(reachable, block).toBe(false);
  });

  it.each([
    ...['9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.255.255.255', '128.0.0.0'],
    ...['172.15.255.255', '172.32.0.0', '192.167.255.255', '192.169.0.0', '198.17.255.255', '198.20.0.0'],
    ...[
      '223.255.255.255',
      '2000::',
      '2001:200::',
      '2001:db7:ffff::',
      '2001:db9::',
      '2003::',
      '3ffe::',
      '3fff:1000::',
    ],
    // Anycast and AS112: the registries call them globally reachable.
    ...['192.0.0.9', '192.0.0.10', '192.31.196.1', '192.52.193.1', '192.175.48.1', '2001:1::1', '2001:1::3'],
    ...['2001:3::1', '2001:4:112::1', '2620:4f:8000::1', '2606:4700:4700::1111', '8.8.8.8'],
  ])('leave %s public', (text) => {
    expect(classify(parseAddress(text) as bigint).kind).toBe('public');
  });

  it.each([
    ...[
      '0.0.0.0',
      '0.1.2.3',
      '192.0.0.11',
      '192.0.0.170',
      '192.88.99.1',
      '192.88.99.2',
      '224.0.0.1',
      '240.0.0.1',
    ],
    ...[
      '::',
      '::1',
      '100::1',
      '100:0:0:1::1',
      '2001:1::',
      '2001:1::4',
      '2001:2::1',
      '2001:5::1',
      '2001:10::1',
    ],
    ...[
      '2001:20::1',
      '2001:2f:ffff::',
      '2001:30::1',
      '2001:3f:ffff::',
      '2001:db8::1',
      '3fff:fff::',
      '5f00::1',
    ],
    ...['64:ff9a::1', '1fff::', '4000::', 'fc00::1', 'fd12::1', 'fe80::1', 'febf::1', 'fec0::1', 'ff02::1'],
  ])('refuse %s', (text) => {
    expect(classify(parseAddress(text) as bigint).kind).toBe('special');
  });
});
