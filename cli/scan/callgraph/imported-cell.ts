import { maxReexportDepth } from '../budgets/callgraph.ts';
import type { Linker } from './linker.ts';

/** Returns a version of `cellOfImport` that caches its results, as each function analysis looks up its imports. */
export function importedCells(
  linker: Linker,
): (module: number, specifier: string, name: string) => number | undefined {
  const known: (Map<string, Map<string, number | undefined>> | undefined)[] = new Array(
    linker.program.modules.length,
  ).fill(undefined);
  return (module, specifier, name) => {
    const bySpecifier = known[module] ?? new Map<string, Map<string, number | undefined>>();
    known[module] = bySpecifier;
    let byName = bySpecifier.get(specifier);
    if (!byName) {
      byName = new Map();
      bySpecifier.set(specifier, byName);
    }
    let cell = byName.get(name);
    if (cell === undefined && !byName.has(name)) {
      cell = cellOfImport(linker, module, specifier, name);
      byName.set(name, cell);
    }
    return cell;
  };
}

/**
 * The global number of the shared variable that an import refers to, possibly through re-exports. Undefined if there is none in
 * the program.
 */
export function cellOfImport(
  linker: Linker,
  module: number,
  specifier: string,
  name: string,
  depth = 0,
): number | undefined {
  const found = linker.resolve(module, specifier);
  if (found.module === undefined || depth > maxReexportDepth) return undefined;
  const { program } = linker;
  for (const one of program.modules[found.module]?.exports ?? []) {
    if ('all' in one) {
      const inner = cellOfImport(linker, found.module, one.all, name, depth + 1);
      if (inner !== undefined) return inner;
    } else if (one.name === name) {
      if ('cell' in one) return (program.firstCell[found.module] as number) + one.cell;
      if ('from' in one) return cellOfImport(linker, found.module, one.from, one.imported, depth + 1);
    }
  }
  return undefined;
}
