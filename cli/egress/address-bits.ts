import type { Address } from './address.ts';

/** The bits of an address in the spelling that `parseAddress` gives, as a number: 32 or 128 of them. */
export function addressBits({ family, text }: Address): bigint {
  if (family === 4) return text.split('.').reduce((bits, octet) => (bits << 8n) | BigInt(octet), 0n);
  const [before = [], after = []] = text
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== ''));
  const gap = Array<string>(8 - before.length - after.length).fill('0');
  return [...before, ...gap, ...after].reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n);
}
