import { dirname, join } from 'node:path';
import ts from 'typescript';

/** What each file imports, types included, by paths from the root of the repository. */
export type Imports = ReadonlyMap<string, readonly string[]>;

/** The files of the repository that a text imports or exports from. Packages are left out. */
export function importedFiles(file: string, text: string): string[] {
  const { importedFiles: found } = ts.preProcessFile(text);
  return found
    .filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => join(dirname(file), fileName));
}

/** The circles of imports, each as `a.ts -> b.ts -> a.ts`. Once a circle is shown, no other one starts in its files. */
export function importCircles(imports: Imports): string[] {
  const shown = new Set<string>();
  return [...imports.keys()].sort().flatMap((file) => {
    const circle = shown.has(file) ? [] : shortestCircle(file, imports);
    for (const member of circle) shown.add(member);
    return circle.length === 0 ? [] : [circle.join(' -> ')];
  });
}

/** The shortest path of imports from a file back to itself; empty if there is none. */
function shortestCircle(start: string, imports: Imports): readonly string[] {
  const importedBy = new Map<string, string>();
  const queue = [start];
  for (const file of queue) {
    for (const imported of imports.get(file) ?? []) {
      if (imported === start) return [...pathTo(file, importedBy), start];
      if (importedBy.has(imported)) continue;
      importedBy.set(imported, file);
      queue.push(imported);
    }
  }
  return [];
}

function pathTo(file: string, importedBy: ReadonlyMap<string, string>): readonly string[] {
  const before = importedBy.get(file);
  return before === undefined ? [file] : [...pathTo(before, importedBy), file];
}
