import type { HostId } from './language-id.ts';

/** What differs by language as a whole, such as the functions of a library: one entry for each language that has it. */
export type ByHost<T> = Readonly<Partial<Record<HostId, T>>>;

/** The entry for the libraries of a language: a template has those of its code. */
export function byHost<T>(language: { readonly host: HostId }, table: ByHost<T>): T | undefined {
  return table[language.host];
}
