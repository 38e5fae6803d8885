import { sha256 } from '@noble/hashes/sha2.js';
import { shared } from '../internal/shared.ts';
import { Misuse } from '../refusal/misuse.ts';

/** The environment variable with the secret that several processes or runtimes share. */
export const keyVariable = 'BULWARK_NEXT_KEY';

const derived = new Map<string, Uint8Array>();

/**
 * The key that the server, the proxy and the handlers of an application share. Without the variable, each process makes its own, which
 * is enough if all of them run in one process, as with `next start` and a proxy on Node.
 *
 * @throws Misuse `bulwark/invalid-option` if the variable has fewer than 32 characters
 */
export function requestKey(): Uint8Array {
  const text = keyText();
  if (text === undefined) return shared('next:key', () => freshKey());
  const known = derived.get(text);
  if (known) return known;
  if (text.length < 32) {
    throw new Misuse(
      'bulwark/invalid-option',
      `${keyVariable} has fewer than 32 characters. Make one with \`openssl rand -base64 32\`.`,
    );
  }
  const key = sha256(new TextEncoder().encode(`bulwark/next/1\0${text}`));
  derived.clear();
  derived.set(text, key);
  return key;
}

/** The variable's value, or undefined if it is empty or not set. */
export function keyText(): string | undefined {
  // Not a literal access, which a bundler would replace by the value at build time.
  return globalThis.process?.env?.[keyVariable] || undefined;
}

function freshKey(): Uint8Array {
  return globalThis.crypto.getRandomValues(new Uint8Array(32));
}
