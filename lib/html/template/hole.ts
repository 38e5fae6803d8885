import type { Place } from '../values/place.ts';
import type { SrcsetPlan } from './srcset-plan.ts';
import type { Spot } from './template-misuse.ts';
import type { UrlPlan } from './url-plan.ts';

/** A whole attribute that a hole replaces, so that it can be left out: ` title="` and `"`. */
export interface Around {
  readonly open: string;
  readonly close: string;
}

/**
 * Where a value goes, as the static text around it decides. `index` counts the holes of the template from 0; `place`
 * is the same for a reader, such as `title of <p>`; `spot` is where a Misuse points to that only the value decides on.
 */
export type Hole =
  /** Element text. Only here may markup be spliced in, where it fits the place. */
  | { readonly kind: 'text'; readonly index: number; readonly place: Place }
  /** `<title>` and `<textarea>`: text that never holds markup. */
  | { readonly kind: 'plain-text'; readonly index: number; readonly place: string }
  /** A part of a quoted attribute that no parser beyond HTML reads; the whole of it where there is an `around`. */
  | {
      readonly kind: 'attribute' | 'class';
      readonly index: number;
      readonly place: string;
      readonly around: Around | undefined;
    }
  /** A whole attribute such as ` disabled="${...}"`, there or not. */
  | { readonly kind: 'boolean'; readonly index: number; readonly name: string; readonly place: string }
  /** A whole attribute value that is a URL. It may hold several holes; they are decided on together. */
  | {
      readonly kind: 'url';
      readonly index: number;
      readonly plan: UrlPlan;
      readonly around: Around | undefined;
    }
  /** A list of images to choose from, each of which is decided on by itself. */
  | {
      readonly kind: 'srcset';
      readonly index: number;
      readonly place: string;
      readonly plan: SrcsetPlan;
      readonly around: Around | undefined;
    }
  /** A whole attribute that takes one type of value: declarations, the URL of code, a document. */
  | {
      readonly kind: 'style' | 'resource-url' | 'srcdoc';
      readonly index: number;
      readonly place: string;
      readonly around: Around;
      readonly spot: Spot;
    }
  /** The whole content of a script that is data. */
  | { readonly kind: 'json'; readonly index: number }
  /** A value in a script that runs. */
  | { readonly kind: 'script-value'; readonly index: number }
  /** The whole content of a script that runs, or of a `<style>`. */
  | { readonly kind: 'script' | 'style-sheet'; readonly index: number; readonly spot: Spot }
  /** Attributes in place of a name. */
  | {
      readonly kind: 'spread';
      readonly index: number;
      readonly element: string;
      /** The names that the tag has already. */
      readonly taken: ReadonlySet<string>;
      readonly spot: Spot;
    };

/**
 * A stretch of the template that a hole's value replaces; without a hole, static text that is put in. Here and in `Hole`
 * no field is left out: a polluted prototype would fill it in.
 */
export interface Cut {
  readonly start: number;
  readonly end: number;
  /** Static text that the cut adds in front of itself. */
  readonly before: string;
  readonly hole: Hole | undefined;
}
