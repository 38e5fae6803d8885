/**
 * Languages with libraries, models and rules of their own. Their order decides which state numbers the models of each
 * language get.
 */
export const hosts: readonly ['javascript', 'python'] = ['javascript', 'python'];

/** A language with libraries of its own. */
export type HostId = (typeof hosts)[number];

/** The id of a language. It is a string, so that modules can be cached as JSON. */
export type LanguageId = HostId | 'template';
