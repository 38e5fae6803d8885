import { posix } from 'node:path';
import type { FindModules, ImportContext, Resolved, ResolveImport } from '../languages/import-context.ts';
import type { HostId } from '../languages/language-id.ts';
import { languageById, languages } from '../languages/registry.ts';
import { languageIdOf } from './path-kind.ts';

export function createResolver(context: ImportContext): ResolveImport {
  const byPath = new Map(context.paths.map((path, index) => [path, index]));
  const finders = new Map<HostId, FindModules>();
  const finderOf = (host: HostId): FindModules => {
    const finder = finders.get(host) ?? languages[host].findModules(context, byPath);
    finders.set(host, finder);
    return finder;
  };

  // Files of one language in one folder share resolved imports.
  const byFolder = new Map<string, Map<string, Resolved>>();
  const foundIn = (path: string): Map<string, Resolved> => {
    const folder = `${hostOf(path)} ${posix.dirname(path)}`;
    const found = byFolder.get(folder) ?? new Map<string, Resolved>();
    byFolder.set(folder, found);
    return found;
  };
  const byModule = context.paths.map(foundIn);
  const elsewhere = new Map<string, Resolved>();

  const resolve = (from: number, specifier: string): Resolved => {
    const known = byModule[from] ?? elsewhere;
    const cached = known.get(specifier);
    if (cached) return cached;
    const path = context.paths[from] ?? '';
    const module = finderOf(hostOf(path)).find(path, specifier);
    const found: Resolved = module === undefined ? { package: packageName(specifier) } : { module };
    known.set(specifier, found);
    return found;
  };
  return Object.assign(resolve, {
    submodule: (module: number, name: string): number | undefined => {
      const path = context.paths[module] ?? '';
      return finderOf(hostOf(path)).submodule(path, name);
    },
  });
}

/** The language of a file's imports, by its name. */
function hostOf(path: string): HostId {
  return languageById(languageIdOf(path)).host;
}

function packageName(specifier: string): string {
  const name = specifier.startsWith('node:') ? specifier.slice(5) : specifier;
  // `lodash/pick.js` is `lodash/pick`; `discord.js` and `@scope/some.js` are names.
  return /^(?:@[^/]+\/)?[^/.][^/]*\/.*\.[cm]?js$/.test(name) ? name.replace(/\.[cm]?js$/, '') : name;
}
