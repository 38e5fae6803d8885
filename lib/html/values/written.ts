import type { Late } from './safe-html.ts';

/** What is known of the markup of one call so far, besides its text. */
export interface Written {
  /** Whether everything spliced in fits inside `<svg>` and `<math>` too. */
  fitsForeign: boolean;
  /** What it does to the elements around it: see `effect.ts`. */
  effects: number;
  /** Whether a value opened the body, in a place where the head may be open. */
  entered: boolean;
  /** Whether it holds slots. */
  slotted: boolean;
  /** In the order of their slots. */
  lates: Late[] | undefined;
}
