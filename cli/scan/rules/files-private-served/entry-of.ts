import { instOf, madeBy, type Place } from '../../rule/made-by.ts';
import type { Use } from '../../rule/use.ts';

/** An entry of an object that is written out, in another file perhaps, by the first of these names. */
export function entryOf(use: Use, place: Place | undefined, ...names: readonly string[]): Place | undefined {
  if (!place) return undefined;
  const { linked } = use.frame;
  const at = madeBy(linked, place);
  const inst = instOf(linked, at);
  if (inst?.op !== 'object') return undefined;
  for (const name of names) {
    const value = inst.values[inst.keys.indexOf(name)];
    if (value !== undefined) return { func: at.func, value };
  }
  return undefined;
}

/** A value, or the items of a list. */
export function itemsOf(use: Use, place: Place): readonly Place[] {
  const { linked } = use.frame;
  const at = madeBy(linked, place);
  const inst = instOf(linked, at);
  return inst?.op === 'list' ? inst.items.slice(0, 20).map((value) => ({ func: at.func, value })) : [place];
}
