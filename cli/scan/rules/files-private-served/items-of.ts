import { instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import type { Use } from '../kit/use.ts';

/** Returns the items of a list, or the value itself if it isn't a list. */
export function itemsOf(use: Use, place: Place): readonly Place[] {
  const { linked } = use.frame;
  const at = madeBy(linked, place);
  const inst = instOf(linked, at);
  return inst?.op === 'list' ? inst.items.slice(0, 20).map((value) => ({ func: at.func, value })) : [place];
}
