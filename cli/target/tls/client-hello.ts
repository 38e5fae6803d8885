import { randomBytes } from 'node:crypto';
import type { TlsVersion } from './tls-view.ts';

/** The versions as they are sent (RFC 8446, 4.2.1). */
export const versionCodes: Readonly<Record<TlsVersion, number>> = {
  TLSv1: 0x0301,
  'TLSv1.1': 0x0302,
  'TLSv1.2': 0x0303,
  'TLSv1.3': 0x0304,
};

/**
 * The first message of a handshake with exactly these versions and ciphers. It is written here because OpenSSL no longer offers what is to
 * be found: a library can't ask for ciphers that it was built without.
 *
 * @param serverName undefined for an address
 */
export function clientHello(
  versions: readonly TlsVersion[],
  ciphers: readonly number[],
  serverName: string | undefined,
): Buffer {
  const codes = versions.map((version) => versionCodes[version]);
  const newest = Math.max(...codes);
  const hasTls13 = newest === versionCodes['TLSv1.3'];
  const extensions = [
    ...(serverName === undefined
      ? []
      : [extension(0, list16([bytes8(0), list16([Buffer.from(serverName, 'latin1')])]))]),
    // Groups: X25519, P-256, P-384, P-521 and two finite fields.
    extension(10, list16([0x001d, 0x0017, 0x0018, 0x0019, 0x0100, 0x0101].map(bytes16))),
    extension(11, list8([bytes8(0)])),
    extension(13, list16(signatures.map(bytes16))),
    extension(23, Buffer.alloc(0)),
    extension(0xff01, list8([])),
    ...(hasTls13
      ? [
          extension(43, list8(codes.map(bytes16))),
          extension(51, list16([bytes16(0x001d), list16([randomBytes(32)])])),
        ]
      : []),
  ];
  const body = Buffer.concat([
    bytes16(Math.min(newest, versionCodes['TLSv1.2'])),
    randomBytes(32),
    list8(hasTls13 ? [randomBytes(32)] : []),
    list16(ciphers.map(bytes16)),
    list8([bytes8(0)]),
    list16(extensions),
  ]);
  const message = Buffer.concat([bytes8(1), bytes8(0), bytes16(body.length), body]);
  return Buffer.concat([bytes8(22), bytes16(versionCodes.TLSv1), list16([message])]);
}

/** ECDSA, RSA-PSS and RSA with SHA-2, Ed25519, then those with SHA-1, which old servers need. */
const signatures = [
  ...[0x0403, 0x0503, 0x0603, 0x0807, 0x0804, 0x0805, 0x0806, 0x0809, 0x080a, 0x080b],
  ...[0x0401, 0x0501, 0x0601, 0x0203, 0x0201],
];

function extension(type: number, data: Buffer): Buffer {
  return Buffer.concat([bytes16(type), list16([data])]);
}

function bytes8(value: number): Buffer {
  return Buffer.from([value]);
}

function bytes16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff]);
}

/** The parts with their length in front, in one byte. */
function list8(parts: readonly Buffer[]): Buffer {
  const all = Buffer.concat(parts);
  return Buffer.concat([bytes8(all.length), all]);
}

function list16(parts: readonly Buffer[]): Buffer {
  const all = Buffer.concat(parts);
  return Buffer.concat([bytes16(all.length), all]);
}
