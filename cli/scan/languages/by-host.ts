import type { HostId } from './language-id.ts';

/** A table with an entry for each host language. The host languages are JavaScript and Python. An entry may be missing. */
export type ByHost<T> = Readonly<Partial<Record<HostId, T>>>;

/**
 * Returns the entry of a language's host in a table. The host of a template is the language of the code that renders it.
 * Undefined if there is no entry.
 */
export function byHost<T>(language: { readonly host: HostId }, table: ByHost<T>): T | undefined {
  return table[language.host];
}
