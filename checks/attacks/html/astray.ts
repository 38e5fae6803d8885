/** What was wrong with a case; nothing where it did what it should. */
export type Result = readonly [of: { readonly name: string }, wrong: readonly string[]];

/** The cases that do not do what they should, and what they did. */
export function astray(results: readonly Result[]): string[] {
  return results.flatMap(([of, wrong]) => (wrong.length === 0 ? [] : [`${of.name}: ${wrong.join('; ')}`]));
}
