import type { PackageManifest } from './node-manifests.ts';

const maxLength = 50_000_000;

/** A dependency of the manifest that the text of its lock file doesn't name; undefined if it names all of them. */
export function missingFromLock(
  { dependencies, lock = '' }: PackageManifest,
  text: string | undefined,
): string | undefined {
  // A binary file, or one that is too large to be read, is not compared.
  if (text === undefined || text.length > maxLength || lock.endsWith('.lockb')) return undefined;
  const outside = /^(workspace|file|link|portal|catalog):|^\.{1,2}\//;
  return dependencies.find(({ name, range }) => !outside.test(range) && !text.includes(name))?.name;
}
