import type { Composer } from 'yaml';

/** Thrown through the library: the first mistake in a text, and its position. */
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
 * Makes the composer throw a `YamlStop` at its first error. Otherwise it would continue, and create another error for each wrong character: a
 * megabyte of them takes half a minute.
 *
 * The collector of errors is private in the library's types. A version without this property collects them as before.
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
