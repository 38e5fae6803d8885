import type { UrlPlan } from './url-plan.ts';

/**
 * Where a value goes, as the static text around it decides. `index` counts the holes of the template from 0; `place`
 * is the same for a reader, such as `title of <p>`.
 */
export type Hole =
  /** Element text. Only here may markup be spliced in; inside `<svg>` and `<math>` only markup that fits there. */
  | { readonly kind: 'text'; readonly index: number; readonly foreign: boolean }
  /** `<title>` and `<textarea>`: text that never holds markup. */
  | { readonly kind: 'plain-text'; readonly index: number; readonly place: string }
  /** A part of a quoted attribute that no parser beyond HTML reads. */
  | { readonly kind: 'attribute'; readonly index: number; readonly place: string }
  /** A whole attribute such as ` disabled="${...}"`, there or not. */
  | { readonly kind: 'boolean'; readonly index: number; readonly name: string; readonly place: string }
  /** A whole attribute value that is a URL. It may hold several holes; they are decided on together. */
  | { readonly kind: 'url'; readonly index: number; readonly plan: UrlPlan }
  /** The whole content of a script that is data. */
  | { readonly kind: 'json'; readonly index: number };

/** A stretch of the template that a hole's value replaces. */
export interface Cut {
  readonly start: number;
  readonly end: number;
  /** Static text that the hole adds in front of itself. */
  readonly before?: string;
  readonly hole: Hole;
}
