import { sha256 } from '@noble/hashes/sha2.js';
import { toBase64url } from '../internal/base64url.ts';

const length = 16;
/** 16 bytes in base64url: the last of 22 characters has four bits that are always zero. */
const shape = /^[\w-]{21}[AQgw]$/;
const digestShape = /^[\w-]{43}$/;

/** 128 random bits in base64url. OWASP and NIST SP 800-63B-4 ask for at least 64. */
export function newSessionId(): string {
  return toBase64url(globalThis.crypto.getRandomValues(new Uint8Array(length)));
}

/** Whether `value` has the shape of an id that was made here. */
export function isSessionId(value: string): boolean {
  return shape.test(value);
}

/**
 * What a store keeps instead of the id, so that a leaked store can't be used to take over a session. The cookie's name is part of it, so that an
 * id of one application opens nothing in another one with the same store.
 */
export function storeKeyOf(id: string, cookieName: string): string {
  return digest(`bulwark/session/key\0${cookieName}`, id);
}

export function isStoreKey(value: unknown): value is string {
  return typeof value === 'string' && digestShape.test(value);
}

/** Stands for the session in other tokens. A different hash from the store's, so that neither reveals the other. */
export function bindingOf(id: string): string {
  return digest('bulwark/session/binding', id);
}

function digest(purpose: string, id: string): string {
  return toBase64url(sha256(new TextEncoder().encode(`${purpose}\0${id}`)));
}
