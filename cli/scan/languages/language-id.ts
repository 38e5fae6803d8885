/** The languages that programs are written in: they have libraries, and so models and rules. The order numbers their models. */
export const hosts: readonly ['javascript', 'python'] = ['javascript', 'python'];

/** A language that programs are written in. */
export type HostId = (typeof hosts)[number];

/** A language of files that are scanned. The tag stays plain text, so that a module can be cached as it is. */
export type LanguageId = HostId | 'template';
