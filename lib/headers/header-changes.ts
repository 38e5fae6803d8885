import { Misuse } from '../refusal/misuse.ts';
import { knownValues } from './known-values.ts';

/** Replaces headers of the default set; `false` removes one. Names are case-insensitive. */
export type HeaderOptions = Readonly<Record<string, string | false>>;

/**
 * Checks changes to headers; `false` removes a header. For adapters, which apply the changes to a response.
 *
 * @throws Misuse `headers/invalid-header` for names and values that HTTP doesn't allow, `headers/invalid-value` for values that
 * browsers ignore
 *
 * @example
 * ```ts
 * import { headerChanges } from 'bulwark/headers';
 *
 * headerChanges({ 'X-Frame-Options': false }); // [['X-Frame-Options', false]]
 * ```
 */
export function headerChanges(options: HeaderOptions): readonly (readonly [string, string | false])[] {
  if (typeof options !== 'object' || options === null) {
    throw new Misuse('bulwark/invalid-option', 'Headers are a record of names and values.');
  }
  return Object.freeze(
    Object.entries(options).map(([name, value]) => {
      checkHeader(name, value);
      return Object.freeze([name, value] as const);
    }),
  );
}

function checkHeader(name: string, value: unknown): void {
  if (!/^[A-Za-z][A-Za-z0-9-]{0,63}$/.test(name)) {
    throw new Misuse('headers/invalid-header', `The name is ${JSON.stringify(name)}.`);
  }
  if (value === false) return;
  if (typeof value !== 'string' || !/^[\x20-\x7e]+$/.test(value)) {
    throw new Misuse('headers/invalid-header', `The value of ${name} is not printable ASCII.`);
  }
  const known = knownValues.get(name.toLowerCase());
  if (known && !known.test(value)) {
    throw new Misuse('headers/invalid-value', `${name} does not take ${JSON.stringify(value)}.`);
  }
}
