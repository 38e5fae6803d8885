/**
 * Languages with libraries, models and rules of their own. A language's position in this list decides the numbers of its
 * models' states.
 */
export const hosts: readonly ['javascript', 'python'] = ['javascript', 'python'];

/** A language with libraries of its own. */
export type HostId = (typeof hosts)[number];

/** The id of a language. It is a string, so that modules can be cached as JSON. */
export type LanguageId = HostId | 'template';
