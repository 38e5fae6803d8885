import { posix } from 'node:path';
import type { FindModules, ImportContext } from '../import-context.ts';

/**
 * Resolves Python's imports to files. A module is searched for in the importing file's folder, then in each parent folder.
 * If none of them has it, a dotted name leads to a file whose path ends with the name, if there is only one.
 */
export function findPythonModules(
  { paths }: ImportContext,
  byPath: ReadonlyMap<string, number>,
): FindModules {
  const modules = pythonModules(paths);
  return {
    find: (from, specifier) => resolve(modules, from, specifier),
    submodule(path, name) {
      if (!path.endsWith('__init__.py')) return undefined;
      const folder = posix.dirname(path);
      return (
        byPath.get(posix.join(folder, `${name}.py`)) ?? byPath.get(posix.join(folder, name, '__init__.py'))
      );
    },
  };
}

interface PythonModules {
  /** Modules by dotted path from each possible root: `a/b/c.py` is `a.b.c`, `b.c` and `c`. A package is no root. */
  readonly byFile: ReadonlyMap<string, number>;
  readonly bySuffix: ReadonlyMap<string, readonly number[]>;
  readonly paths: readonly string[];
}

/** More deeply nested packages are found only by their full path. */
const maxSuffix = 8;

function pythonModules(paths: readonly string[]): PythonModules {
  const byFile = new Map<string, number>();
  const bySuffix = new Map<string, number[]>();
  const packages = new Set(
    paths.flatMap((path) => (path.endsWith('/__init__.py') ? [posix.dirname(path)] : [])),
  );
  paths.forEach((path, index) => {
    if (!path.endsWith('.py')) return;
    const dotted = path.replace(/(\/__init__)?\.py$/, '').replace(/^__init__$/, '');
    byFile.set(dotted, index);
    const parts = dotted.split('/');
    for (let i = Math.max(0, parts.length - maxSuffix); i < parts.length; i++) {
      // What is in a package has no name without it: `site/flask/session.py` is not what `from flask import session` imports.
      if (packages.has(parts.slice(0, i).join('/'))) continue;
      const suffix = parts.slice(i).join('/');
      const list = bySuffix.get(suffix);
      if (list) list.push(index);
      else bySuffix.set(suffix, [index]);
    }
  });
  return { byFile, bySuffix, paths };
}

function resolve(modules: PythonModules, from: string, specifier: string): number | undefined {
  const dots = /^\.*/.exec(specifier)?.[0].length ?? 0;
  const inner = specifier.slice(dots).replaceAll('.', '/');
  let folder = posix.dirname(from);
  if (dots > 0) {
    for (let i = 1; i < dots; i++) folder = posix.dirname(folder);
    return modules.byFile.get(posix.normalize(inner ? `${folder}/${inner}` : folder).replace(/^\.\/?/, ''));
  }
  // The folder of a script is on `sys.path`, and each parent folder may be.
  for (;;) {
    const found = modules.byFile.get(folder === '.' ? inner : `${folder}/${inner}`);
    if (found !== undefined && modules.paths[found] !== from) return found;
    if (folder === '.') break;
    folder = posix.dirname(folder);
  }
  const only = modules.bySuffix.get(inner);
  return only?.length === 1 && inner.includes('/') ? only[0] : undefined;
}
