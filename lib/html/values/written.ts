import type { Late } from './safe-html.ts';

/** What is known of the markup of one call so far, besides its text. */
export interface Written {
  /** Whether everything spliced in fits inside `<svg>` and `<math>` too. */
  fitsForeign: boolean;
  /** Whether it holds slots. */
  slotted: boolean;
  /** In the order of their slots. */
  lates: Late[] | undefined;
}
