import { randomFillSync } from 'node:crypto';

const bytes = 16;
/** Filled at once, because each call of the generator costs more than a nonce. Not a slice of Buffer's own pool. */
const pool: Buffer = Buffer.allocUnsafeSlow(bytes * 128);
let next: number = pool.length;

/** 128 random bits in base64, different at each call. */
export function freshNonce(): string {
  if (next >= pool.length) {
    randomFillSync(pool);
    next = 0;
  }
  const nonce = pool.toString('base64', next, next + bytes);
  next += bytes;
  return nonce;
}
