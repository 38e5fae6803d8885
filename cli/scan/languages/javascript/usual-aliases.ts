import { posix } from 'node:path';

/** Folders above a file that are looked into. */
const maxFolders = 12;

/**
 * Prefixes that no package has, and the folders that they mean: those of SvelteKit, Nuxt and Astro, whose configuration is made
 * when a project is built, and those of templates for Next.js, Vue and Remix.
 */
const prefixes: readonly (readonly [prefix: string, folders: readonly string[]])[] = [
  ['$lib/', ['src/lib']],
  ['@/', ['src', '', 'app']],
  ['~/', ['src', '', 'app']],
  ['@@/', ['']],
  ['~~/', ['']],
];

/**
 * Where an import would lead by what its prefix usually means, in the nearest folder above that has such a file. It is asked
 * where no configuration of the project tells.
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
