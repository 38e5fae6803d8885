/**
 * The module of an optional package. Next.js with webpack replaces a package that isn't installed by an empty module, so its import doesn't fail.
 *
 * @param name of an export that the package has
 * @throws Error if the module doesn't have it
 */
export function installed<T extends object>(library: T, name: keyof T & string): T {
  if (library[name] === undefined) throw new Error(`The module is empty: it has no ${name}.`);
  return library;
}
