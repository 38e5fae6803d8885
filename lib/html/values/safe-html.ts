import { brand, shared } from '../../internal/shared.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { textEffect } from './effect.ts';
import type { Place } from './place.ts';

/** A promise or an async iterable that stands in element text, until it is streamed. */
export interface Late {
  readonly value: PromiseLike<unknown> | AsyncIterable<unknown>;
  readonly place: Place;
}

/** What a safe value holds. */
export interface Content {
  /** Where it holds a NUL, which no document can, something is filled in later: see `slots.ts`. */
  readonly markup: string;
  /** True where the markup means the same inside `<svg>` and `<math>` as outside. */
  readonly fitsForeign: boolean;
  /** What it does to the elements around it: see `effect.ts`. */
  readonly effects: number;
  /** True where `markup` holds a NUL. */
  readonly slotted: boolean;
  /** In the order of their slots. */
  readonly lates: readonly Late[] | undefined;
}

declare const opaque: unique symbol;

/**
 * Guarantee: parsed as the content of an HTML element such as `<div>` or `<body>`, this markup runs no script that
 * the developer did not write, and leaves the tokenizer in element text, outside of any quote, comment or raw text.
 * Elements may stay open behind it, or close ones in front of it, as its own tags say. It holds nowhere else: not in an
 * attribute other than `srcdoc`, not in `<noscript>`, `<textarea>`, `<style>` or `<script>`, and not after its string
 * was cut or edited.
 *
 * A value is recognised by its identity. A copy, a parsed JSON body or an object with the same shape is not one.
 * `render` gives the string; turning it into one by accident throws, because a string has lost the guarantee.
 */
export interface SafeHtml {
  readonly [opaque]: 'SafeHtml';
  toString(): never;
  toJSON(): never;
}

/** A SafeHtml that waits for promises or async iterables. `renderToStream` and `htmlResponse` take it, `render` not. */
export interface LateHtml {
  readonly [opaque]: 'LateHtml';
  toString(): never;
  toJSON(): never;
}

interface Maker {
  make(content: Content): SafeHtml;
  contentOf(value: object): Content | undefined;
}

/** Copies of bulwark share one class, so each can read what another one made. */
const maker = shared('html:content', createMaker);

// A private field is a brand of its own, and far cheaper than the weak set that `brand` would keep.
shared('brand:html:content', () => ({ has: (value: object) => maker.contentOf(value) !== undefined }));
const trusted = brand<SafeHtml>('html:content');

function createMaker(): Maker {
  class SafeHtml {
    #content: Content | undefined;

    static make(content: Content): object {
      const safe = new SafeHtml();
      safe.#content = content;
      Object.freeze(safe);
      return safe;
    }

    static contentOf(value: object): Content | undefined {
      return #content in value ? (value as SafeHtml).#content : undefined;
    }

    toString(): never {
      throw new Misuse('html/implicit-string');
    }

    toJSON(): never {
      throw new Misuse('html/implicit-string');
    }
  }
  return SafeHtml as unknown as Maker;
}

/**
 * Trusted markup of elsewhere: called by the sanitiser and `bulwark/unsafe/html`. Never exported.
 *
 * @param effects what it may do to the elements around it; when absent, what text does
 */
export function trust(markup: string, fitsForeign: boolean, effects: number = textEffect): SafeHtml {
  // Only the tag may leave slots.
  const plain = markup.includes('\0') ? markup.replaceAll('\0', '\ufffd') : markup;
  return maker.make({ markup: plain, fitsForeign, effects, slotted: false, lates: undefined });
}

/** Trusted markup of the tag, which may hold slots. Never exported. */
export function trustContent(content: Content): SafeHtml {
  return maker.make(content);
}

/** What a safe value holds, or undefined for anything else. */
export function contentOf(value: unknown): Content | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const content = maker.contentOf(value);
  // For what another version made it throws.
  if (content === undefined && !Array.isArray(value)) trusted.has(value);
  return content;
}
