import { maxConventionPath } from '../../budgets/callgraph.ts';
import { memoized } from '../../ir/memoized.ts';
import { languageOf } from '../../languages/registry.ts';
import type { Linker } from '../linker.ts';
import type { Program } from '../program.ts';

/** Folders whose exports Nitro and Nuxt import automatically, and the server folders that they import them into. */
const utilities = /^(.*?)(?:server|shared)\/utils\/[^/]+\.[cm]?[jt]s$/;
const server = /^(.*?)server\/(?:api|routes|middleware|plugins|utils|tasks)\//;

type Exported = ReadonlyMap<string, number>;

/**
 * Makes an automatically imported export flow into `node`: Nitro and Nuxt let modules use the exports of certain
 * folders without an import. Does nothing if `module` can use no such export as `name`.
 */
export function autoImportInto(linker: Linker, module: number, name: string, node: number): void {
  const { program } = linker;
  const all = exportsOf(program);
  const path = program.modules[module]?.path ?? '';
  if (all.size === 0 || path.length > maxConventionPath) return;
  const root = server.exec(path)?.[1];
  const from = root === undefined ? undefined : all.get(root)?.get(name);
  if (from !== undefined && from !== module) linker.graph.edge(linker.export(from, name), node);
}

/** The module that exports each auto-imported name, by application folder and name. */
const exportsOf = memoized((program: Program): ReadonlyMap<string, Exported> => {
  const all = new Map<string, Map<string, number>>();
  program.modules.forEach((module, index) => {
    if (!languageOf(module).pathsAreConventions || module.path.length > maxConventionPath) return;
    const root = utilities.exec(module.path)?.[1];
    if (root === undefined) return;
    const names = all.get(root) ?? new Map<string, number>();
    all.set(root, names);
    for (const one of module.exports)
      if (!('all' in one) && one.name !== 'default' && !names.has(one.name)) names.set(one.name, index);
  });
  return all;
});
