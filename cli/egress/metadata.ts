import type { Address } from './address.ts';
import { addressBits } from './address-bits.ts';
import { embeddingsOf, firstBits, type Pattern } from './embedding.ts';

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

/**
 * Whether a range shares an address with one of them; a range of one address has all its bits. Of IPv6 that includes
 * what a gateway carries to IPv4: 64:ff9b::a9fe:a9fe is 169.254.169.254 behind NAT64.
 */
export function holdsMetadata(address: Address, bits: number): boolean {
  const start = addressBits(address);
  const range = firstBits(bits, address.family === 4 ? 32 : 128);
  // Two of them overlap where the bits that both of them fix are the same.
  return known[address.family].some(({ mask, value }) => ((start ^ value) & mask & range) === 0n);
}

const ipv4 = metadataAddresses.ipv4.map((entry) => {
  const [text = '', length = '32'] = entry.split('/');
  return { value: addressBits({ family: 4, text }), length: Number(length) };
});

const known: Readonly<Record<4 | 6, readonly Pattern[]>> = {
  4: ipv4.map(({ value, length }) => ({ value, mask: firstBits(length, 32) })),
  6: [
    ...metadataAddresses.ipv6.map((text) => ({
      value: addressBits({ family: 6, text }),
      mask: firstBits(128, 128),
    })),
    ...ipv4.flatMap(({ value, length }) => embeddingsOf(value, length)),
  ],
};
