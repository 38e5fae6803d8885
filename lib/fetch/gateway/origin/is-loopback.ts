import { parseAddress } from '../../address/address.ts';
import { contains, type Network, parseNetwork } from '../../address/network.ts';

const loopback = ['127.0.0.0/8', '::1/128'].map((cidr) => parseNetwork(cidr) as Network);

export function isLoopback(host: string): boolean {
  const address = parseAddress(host);
  return address !== undefined && loopback.some((network) => contains(network, address));
}
