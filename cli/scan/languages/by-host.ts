import type { HostId } from './language-id.ts';

/** A table with one entry for each language that has one, such as the functions of its libraries. */
export type ByHost<T> = Readonly<Partial<Record<HostId, T>>>;

/** The entry of a language. Templates use the entry of the language of their code. */
export function byHost<T>(language: { readonly host: HostId }, table: ByHost<T>): T | undefined {
  return table[language.host];
}
