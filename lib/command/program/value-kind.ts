/** The untrusted values that one position of a command line accepts. */
export interface ValueKind {
  /** As the end of a sentence: `a revision`. */
  readonly name: string;
  /** True if a `SafePath` is accepted. */
  readonly paths: boolean;
  /** Why the text is not accepted here; undefined if it is. Without this check, only paths are. */
  readonly reject?: (text: string) => string | undefined;
}

/** No value and no path: the option runs programs, or parses its value as a language. */
export const never: ValueKind = { name: 'no untrusted value', paths: false };

/** A `SafePath`. */
export const path: ValueKind = { name: 'a SafePath', paths: true };

/** Text that the program takes literally. */
export const text: ValueKind = { name: 'text', paths: false, reject: () => undefined };

/** One line of text that the program takes literally. */
export const line: ValueKind = matching('one line of text', /^[^\p{Cc}]*$/u, 'it has control characters');

export const wholeNumber: ValueKind = matching('a whole number', /^\d{1,15}$/, 'it is not a whole number');

export const decimal: ValueKind = matching('a number', /^-?\d{1,15}(?:\.\d{1,15})?$/, 'it is not a number');

/** A kind of text that must match the whole pattern. The pattern must be linear. */
export function matching(name: string, pattern: RegExp, reason: string): ValueKind {
  return { name, paths: false, reject: (value) => (pattern.test(value) ? undefined : reason) };
}

/** The same kind, but a `SafePath` is accepted too. */
export function orPath(kind: ValueKind): ValueKind {
  return { ...kind, name: `${kind.name} or a SafePath`, paths: true };
}
