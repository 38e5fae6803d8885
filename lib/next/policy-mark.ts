import { sha256 } from '@noble/hashes/sha2.js';
import { toBase64url } from '../internal/base64url.ts';
import { linesOf, type PathPolicy } from './page-policy.ts';

/** Stands for the nonces of responses. */
const anyNonce = 'AAAAAAAAAAAAAAAAAAAAAA==';
const marks = new WeakMap<PathPolicy, string>();

/** A hash of the headers of a path: the same in server and handler if they send the same. */
export function markOf(policy: PathPolicy): string {
  const known = marks.get(policy);
  if (known !== undefined) return known;
  const mark = toBase64url(sha256(new TextEncoder().encode(JSON.stringify(linesOf(policy, anyNonce)))));
  marks.set(policy, mark);
  return mark;
}
