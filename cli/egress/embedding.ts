/** The bits of `value` that `mask` has must be those of an address; the others may be anything. */
export interface Pattern {
  readonly mask: bigint;
  readonly value: bigint;
}

/** A form of IPv6 addresses that gateways, tunnels or kernels unpack: its prefix, and where the IPv4 address stands. */
interface Form {
  readonly prefix: bigint;
  readonly length: number;
  /** How many bits of the IPv4 address, from its first one, and how far these are moved to the left. */
  readonly parts: readonly (readonly [bits: number, shift: bigint])[];
}

const local = { prefix: 0x64_ff9b_0001n << 80n, length: 48 };

/**
 * 64:ff9b::/96 (RFC 6052), 2002::/16 (RFC 3056), and 64:ff9b:1::/48 (RFC 8215), of which a gateway may have taken a
 * prefix of 96, 64, 56 or 48 bits. Bits 64 to 71 are stepped over, and what comes after the address is ignored. The
 * forms under ::/64 are not here, as `parseAddress` takes none of them.
 */
const forms: readonly Form[] = [
  { prefix: 0x64_ff9bn << 96n, length: 96, parts: [[32, 0n]] },
  { prefix: 0x2002n << 112n, length: 16, parts: [[32, 80n]] },
  { ...local, parts: [[32, 0n]] },
  { ...local, parts: [[32, 24n]] },
  {
    ...local,
    parts: [
      [8, 64n],
      [24, 32n],
    ],
  },
  {
    ...local,
    parts: [
      [16, 64n],
      [16, 40n],
    ],
  },
];

/** The IPv6 addresses behind which a network of IPv4 may stand. */
export function embeddingsOf(ipv4: bigint, length: number): readonly Pattern[] {
  return forms.map((form) => {
    let mask = firstBits(form.length, 128);
    let value = form.prefix;
    let from = 0;
    for (const [bits, shift] of form.parts) {
      // The first part is the high bits: what follows it is moved out, and what precedes it is cut off.
      const take = (all: bigint): bigint =>
        ((all >> BigInt(32 - from - bits)) & ((1n << BigInt(bits)) - 1n)) << shift;
      mask |= take(firstBits(length, 32));
      value |= take(ipv4);
      from += bits;
    }
    return { mask, value };
  });
}

/** `firstBits(24, 32)` is 0xffffff00. */
export function firstBits(count: number, of: 32 | 128): bigint {
  return ((1n << BigInt(count)) - 1n) << BigInt(of - count);
}
