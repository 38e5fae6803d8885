import { expand, extract } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { toBase64url } from '../internal/base64url.ts';
import { isSecret, type Secret } from './secret.ts';
import { weaknessOf } from './weakness.ts';

/** A master secret: at least 32 bytes, as bytes or as the UTF-8 text that holds them. */
export type MasterSecret = Secret | string | Uint8Array;

export interface Master {
  readonly problem?: undefined;
  readonly id: string;
  /** The pseudorandom key of HKDF's first step. */
  readonly seed: Uint8Array;
  /** Why it is guessable, if it is. */
  readonly weakness: string | undefined;
}

/** Why a value is no master, as the end of a sentence that begins with its name. */
export interface NoMaster {
  readonly problem: string;
  readonly code: 'bulwark/invalid-option' | 'secrets/weak-key';
}

const leastBytes = 32;
const mostBytes = 65_536;

export function readMaster(master: unknown): Master | NoMaster {
  const bytes = bytesOf(master);
  if (bytes === undefined) {
    return { problem: 'is not a Secret, a string or a Uint8Array', code: 'bulwark/invalid-option' };
  }
  if (bytes.length < leastBytes) {
    return { problem: `has ${bytes.length} bytes; it needs ${leastBytes}`, code: 'secrets/weak-key' };
  }
  if (bytes.length > mostBytes) {
    return { problem: `has more than ${mostBytes} bytes`, code: 'bulwark/invalid-option' };
  }
  const seed = extract(sha256, bytes);
  const id = toBase64url(keyFor(seed, 'key-id')).slice(0, 6);
  return { id, seed, weakness: weaknessOf(latin1(bytes)) };
}

/** 32 bytes that are independent of those for any other `info`. */
export function keyFor(seed: Uint8Array, info: string): Uint8Array {
  return expand(sha256, seed, new TextEncoder().encode(`bulwark/${info}`), 32);
}

function bytesOf(master: unknown): Uint8Array | undefined {
  const value = isSecret(master) ? master.reveal() : master;
  if (typeof value === 'string') return new TextEncoder().encode(value);
  return value instanceof Uint8Array ? value : undefined;
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, 512), (byte) => String.fromCharCode(byte)).join('');
}
