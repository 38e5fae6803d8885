import { BlockList } from 'node:net';

/**
 * Where clouds hand out credentials to whoever reaches the address from inside (CWE-918): addresses, and ranges out of
 * which single ones are given. The same as those of `bulwark/fetch`, which names their sources and which a test
 * compares, without the link-local one of OpenStack: it is another machine on every interface, and no rule opens it.
 */
export const metadataAddresses: { readonly ipv4: readonly string[]; readonly ipv6: readonly string[] } = {
  ipv4: [
    '169.254.169.254',
    '169.254.170.2',
    '169.254.170.23',
    '168.63.129.16',
    '169.254.129.0/24',
    '169.254.130.0/24',
    '169.254.131.0/24',
    '169.254.169.252',
    '169.254.169.250',
    '192.0.0.192',
    '100.100.100.200',
    '169.254.0.23',
    '100.96.0.96',
    '100.80.80.80',
    '169.254.42.42',
  ],
  ipv6: [
    'fd00:ec2::254',
    'fd00:ec2::23',
    'fd20:ce::254',
    'fd00:c1::a9fe:a9fe',
    'fd00:100::100:200',
    'fd00:42::42',
    'fd00:a9fe:a9fe::1',
  ],
};

/** One of them that shares an address with this range; a range of one address has all its bits. */
export function metadataWithin(address: string, bits: number, family: 4 | 6): string | undefined {
  const known = family === 4 ? metadataAddresses.ipv4 : metadataAddresses.ipv6;
  return known.find((entry) => {
    const [start = '', length] = entry.split('/');
    // Two ranges overlap where one holds the start of the other.
    return (
      holds(address, bits, start, family) ||
      holds(start, length === undefined ? (family === 4 ? 32 : 128) : Number(length), address, family)
    );
  });
}

function holds(start: string, bits: number, address: string, family: 4 | 6): boolean {
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const range = new BlockList();
  range.addSubnet(start, bits, type);
  return range.check(address, type);
}
