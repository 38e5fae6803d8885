import type { Linked } from '../../callgraph/linked.ts';
import { instOf, madeBy } from '../../callgraph/query/made-by.ts';
import { memoized, memoizedPair } from '../../ir/memoized.ts';
import { hasTrait } from '../../models/state-traits.ts';

const verbs = /^(get|post|put|patch|delete|all|use|route|head|options)$/;
const maxRoutes = 3000;

interface Routes {
  /** In lower case, as the router ignores the case. */
  readonly paths: readonly string[];
  /** The program makes paths case-sensitive. */
  readonly isSensitive: boolean;
}

/** Returns the paths of an Express program's routes, and the paths where its routers are mounted. */
export const routesOf: (linked: Linked) => Routes = memoized((linked) => {
  const paths: string[] = [];
  let isSensitive = false;
  linked.program.instructions.each('call', (call, { id, func }) => {
    const callee = func.code[call.callee];
    const first = instOf(linked, madeBy(linked, { func: id, value: call.args[0] ?? -1 }));
    if (first?.op === 'object') {
      const at = first.keys.indexOf('caseSensitive');
      const flag = at < 0 ? undefined : func.code[first.values[at] ?? -1];
      isSensitive ||= flag?.op === 'const' && flag.value === true;
    }
    if (callee?.op !== 'member' || first?.op !== 'const' || typeof first.value !== 'string') return;
    if (/^(set|enable)$/.test(callee.name)) isSensitive ||= first.value === 'case sensitive routing';
    else if (verbs.test(callee.name) && first.value.startsWith('/') && paths.length < maxRoutes)
      if (isRouter(linked, id, callee.object)) paths.push(first.value.toLowerCase());
  });
  return { paths, isSensitive };
});

/**
 * Whether the full path of any Express route begins with `path`, ignoring case. The full path of a route includes the path
 * where its router is mounted.
 */
export function isRoute(linked: Linked, path: string): boolean {
  return leadsToRoute(routesOf(linked), path.toLowerCase());
}

/** The maximum number of mounted routers that a path may start with. */
const maxMounts = 20;

const leadsToRoute = memoizedPair(({ paths }: Routes, text: string): boolean => {
  if (paths.some((one) => one.startsWith(text))) return true;
  // `/admin/tools` of a router that is mounted at `/admin`.
  const mounts = new Set<string>();
  for (const one of paths) {
    if (text.startsWith(`${one}/`)) mounts.add(text.slice(one.length));
    if (mounts.size >= maxMounts) break;
  }
  return mounts.size > 0 && paths.some((one) => [...mounts].some((rest) => one.startsWith(rest)));
});

export function isRouter(linked: Linked, func: number, value: number): boolean {
  return hasTrait(linked.states(func, value), 'ignores-case-of-paths');
}
