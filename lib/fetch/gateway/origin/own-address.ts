import type { LookupAddress } from 'node:dns';
import { networkInterfaces } from 'node:os';
import { type Denied, deny } from '../../../refusal/decision.ts';
import { type Address, parseAddress } from '../../address/address.ts';
import { embeddedIpv4 } from '../../address/embedded-ipv4.ts';
import { isLoopback } from './is-loopback.ts';

/** Where a connection would arrive at the gateway's own ports. No rule opens it: each round would open the next one. */
export function decideOwnAddress(
  answers: readonly LookupAddress[],
  asked: { readonly role: string; readonly method: string; readonly host: string; readonly port: number },
  ownPorts: readonly number[],
): Denied | undefined {
  if (!ownPorts.includes(asked.port)) return undefined;
  const loops = answers.some(({ address }) => isOwnAddress(address));
  const { role, method, host, port } = asked;
  return loops ? deny('gateway/proxy-loop', { role, method, host, port, rule: 'own address' }) : undefined;
}

/** Whether it leads to this machine. What is no address may do so. */
export function isOwnAddress(text: string): boolean {
  const address = parseAddress(text);
  if (address === undefined || isLoopback(text)) return true;
  const own = ownAddresses();
  if (own.has(address)) return true;
  // 0.0.0.0 and :: connect to this machine too, and so may an address that carries one of its own.
  if (address === parseAddress('0.0.0.0') || address === 0n) return true;
  return embeddedIpv4(address)?.candidates.some((inside) => own.has(inside)) ?? false;
}

/** Asked anew each time, as addresses come and go; and only for the ports in question. */
function ownAddresses(): ReadonlySet<Address> {
  const texts = Object.values(networkInterfaces()).flatMap((list = []) => list.map(({ address }) => address));
  return new Set(texts.map(parseAddress).filter((address) => address !== undefined));
}
