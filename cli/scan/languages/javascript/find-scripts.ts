import { posix } from 'node:path';
import type { FindModules, ImportContext } from '../import-context.ts';
import { byUsualAlias } from './usual-aliases.ts';

const extensions = [
  '',
  '.ts',
  '.tsx',
  '.mts',
  '.cts',
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '/index.ts',
  '/index.tsx',
  '/index.js',
  '/index.jsx',
  '/index.mjs',
  '/index.cjs',
];

/** Resolves imports of JavaScript files to modules, as Node, TypeScript and bundlers do. */
export function findScripts(context: ImportContext, byPath: ReadonlyMap<string, number>): FindModules {
  return {
    find: (from, specifier) => resolve(context, byPath, posix.dirname(from), specifier),
    submodule: () => undefined,
  };
}

function resolve(
  context: ImportContext,
  byPath: ReadonlyMap<string, number>,
  folder: string,
  specifier: string,
): number | undefined {
  const file = (path: string): number | undefined => {
    const normal = posix.normalize(path).replace(/^\.\//, '');
    for (const extension of extensions) {
      const found = byPath.get(normal + extension);
      if (found !== undefined) return found;
    }
    // TypeScript imports its sources under the name of the compiled file.
    const source = /^(.*)\.([cm]?)jsx?$/.exec(normal);
    return source ? (byPath.get(`${source[1]}.${source[2]}ts`) ?? byPath.get(`${source[1]}.tsx`)) : undefined;
  };
  if (specifier.startsWith('.')) return file(posix.join(folder, specifier));
  if (specifier.startsWith('/')) return file(specifier.slice(1));
  for (const alias of context.aliases ?? []) {
    if (alias.folder !== '' && folder !== alias.folder && !folder.startsWith(`${alias.folder}/`)) continue;
    for (const [pattern, targets] of alias.paths) {
      const star = pattern.indexOf('*');
      const matches = star < 0 ? specifier === pattern : matchesStar(pattern, star, specifier);
      if (!matches) continue;
      const middle = star < 0 ? '' : specifier.slice(star, specifier.length - (pattern.length - star - 1));
      for (const target of targets) {
        const found = file(
          posix.join(
            alias.baseUrl,
            target.replace('*', () => middle),
          ),
        );
        if (found !== undefined) return found;
      }
    }
  }
  for (const alias of context.aliases ?? []) {
    const found = file(posix.join(alias.baseUrl, specifier));
    if (found !== undefined) return found;
  }
  for (const [name, { folder: at, entries }] of context.packages ?? []) {
    if (specifier === name) {
      for (const entry of entries) {
        const found = file(posix.join(at, entry));
        if (found !== undefined) return found;
      }
    } else if (specifier.startsWith(`${name}/`)) {
      const inner = specifier.slice(name.length + 1);
      return file(posix.join(at, inner)) ?? file(posix.join(at, 'src', inner));
    }
  }
  return byUsualAlias(folder, specifier, file);
}

function matchesStar(pattern: string, star: number, specifier: string): boolean {
  const end = pattern.slice(star + 1);
  return (
    specifier.length >= pattern.length - 1 &&
    specifier.startsWith(pattern.slice(0, star)) &&
    specifier.endsWith(end)
  );
}
