import { BlockList, isIP } from 'node:net';
import { metadataAddresses } from '../../egress/metadata.ts';

/** Whether a cloud hands out credentials at this address: nothing is ever requested there. */
export function isMetadataAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && known.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** A `BlockList` finds IPv4 addresses that are written as IPv6 too. */
const known = new BlockList();
for (const [list, family] of [
  [metadataAddresses.ipv4, 'ipv4'],
  [metadataAddresses.ipv6, 'ipv6'],
] as const) {
  for (const entry of list) {
    const [address = '', bits] = entry.split('/');
    if (bits === undefined) known.addAddress(address, family);
    else known.addSubnet(address, Number(bits), family);
  }
}
