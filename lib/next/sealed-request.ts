import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { toBase64url } from '../internal/base64url.ts';
import { sameText } from '../internal/same-text.ts';
import { requestKey } from './request-key.ts';

/** The header that carries what is known about a request from the server or proxy to the code that answers it. */
export const sealedHeader = 'x-bulwark-request';

/** What is known about a request before Next.js gets it. */
export interface SealedRequest {
  readonly id: string;
  readonly nonce: string;
  readonly method: string;
  /** Path and query, as they came. */
  readonly target: string;
  /** The client's address. Only a server of `bulwark/next/server` knows it. */
  readonly client?: string | undefined;
  /** Whether the server wrote this, and sets the headers of the response. */
  readonly served?: true | undefined;
  /** The scheme and host that the client used. */
  readonly protocol: 'http' | 'https';
  readonly host?: string | undefined;
}

/** A request that took longer from the proxy to its handler is treated as one that no proxy saw. */
const longestMs = 300_000;

/** The value of the header: the facts, and their HMAC-SHA-256. Nobody without the key can write one, and an old one is worthless. */
export function sealRequest(facts: SealedRequest): string {
  const payload = encodeURIComponent(JSON.stringify([Date.now(), facts]));
  return `${payload}.${sign(payload)}`;
}

/** What a header of ours says, or undefined for one that is missing, forged or old. */
export function openRequest(value: string | null | undefined): SealedRequest | undefined {
  if (typeof value !== 'string') return undefined;
  const dot = value.lastIndexOf('.');
  if (dot === -1 || value.length > 65_536) return undefined;
  const payload = value.slice(0, dot);
  if (!sameText(value.slice(dot + 1), sign(payload))) return undefined;
  const [time, facts] = JSON.parse(decodeURIComponent(payload)) as [number, SealedRequest];
  return Math.abs(Date.now() - time) <= longestMs ? facts : undefined;
}

/** Node's own is five times as fast. An edge runtime has none, and must come to the same. */
const node = globalThis.process?.getBuiltinModule?.('node:crypto');

function sign(payload: string): string {
  if (typeof node?.createHmac === 'function') {
    return node.createHmac('sha256', requestKey()).update(payload).digest('base64url');
  }
  return toBase64url(hmac(sha256, requestKey(), new TextEncoder().encode(payload)));
}
