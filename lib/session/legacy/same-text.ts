import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares without telling by the time how much of an untrusted text is right. */
export function sameText(one: string, other: string): boolean {
  return timingSafeEqual(hash(one), hash(other));
}

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
