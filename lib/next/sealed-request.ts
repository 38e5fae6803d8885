import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { toBase64url } from '../internal/base64url.ts';
import { builtinModule } from '../internal/builtin-module.ts';
import { sameText } from '../internal/same-text.ts';
import { recentSeals } from './recent-seals.ts';
import { keyText, requestKey } from './request-key.ts';

/** The header in which the server or proxy passes the facts of a request to the code that answers it. */
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
  /** The hash of the headers that the server or the proxy sets, from `markOf`. */
  readonly mark?: string | undefined;
}

/** A request that takes longer to reach its handler counts as one that passed no proxy. */
const longestMs = 300_000;

/** Makes the header's value: the facts and their HMAC-SHA-256. Only the key's holders can make one, and it expires. */
export function sealRequest(facts: SealedRequest): string {
  const now = Date.now();
  const payload = JSON.stringify([now, facts]).replace(/[^ -~]/g, escaped);
  const sealed = `${payload}.${sign(payload)}`;
  recentSeals<Known>().keep(sealed, { of: keyText(), said: [now, Object.freeze({ ...facts })] });
  return sealed;
}

/** Returns the facts in a sealed header, or undefined if it is missing, forged or too old. */
export function openRequest(value: string | null | undefined): SealedRequest | undefined {
  if (typeof value !== 'string') return undefined;
  const recent = recentSeals<Known>().get(value);
  const said = recent !== undefined && recent.of === keyText() ? recent.said : read(value);
  const [time, facts] = said ?? [0, undefined];
  return Math.abs(Date.now() - time) <= longestMs ? facts : undefined;
}

type Sealed = readonly [time: number, facts: SealedRequest];

interface Known {
  /** The key it was sealed with. */
  readonly of: string | undefined;
  readonly said: Sealed;
}

function read(value: string): Sealed | undefined {
  const dot = value.lastIndexOf('.');
  if (dot === -1 || value.length > 65_536) return undefined;
  const payload = value.slice(0, dot);
  if (!sameText(value.slice(dot + 1), sign(payload))) return undefined;
  return JSON.parse(payload) as Sealed;
}

/** A header holds only ASCII safely. */
function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Five times as fast as the portable one. Edge runtimes lack it; both give the same result. */
const node = builtinModule('node:crypto');

function sign(payload: string): string {
  if (typeof node?.createHmac === 'function') {
    return node.createHmac('sha256', requestKey()).update(payload).digest('base64url');
  }
  return toBase64url(hmac(sha256, requestKey(), new TextEncoder().encode(payload)));
}
