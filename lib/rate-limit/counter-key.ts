import { sha256 } from '@noble/hashes/sha2.js';

/**
 * The key of a counter: a prefix that the developer chose, and 192 bits of SHA-256 over the parts. So a key has a fixed length, no
 * part can look like two, and nobody reads an address or an account's name in the store. It does not make them anonymous:
 * whoever has the key can try all addresses.
 */
export function counterKey(prefix: string, parts: readonly (string | number)[]): string {
  // JSON separates the parts and escapes lone surrogates, which would all become the same character in UTF-8.
  const digest = sha256(new TextEncoder().encode(JSON.stringify(parts)));
  return `${prefix}:${base64Url(digest.subarray(0, 24))}`;
}

export function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
