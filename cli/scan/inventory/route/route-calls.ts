import type { Linked } from '../../callgraph/linked.ts';
import { instOf, type Place } from '../../callgraph/query/made-by.ts';
import type { Call, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';

/** A call that receives a function, and may register it as the handler of a path. */
export interface RouteCall {
  readonly place: Place;
  readonly call: Call;
  readonly path: string | undefined;
}

/**
 * The calls that may register a function as a handler: all calls that receive it, as `logIn` or as `wrap(logIn)`.
 * `waysTo` selects the likely ones.
 */
export function routesOf(linked: Linked, id: number): readonly RouteCall[] {
  return routeCalls(linked).get(id) ?? [];
}

const routeCalls = memoized((linked: Linked): ReadonlyMap<number, readonly RouteCall[]> => {
  const found = new Map<number, RouteCall[]>();
  linked.program.instructions.each('call', (call, { id: func, func: { code } }, value) => {
    // The path of a decorator is in the call that makes it.
    const maker = call.isDecorator ? code[call.callee] : call;
    const path = maker?.op === 'call' ? instOf(linked, { func, value: maker.args[0] ?? -1 }) : undefined;
    const text = path?.op === 'const' && typeof path.value === 'string' ? path.value : undefined;
    for (const arg of call.args) {
      const inner = code[arg];
      // `app.post('/login', wrap(logIn))`
      const wrapped = inner?.op === 'call' ? inner.args : [];
      for (const one of new Set([arg, ...wrapped].flatMap((each) => linked.functions(func, each)))) {
        const route: RouteCall = { place: { func, value }, call, path: text };
        const routes = found.get(one);
        if (routes) routes.push(route);
        else found.set(one, [route]);
      }
    }
  });
  return found;
});

/**
 * The arguments that precede a route's handler, such as its middleware: `app.post('/login', limit, logIn)` -> `'/login'`,
 * `limit`. Returns all arguments if no argument is the handler itself, such as for `wrap(logIn)` or a decorator.
 */
export function argsBefore(linked: Linked, { call, place }: RouteCall, handler: number): readonly ValueId[] {
  const index = call.isDecorator
    ? -1
    : call.args.findIndex((arg) => linked.functions(place.func, arg).includes(handler));
  return index < 0 ? call.args : call.args.slice(0, index);
}

/**
 * Selects the calls that probably register a handler, from the calls that receive it. `wrap(logIn)` receives `logIn`,
 * but does not register it. Returns all calls if none is likely.
 */
export function waysTo(linked: Linked, routes: readonly RouteCall[]): readonly RouteCall[] {
  const found = routes.filter(({ path, call, place }) => {
    const callee = linked.program.functions[place.func]?.func.code[call.callee];
    return path !== undefined || call.isDecorator || callee?.op === 'member';
  });
  return found.length > 0 ? found : routes;
}
