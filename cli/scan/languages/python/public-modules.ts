import { posix } from 'node:path';
import type { ImportContext } from '../import-context.ts';

/** Folders beside the code of a package. */
const beside =
  /(?:^|\/)(?:tests?|testing|docs?|examples?|scripts?|tools|benchmarks?|migrations|_[^/]*)(?:\/|\.py$)/;

/** Scripts that are often beside a package of a single module. */
const programs =
  /^(?:setup|conftest|noxfile|fabfile|tasks|manage|versioneer|\w*(?:run|make|build|test)\w*)\.py$/;

/**
 * Returns the indices of the modules in published packages. Modules and folders whose name begins with an underscore are left
 * out, and so are folders such as `tests` and `examples`.
 */
export function publicPythonModules({ paths, installable = [] }: ImportContext): readonly number[] {
  const found: number[] = [];
  if (installable.length === 0) return found;
  const folders = new Set(
    paths.filter((path) => posix.basename(path) === '__init__.py').map((path) => posix.dirname(path)),
  );
  paths.forEach((path, module) => {
    const home = installable.find((folder) => folder === '' || path.startsWith(`${folder}/`));
    if (home === undefined || !path.endsWith('.py')) return;
    const own = home === '' ? path : path.slice(home.length + 1);
    const single = own.replace(/^(?:src|lib)\//, '');
    const isModule = single.includes('/') ? folders.has(posix.dirname(path)) : !programs.test(single);
    if (isModule && !beside.test(own.replace(/(?:^|\/)__init__\.py$/, ''))) found.push(module);
  });
  return found;
}
