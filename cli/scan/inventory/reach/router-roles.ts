import type { Linked } from '../../callgraph/linked.ts';
import { instOf, type Place } from '../../callgraph/query/made-by.ts';
import type { Call } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { isAlwaysDone, isRegisteredBefore } from '../route/registered-before.ts';
import type { RouteCall } from '../route/route-calls.ts';
import { mountsOfRouter, rootOf } from '../route/route-prefixes.ts';
import { dependencyRole } from './dependency-role.ts';
import { type AskedRole, mostOpen, roleAt, strictest } from './expression-role.ts';

/** Routers are mounted in few others. */
const maxRouters = 20;
/** Few checks apply to one router. */
const maxChecks = 20;

interface RouterCheck {
  readonly place: Place;
  readonly asked: AskedRole;
}

/** Middleware that asks for a role on all paths of a router, by the router that it is registered on. */
const checks = memoized((linked: Linked): ReadonlyMap<string, readonly RouterCheck[]> => {
  const all = new Map<string, RouterCheck[]>();
  linked.program.instructions.each('call', (call, { id, func: { code } }, value) => {
    const callee = code[call.callee];
    if (callee?.op !== 'member' || !/^(?:use|before_request|addHook)$/.test(callee.name)) return;
    const asked = strictest(
      call.args.slice(0, maxChecks).map((arg) => roleAt(linked, { func: id, value: arg })),
    );
    const place = { func: id, value };
    if (!asked || !isForAllPaths(linked, id, call) || !isAlwaysDone(linked, place)) return;
    const root = rootOf(linked, { func: id, value: callee.object })?.root;
    const known = root === undefined ? [] : (all.get(root) ?? []);
    if (root === undefined || known.length >= maxChecks) return;
    known.push({ place, asked });
    all.set(root, known);
  });
  return all;
});

/** `app.use('/admin', requireAdmin)` is for one path only. */
function isForAllPaths(linked: Linked, func: number, { args }: Call): boolean {
  const first = instOf(linked, { func, value: args[0] ?? -1 });
  return (
    first?.op !== 'const' ||
    typeof first.value !== 'string' ||
    /^(?:\/|\*|preHandler|onRequest)$/.test(first.value)
  );
}

/**
 * The role that the router of a route requires of a user: by middleware before the route, by the call that makes the
 * router, or by the calls that mount it. Undefined if they require none.
 */
export function routerRole(linked: Linked, route: RouteCall): AskedRole | undefined {
  const { func } = route.place;
  const code = linked.program.functions[func]?.func.code ?? [];
  const maker = route.call.isDecorator ? code[route.call.callee] : route.call;
  const callee = maker?.op === 'call' ? code[maker.callee] : undefined;
  if (callee?.op !== 'member') return undefined;
  const router = rootOf(linked, { func, value: callee.object })?.root;
  if (router === undefined) return undefined;
  return strictest([
    dependencyRole(linked, placeOfRoot(router)),
    ...routersAbove(linked, router).flatMap((root) => [
      mountsRole(linked, mountsOfRouter(linked, placeOfRoot(root))),
      ...(checks(linked).get(root) ?? []).map(({ place, asked }) =>
        isRegisteredBefore(linked, place, route) ? asked : undefined,
      ),
    ]),
  ]);
}

/** A router and the routers that it is mounted in, directly or indirectly. */
function routersAbove(linked: Linked, router: string): readonly string[] {
  const found = new Set([router]);
  for (const root of found) {
    if (found.size > maxRouters) break;
    for (const mount of mountsOfRouter(linked, placeOfRoot(root))) {
      const inst = instOf(linked, mount);
      const callee =
        inst?.op === 'call' ? instOf(linked, { func: mount.func, value: inst.callee }) : undefined;
      const outer =
        callee?.op === 'member' ? rootOf(linked, { func: mount.func, value: callee.object }) : undefined;
      if (outer) found.add(outer.root);
    }
  }
  return [...found];
}

/** The call that makes a router, from the key that `rootOf` gives it. */
function placeOfRoot(root: string): Place {
  const [func = -1, value = -1] = root.split(' ').map(Number);
  return { func, value };
}

/** The role that all mounts of a router ask for. */
function mountsRole(linked: Linked, mounts: readonly Place[]): AskedRole | undefined {
  return mostOpen(mounts.map((mount) => mountRole(linked, mount)));
}

/** `app.use('/users', requireAdmin, users)`: the arguments between the path and the router. */
function mountRole(linked: Linked, mount: Place): AskedRole | undefined {
  const inst = instOf(linked, mount);
  if (inst?.op !== 'call') return undefined;
  return strictest(inst.args.slice(0, -1).map((value) => roleAt(linked, { func: mount.func, value })));
}
