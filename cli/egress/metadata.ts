import { BlockList } from 'node:net';

/**
 * Where clouds hand out credentials to whoever reaches the address from inside (CWE-918). The same list as that of
 * `bulwark/fetch`, which a test compares, without the link-local address of OpenStack's IPv6: no rule opens link-local
 * addresses, and they mean another machine on every interface.
 */
export const metadataAddresses: { readonly ipv4: readonly string[]; readonly ipv6: readonly string[] } = {
  ipv4: [
    '169.254.169.254',
    '169.254.170.2',
    '169.254.170.23',
    '168.63.129.16',
    '192.0.0.192',
    '100.100.100.200',
    '169.254.0.23',
    '169.254.42.42',
  ],
  ipv6: ['fd00:ec2::254', 'fd00:ec2::23', 'fd20:ce::254', 'fd00:c1::a9fe:a9fe', 'fd00:42::42'],
};

/** One of them that the range holds; a range of one address is that address with all its bits. */
export function metadataWithin(address: string, bits: number, family: 4 | 6): string | undefined {
  const range = new BlockList();
  range.addSubnet(address, bits, family === 4 ? 'ipv4' : 'ipv6');
  return family === 4
    ? metadataAddresses.ipv4.find((candidate) => range.check(candidate, 'ipv4'))
    : metadataAddresses.ipv6.find((candidate) => range.check(candidate, 'ipv6'));
}
