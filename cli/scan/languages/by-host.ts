import type { HostId } from './language-id.ts';

/** A table with an entry for each host language. The host languages are JavaScript and Python. An entry may be missing. */
export type ByHost<T> = Readonly<Partial<Record<HostId, T>>>;

/**
 * Returns a table's entry for the host of a language. JavaScript and Python are their own hosts, and JavaScript is also the
 * host of templates. Undefined if there is no entry.
 */
export function byHost<T>(language: { readonly host: HostId }, table: ByHost<T>): T | undefined {
  return table[language.host];
}
