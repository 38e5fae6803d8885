import type { Linker } from './linker.ts';

/** Follows re-exports to the cell that a name is bound to in the end. */
export function cellOfImport(
  linker: Linker,
  module: number,
  specifier: string,
  name: string,
  depth = 0,
): number | undefined {
  const found = linker.resolve(module, specifier);
  if (found.module === undefined || depth > 8) return undefined;
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
