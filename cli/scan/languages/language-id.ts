/**
 * Languages with libraries, models and rules of their own. The order matters: of n languages, the one at index i gives the
 * states of its models the numbers i, i + n, i + 2n, ...
 */
export const hosts: readonly ['javascript', 'python'] = ['javascript', 'python'];

/** A language with libraries of its own. */
export type HostId = (typeof hosts)[number];

/** The id of a language. It is a string, so that modules can be cached as JSON. */
export type LanguageId = HostId | 'template';
