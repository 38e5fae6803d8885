import { toBase64 } from './format/base64.ts';
import { readHash } from './read-hash.ts';
import type { StoredHash } from './stored-hash.ts';

const base64 = (length: number): string => Buffer.alloc(length).toString('base64');
const salt = 'samplesamplesample';
const phcEnd = `${toBase64(Buffer.alloc(16))}$${toBase64(Buffer.alloc(32))}`;

/** What follows the cost in each format: a salt, and a digest that nothing has. */
const endings = [
  '.'.repeat(53),
  phcEnd,
  ...[20, 32, 64].map((length) => `${salt}$${base64(length)}`),
  ...[20, 32, 64].map((length) => `${salt}$${'0'.repeat(2 * length)}`),
  // Django's scrypt has a part of its cost behind the salt; these are the ones that Django writes.
  ...['8$1', '8$5'].map((cost) => `${salt}$${cost}$${base64(64)}`),
];

/** A hash with the cost that this beginning has, such as `$2b$12$`. Undefined where it begins no hash. */
export function sampleOf(start: string): StoredHash | undefined {
  for (const ending of endings) {
    const hash = readHash(start + ending);
    if (!('allow' in hash)) return hash;
  }
  return undefined;
}
