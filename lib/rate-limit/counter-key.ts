import { sha256 } from '@noble/hashes/sha2.js';
import { toBase64url } from '../internal/base64url.ts';
import { nodeHash } from '../internal/node-hash.ts';

let known: { readonly hash: ReturnType<typeof nodeHash> } | undefined;

/**
 * The key of a counter: a prefix that the developer chose, and 192 bits of SHA-256 over the parts. So a key has a fixed length, no
 * part can look like two, and no address or account name can be read in the store. It does not make them anonymous:
 * someone who has the key can try all addresses.
 */
export function counterKey(prefix: string, parts: readonly (string | number)[]): string {
  // JSON separates the parts and escapes lone surrogates, which would all become the same character in UTF-8.
  const text = JSON.stringify(parts);
  known ??= { hash: nodeHash() };
  const digest =
    known.hash?.('sha256', text, 'base64url') ?? toBase64url(sha256(new TextEncoder().encode(text)));
  // Each 4 characters are 3 bytes.
  return `${prefix}:${digest.slice(0, 32)}`;
}
