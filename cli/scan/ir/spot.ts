import type { ValueId } from './ir.ts';

/** The position of an object in a container: a name, the value of a key, or unknown. */
export type Spot = { readonly name: string } | { readonly key: ValueId } | undefined;

/** Whether two positions have the same name, or the same value as their key. Two unknown positions count as the same. */
export function isSameSpot(a: Spot, b: Spot): boolean {
  if (!a || !b) return a === b;
  if ('name' in a) return 'name' in b && a.name === b.name;
  return 'key' in b && a.key === b.key;
}
