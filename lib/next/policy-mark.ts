import { sha256 } from '@noble/hashes/sha2.js';
import { toBase64url } from '../internal/base64url.ts';
import { linesOf, type PathPolicy } from './page-policy.ts';

/** A placeholder for the nonce, which differs in each response. */
const anyNonce = 'AAAAAAAAAAAAAAAAAAAAAA==';
const marks = new WeakMap<PathPolicy, string>();

/** A hash of a path's headers. Server and handler compute the same one if they would send the same headers. */
export function markOf(policy: PathPolicy): string {
  const known = marks.get(policy);
  if (known !== undefined) return known;
  const mark = toBase64url(sha256(new TextEncoder().encode(JSON.stringify(linesOf(policy, anyNonce)))));
  marks.set(policy, mark);
  return mark;
}
