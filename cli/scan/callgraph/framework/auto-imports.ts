import { maxConventionPath } from '../../budgets/callgraph.ts';
import { memoized } from '../../ir/memoized.ts';
import { languageOf } from '../../languages/registry.ts';
import type { Linker } from '../linker.ts';
import type { Program } from '../program.ts';

/** Folders of which Nitro and Nuxt make all exports known in the server's code, and where that code stands. */
const utilities = /^(.*?)(?:server|shared)\/utils\/[^/]+\.[cm]?[jt]s$/;
const server = /^(.*?)server\/(?:api|routes|middleware|plugins|utils|tasks)\//;

type Exported = ReadonlyMap<string, number>;

/** Lets what a name without an import stands for flow into a node, where a framework imports it. */
export function autoImportInto(linker: Linker, module: number, name: string, node: number): void {
  const { program } = linker;
  const all = exportsOf(program);
  const path = program.modules[module]?.path ?? '';
  if (all.size === 0 || path.length > maxConventionPath) return;
  const root = server.exec(path)?.[1];
  const from = root === undefined ? undefined : all.get(root)?.get(name);
  if (from !== undefined && from !== module) linker.graph.edge(linker.export(from, name), node);
}

/** By the folder of an application, which module exports a name to all of its server. */
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
