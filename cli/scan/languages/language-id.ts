/** The languages with libraries, models and rules of their own. Their order numbers the models. */
export const hosts: readonly ['javascript', 'python'] = ['javascript', 'python'];

/** A language with libraries of its own. */
export type HostId = (typeof hosts)[number];

/** A language of scanned files. It is plain text, so that modules can be cached as JSON. */
export type LanguageId = HostId | 'template';
