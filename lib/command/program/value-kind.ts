/** What an untrusted value may be in one place of a command line. */
export interface ValueKind {
  /** As the end of a sentence: `a revision`. */
  readonly name: string;
  /** True where a `SafePath` may stand. */
  readonly paths: boolean;
  /** Why the text may not stand here; undefined where it may. Without a check, only paths may. */
  readonly reject?: (text: string) => string | undefined;
}

/** No value and no path: the option runs programs, or reads its value as a language. */
export const never: ValueKind = { name: 'no untrusted value', paths: false };

/** A `SafePath`. */
export const path: ValueKind = { name: 'a SafePath', paths: true };

/** Text that the program takes as it is. */
export const text: ValueKind = { name: 'text', paths: false, reject: () => undefined };

/** One line of text that the program takes as it is. */
export const line: ValueKind = matching('one line of text', /^[^\p{Cc}]*$/u, 'it has control characters');

export const wholeNumber: ValueKind = matching('a whole number', /^\d{1,15}$/, 'it is not a whole number');

export const decimal: ValueKind = matching('a number', /^-?\d{1,15}(?:\.\d{1,15})?$/, 'it is not a number');

/** A kind of text, by a pattern that the whole of it matches. The pattern must be linear. */
export function matching(name: string, pattern: RegExp, reason: string): ValueKind {
  return { name, paths: false, reject: (value) => (pattern.test(value) ? undefined : reason) };
}

/** The same kind, where a `SafePath` may stand too. */
export function orPath(kind: ValueKind): ValueKind {
  return { ...kind, name: `${kind.name} or a SafePath`, paths: true };
}
