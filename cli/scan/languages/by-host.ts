import type { HostId } from './language-id.ts';

/** A table by host language, such as the functions of its libraries. A language may have no entry. */
export type ByHost<T> = Readonly<Partial<Record<HostId, T>>>;

/** Returns a language's entry in a table. Templates use the entry of the language of their code. */
export function byHost<T>(language: { readonly host: HostId }, table: ByHost<T>): T | undefined {
  return table[language.host];
}
