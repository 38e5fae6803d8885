import type { Linked } from '../../callgraph/linked.ts';
import { instOf, type Place } from '../../callgraph/query/made-by.ts';
import type { Call } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { isAlwaysDone, isRegisteredBefore } from '../route/registered-before.ts';
import type { RouteCall } from '../route/route-calls.ts';
import { mountsOfRouter, standingOf } from '../route/route-prefixes.ts';
import { dependencyRole } from './dependency-role.ts';
import { type AskedRole, roleAt, strictest } from './expression-role.ts';

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
    const asked = strictest(call.args.map((arg) => roleAt(linked, { func: id, value: arg })));
    const place = { func: id, value };
    if (!asked || !isForAllPaths(linked, id, call) || !isAlwaysDone(linked, place)) return;
    const root = standingOf(linked, { func: id, value: callee.object })?.root;
    if (root !== undefined) all.set(root, [...(all.get(root) ?? []), { place, asked }]);
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
 * The role that the router of a route asks for: middleware before the route, the call that makes the router, or the calls that mount
 * it.
 */
export function routerRole(linked: Linked, route: RouteCall): AskedRole | undefined {
  const { func } = route.place;
  const code = linked.program.functions[func]?.func.code ?? [];
  const maker = route.call.isDecorator ? code[route.call.callee] : route.call;
  const callee = maker?.op === 'call' ? code[maker.callee] : undefined;
  if (callee?.op !== 'member') return undefined;
  const router = { func, value: callee.object };
  const standing = standingOf(linked, router);
  if (!standing) return undefined;
  const [rootFunc = -1, rootValue = -1] = standing.root.split(' ').map(Number);
  return strictest([
    dependencyRole(linked, { func: rootFunc, value: rootValue }),
    ...mountsOfRouter(linked, router).map((mount) => mountRole(linked, mount)),
    ...[...standing.above].flatMap((root) =>
      (checks(linked).get(root) ?? []).map(({ place, asked }) =>
        isRegisteredBefore(linked, place, route) ? asked : undefined,
      ),
    ),
  ]);
}

/** `app.use('/users', requireAdmin, users)`: the arguments between the path and the router. */
function mountRole(linked: Linked, mount: Place): AskedRole | undefined {
  const inst = instOf(linked, mount);
  if (inst?.op !== 'call') return undefined;
  return strictest(inst.args.slice(0, -1).map((value) => roleAt(linked, { func: mount.func, value })));
}
