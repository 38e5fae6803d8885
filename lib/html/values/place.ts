import type { Spot } from '../template/template-misuse.ts';

/** Where in a page a hole of element text is, as far as the tree builder cares. See `effect.ts` for the bits. */
export interface Place {
  /** True inside `<svg>` and `<math>`. */
  readonly foreign: boolean;
  /** The effects that would move what stands behind the hole. */
  readonly refuses: number;
  /** The effects that reach beyond the elements that the template has open around the hole. */
  readonly passes: number;
  /** True where the head of a document may still be open: what opens the body must not stand in front of what needs it. */
  readonly ordered: boolean;
  /** The effects that open the body here, where `ordered`. */
  readonly enters: number;
  /** The hole, for a Misuse. */
  readonly spot: Spot;
}

/** A place within a place. */
export function placeWithin(inner: Place, outer: Place): Place {
  return {
    foreign: inner.foreign || outer.foreign,
    refuses: inner.refuses | (outer.refuses & inner.passes),
    passes: inner.passes & outer.passes,
    ordered: inner.ordered && outer.ordered,
    enters: inner.enters | outer.enters,
    spot: outer.spot,
  };
}
