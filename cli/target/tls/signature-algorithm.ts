/** The object identifier of a certificate's signature algorithm: `1.2.840.113549.1.1.11`. Undefined if it can't be read. */
export function signatureAlgorithm(der: Uint8Array): string | undefined {
  const certificate = elementAt(der, 0);
  const signed = certificate && elementAt(der, certificate.start);
  const algorithm = signed && elementAt(der, signed.end);
  const id = algorithm && elementAt(der, algorithm.start);
  return id && der[algorithm.start] === 6 ? dotted(der.subarray(id.start, id.end)) : undefined;
}

interface Element {
  readonly start: number;
  readonly end: number;
}

function elementAt(der: Uint8Array, at: number): Element | undefined {
  const first = der[at + 1];
  if (first === undefined) return undefined;
  const more = first < 0x80 ? 0 : first & 0x7f;
  if (more > 4) return undefined;
  const length =
    more === 0 ? first : der.subarray(at + 2, at + 2 + more).reduce((sum, byte) => sum * 256 + byte, 0);
  const start = at + 2 + more;
  return start + length > der.length ? undefined : { start, end: start + length };
}

function dotted(bytes: Uint8Array): string {
  const [first = 0, ...rest] = bytes;
  const parts = [Math.min(2, Math.floor(first / 40)), first - 40 * Math.min(2, Math.floor(first / 40))];
  let value = 0;
  for (const byte of rest) {
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      parts.push(value);
      value = 0;
    }
  }
  return parts.join('.');
}
