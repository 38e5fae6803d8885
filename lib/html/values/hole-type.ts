import type { Attributes } from './attributes-type.ts';
import type { TrustedResourceUrl } from './resource-url-type.ts';
import type { LateHtml, SafeHtml } from './safe-html.ts';
import type { SafeScript } from './safe-script-type.ts';
import type { SafeStyle } from './safe-style-type.ts';
import type { SafeUrl } from './safe-url-type.ts';

/** Shows its sentence in the compiler's error: nothing has this type. */
export interface NotAllowed<Sentence extends string> {
  readonly [notAllowed]: Sentence;
}
declare const notAllowed: unique symbol;

type Scalar = string | number | bigint | boolean | null | undefined;
type Safe =
  | SafeHtml
  | LateHtml
  | SafeUrl
  | TrustedResourceUrl
  | SafeScript
  | SafeStyle
  | Attributes
  | URL
  | URLSearchParams;

/**
 * The type that a hole takes a `T` as. What no place in HTML can show does not compile, with a sentence that says what
 * to do. A plain object compiles, since only the template knows whether a JSON script is around it.
 */
export type HoleValue<T> = T extends Scalar | Safe
  ? T
  : T extends (...args: never[]) => unknown
    ? NotAllowed<'A function is not text: call it.'>
    : T extends symbol
      ? NotAllowed<'A symbol is not text: take its description.'>
      : T extends PromiseLike<infer Value>
        ? PromiseLike<HoleValue<Value>>
        : T extends AsyncIterable<infer Item>
          ? AsyncIterable<HoleValue<Item>>
          : T extends readonly (infer Item)[]
            ? readonly HoleValue<Item>[]
            : T extends ReadonlyMap<unknown, unknown>
              ? NotAllowed<'A Map is not text: take its keys(), values() or entries().'>
              : T extends ArrayBufferView
                ? NotAllowed<'Bytes are not text: decode them.'>
                : T extends Iterable<infer Item>
                  ? Iterable<HoleValue<Item>>
                  : T extends Date
                    ? NotAllowed<'A Date is not text: take toISOString(), or format it.'>
                    : T extends Instance
                      ? NotAllowed<'Only text, numbers, arrays, SafeHtml, and plain objects for a JSON script, have a place in HTML.'>
                      : T extends object
                        ? keyof T extends never
                          ? NotAllowed<'An object is not text: take one of its fields.'>
                          : T
                        : NotAllowed<'Say what type this value has: only text, numbers, arrays, SafeHtml, and plain objects for a JSON script, have a place in HTML.'>;

type Instance = WeakMap<never, unknown> | WeakSet<never> | RegExp | Error | ArrayBuffer | Iterator<unknown>;

/** True for what is waited for while a page is streamed. */
export type IsLate<T> = 0 extends 1 & T
  ? false
  : T extends LateHtml | PromiseLike<unknown> | AsyncIterable<unknown>
    ? true
    : T extends string
      ? false
      : T extends Iterable<infer Item>
        ? IsLate<Item>
        : false;
