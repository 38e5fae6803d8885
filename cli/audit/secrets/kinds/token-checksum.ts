const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const checksumLength = 6;

/**
 * Whether the last six characters of a token are the CRC-32 of what stands between them and the prefix, in base 62. Tokens of GitHub and
 * npm are made so, to tell a token from a text that looks like one.
 *
 * https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
 */
export function hasTokenChecksum(token: string): boolean {
  const body = token.slice(token.indexOf('_') + 1);
  return tokenChecksum(body.slice(0, -checksumLength)) === body.slice(-checksumLength);
}

/** The checksum of the random part of a token. */
export function tokenChecksum(body: string): string {
  let rest = crc32(body);
  let text = '';
  while (rest > 0) {
    text = digits.charAt(rest % 62) + text;
    rest = Math.floor(rest / 62);
  }
  return text.padStart(checksumLength, '0');
}

function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let at = 0; at < text.length; at++) {
    crc ^= text.charCodeAt(at);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
