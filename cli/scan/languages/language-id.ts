/** Languages with libraries, models and rules of their own. The models are numbered in this order. */
export const hosts: readonly ['javascript', 'python'] = ['javascript', 'python'];

/** A language with libraries of its own. */
export type HostId = (typeof hosts)[number];

/** The id of a language. It is a string, so that modules can be cached as JSON. */
export type LanguageId = HostId | 'template';
