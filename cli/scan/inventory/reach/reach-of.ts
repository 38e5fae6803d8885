import type { Linked } from '../../callgraph/linked.ts';
import { instOf, type Place } from '../../callgraph/query/made-by.ts';
import type { Call } from '../../ir/ir.ts';
import { answerOnce } from '../answer-once.ts';
import { argsBefore, type RouteCall, routesOf } from '../route/route-calls.ts';
import { classRole } from './class-roles.ts';
import { dependencyRole, parameterRole } from './dependency-role.ts';
import { type AskedRole, mostOpen, roleAt, strictest } from './expression-role.ts';
import { routerRole } from './router-roles.ts';

const reach = answerOnce<AskedRole | undefined>();

/** A handler is passed to few calls. */
const maxRoutes = 20;
const maxOuter = 5;
const maxChain = 10;

/**
 * The role that a user needs to reach the code of a function with a request. It is read from the names of decorators,
 * middleware, dependencies and base classes. Undefined if no name suggests a role, so that anybody may reach the code.
 */
export function reachOf(linked: Linked, func: number): AskedRole | undefined {
  return reach(linked, String(func), () => {
    const found: (AskedRole | undefined)[] = [];
    for (let id = func, depth = 0; id >= 0 && depth < maxOuter; depth++) {
      const info = linked.program.functions[id];
      if (!info || info.func.outer < 0) break;
      found.push(handlerRole(linked, id));
      id = (linked.program.firstFunc[info.module] ?? 0) + info.func.outer;
    }
    return strictest(found);
  });
}

function handlerRole(linked: Linked, id: number): AskedRole | undefined {
  const routes = routesOf(linked, id).slice(0, maxRoutes);
  const roles = routes.map((route) => strictest([routeRole(linked, route, id), routerRole(linked, route)]));
  // A function that several calls register is reached by the most open of them. Decorators all apply.
  const isDecorated = routes.some(({ call }) => call.isDecorator);
  const registered = isDecorated ? strictest(roles) : mostOpen(roles);
  return strictest([registered, parameterRole(linked, id), classRole(linked, linked.classOf(id))]);
}

/** The role that a call asks for that registers or decorates a handler. */
function routeRole(linked: Linked, route: RouteCall, handler: number): AskedRole | undefined {
  const { place, call } = route;
  const at = (value: number): Place => ({ func: place.func, value });
  const callee = instOf(linked, at(call.callee));
  const maker = call.isDecorator && callee?.op === 'call' ? callee : call;
  const isOnObject = instOf(linked, at(maker.callee))?.op === 'member';
  if (call.isDecorator)
    return strictest([
      isRoute(linked, place, maker) ? undefined : roleAt(linked, at(call.callee)),
      callee?.op === 'call' ? dependencyRole(linked, at(call.callee)) : undefined,
    ]);
  return strictest([
    isOnObject ? chainRole(linked, at(call.callee)) : roleAt(linked, at(call.callee)),
    ...argsBefore(linked, route, handler)
      .filter((arg) => !linked.functions(place.func, arg).includes(handler))
      .map((arg) => roleAt(linked, at(arg))),
  ]);
}

const verbs =
  /^(?:get|post|put|patch|delete|head|options|all|route|api_route|websocket|use|Get|Post|Put|Patch|Delete|All|Controller)$/;

/** `@app.get('/admin')`, whose arguments are a path and options. */
function isRoute(linked: Linked, { func }: Place, { callee }: Call): boolean {
  const inst = instOf(linked, { func, value: callee });
  return (inst?.op === 'member' || inst?.op === 'import') && verbs.test(inst.name);
}

/** Builders of tRPC and next-safe-action, whose handlers run behind the builder's middleware. Other objects are named after their paths. */
const builders = /procedure$|actionclient$/i;

/** The role of the object that a chain of calls begins with: `adminProcedure.input(schema).mutation(handler)`. */
function chainRole(linked: Linked, from: Place): AskedRole | undefined {
  let at = from;
  for (let hop = 0; hop < maxChain; hop++) {
    const inst = instOf(linked, at);
    const next = inst?.op === 'call' ? inst.callee : inst?.op === 'member' ? inst.object : undefined;
    if (next === undefined) {
      const asked = roleAt(linked, at);
      return asked && builders.test(asked.name) ? asked : undefined;
    }
    at = { func: at.func, value: next };
  }
  return undefined;
}
