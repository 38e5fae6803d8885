/**
 * Languages with libraries, models and rules of their own. Their order matters: the models of each language are compiled to
 * an automaton, and the states of all automata share one numbering. With n languages, the states of the language at index i
 * have the numbers i, i + n, i + 2n, ...
 */
export const hosts: readonly ['javascript', 'python'] = ['javascript', 'python'];

/** A language with libraries of its own. */
export type HostId = (typeof hosts)[number];

/** The id of a language. It is a string, so that modules can be cached as JSON. */
export type LanguageId = HostId | 'template';
