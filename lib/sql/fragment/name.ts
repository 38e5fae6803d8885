import { Misuse } from '../../refusal/misuse.ts';

const simple = /^[^."\s\p{Cc}\p{Cs}](?:[^."\p{Cc}\p{Cs}]*[^."\s\p{Cc}\p{Cs}])?$/u;

/**
 * The path of a name that a developer wrote: `shop.orders` is schema and table. A `Misuse` for what is not a name.
 * PostgreSQL cuts names at 63 bytes, and two long ones may then be the same.
 */
export function parseName(name: string): readonly string[] {
  const path = typeof name === 'string' ? name.split('.') : [];
  const fits = path.length > 0 && path.length <= 3;
  if (!fits || !path.every((part) => simple.test(part) && Buffer.byteLength(part) <= 63)) {
    throw new Misuse('sql/invalid-name', `It is ${JSON.stringify(name)}.`);
  }
  return Object.freeze(path);
}
