/**
 * A file of this package, by its path from the caller's. A bundler takes `new URL('./name', import.meta.url)` for a file that it must copy, and
 * stops where there is a folder, or where the built package has `.js` instead of `.ts`.
 */
export function ownFile(path: string, caller: string): URL {
  return new URL(path, caller);
}
