import type { Composer } from 'yaml';

/** What is thrown through the library: the first mistake of a text, and where it is. */
export class YamlStop extends Error {
  readonly reason: string;
  readonly offset: number;

  constructor(reason: string, offset: number) {
    super(reason);
    this.reason = reason;
    this.offset = offset;
  }
}

type ErrorSource = number | readonly [number, number] | { readonly offset: number };

/**
 * Makes the composer throw a `YamlStop` at its first error. It would go on, and make another error for each character that is wrong: a
 * megabyte of them takes half a minute.
 *
 * What collects errors is private in the types of the library. A version that has no such property collects them as before.
 */
export function stopAtFirstError(composer: Composer): void {
  if (!Object.hasOwn(composer, 'onError')) return;
  let first: YamlStop | undefined;
  const onError = (source: ErrorSource, code: string, _: string, isWarning?: boolean): void => {
    if (isWarning === true) return;
    // The library catches what is thrown in a collection, and reports it as one more error.
    first ??= new YamlStop(code, offsetOf(source));
    throw first;
  };
  Object.defineProperty(composer, 'onError', { value: onError });
}

function offsetOf(source: ErrorSource): number {
  if (typeof source === 'number') return source;
  return 'offset' in source ? source.offset : source[0];
}
