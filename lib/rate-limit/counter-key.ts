import { hash } from 'node:crypto';

/**
 * The key of a counter: a prefix that the developer chose, and 192 bits of SHA-256 over the parts. So a key has a fixed length, no
 * part can look like two, and no address or account name can be read in the store. It does not make them anonymous:
 * someone who has the key can try all addresses.
 */
export function counterKey(prefix: string, parts: readonly (string | number)[]): string {
  // JSON separates the parts and escapes lone surrogates, which would all become the same character in UTF-8.
  const digest = hash('sha256', JSON.stringify(parts), 'base64url');
  // Each 4 characters are 3 bytes.
  return `${prefix}:${digest.slice(0, 32)}`;
}
