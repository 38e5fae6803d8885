import { posix } from 'node:path';

/** Parent folders that are searched. */
const maxFolders = 12;

/**
 * Prefixes that no package has, and their folders: those of SvelteKit, Nuxt and Astro, whose configuration is generated
 * by the build, and those of common templates for Next.js, Vue and Remix.
 */
const prefixes: readonly (readonly [prefix: string, folders: readonly string[]])[] = [
  ['$lib/', ['src/lib']],
  ['@/', ['src', '', 'app']],
  ['~/', ['src', '', 'app']],
  ['@@/', ['']],
  ['~~/', ['']],
];

/**
 * Resolves an import whose prefix is a common path alias: `@/db` -> the file `src/db`. Looks for the file below `folder`,
 * then below each of its parent folders. Undefined if there is no such file, or the prefix is no common alias. Call this
 * only for a prefix that the project does not configure.
 */
export function byUsualAlias(
  folder: string,
  specifier: string,
  file: (path: string) => number | undefined,
): number | undefined {
  const [prefix, folders = []] = prefixes.find(([start]) => specifier.startsWith(start)) ?? [];
  if (prefix === undefined) return undefined;
  const rest = specifier.slice(prefix.length);
  let above = folder;
  for (let hop = 0; hop < maxFolders; hop++) {
    for (const one of folders) {
      const found = file(posix.join(above, one, rest));
      if (found !== undefined) return found;
    }
    if (above === '.' || above === '') return undefined;
    above = posix.dirname(above);
  }
  return undefined;
}
