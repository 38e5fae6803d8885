/**
 * The module of an optional package. Next.js with webpack replaces a package that isn't installed by an empty module, so its import doesn't fail.
 * A CommonJS package whose exports are properties of a function is only the `default` of its module there.
 *
 * @param name of an export that the package has
 * @throws Error if the module doesn't have it
 */
export function installed<T extends object>(library: T & { readonly default?: unknown }, name: keyof T): T {
  if (library[name] !== undefined) return library;
  const commonJs = library.default as T | undefined;
  if (commonJs?.[name] !== undefined) return commonJs;
  throw new Error(`The module is empty: it has no ${String(name)}.`);
}
