import { sha256 } from '@noble/hashes/sha2.js';
import { shared } from '../internal/shared.ts';
import { Misuse } from '../refusal/misuse.ts';

/** Where a secret for several processes or runtimes is. */
export const keyVariable = 'BULWARK_NEXT_KEY';

const derived = new Map<string, Uint8Array>();

/**
 * The key that the server, the proxy and the handlers of one application share. Without the variable it is made for this process, which
 * is enough where all of them run in it, as with `next start` and a proxy on Node.
 *
 * @throws Misuse `bulwark/invalid-option` for a variable of less than 32 characters
 */
export function requestKey(): Uint8Array {
  const text = keyText();
  if (text === undefined) return shared('next:key', () => freshKey());
  const known = derived.get(text);
  if (known) return known;
  if (text.length < 32) {
    throw new Misuse(
      'bulwark/invalid-option',
      `${keyVariable} has less than 32 characters. Make one with \`openssl rand -base64 32\`.`,
    );
  }
  const key = sha256(new TextEncoder().encode(`bulwark/next/1\0${text}`));
  derived.clear();
  derived.set(text, key);
  return key;
}

/** What the variable has; undefined where it is empty too. */
export function keyText(): string | undefined {
  // Not a literal access, which a bundler would replace by the value at build time.
  return globalThis.process?.env?.[keyVariable] || undefined;
}

function freshKey(): Uint8Array {
  return globalThis.crypto.getRandomValues(new Uint8Array(32));
}
