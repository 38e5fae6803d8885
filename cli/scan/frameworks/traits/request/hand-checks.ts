import type { Linked } from '../../../callgraph/linked.ts';
import { allKinds, type Kinds, noKinds } from '../../../dataflow/domain/kinds.ts';
import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import { blockOf } from '../../../ir/block-of.ts';
import type { Call, Func, Inst, ValueId } from '../../../ir/ir.ts';
import { memoized, memoizedPair } from '../../../ir/memoized.ts';
import { isBehind } from '../../../ir/query/control-flow.ts';
import { valueNumbersOf } from '../../../ir/query/value-numbers.ts';
import { hasTrait } from '../../../models/state-traits.ts';
import { kindsAdmittedBy } from '../../../semantics/pattern/pattern-kinds.ts';
import { routePart } from './continuation-proofs.ts';
import type { Route, RouteCall } from './route-schemas.ts';

/**
 * Returns the sink kinds that a field of the request is safe for on all routes, because handwritten middleware checks it
 * before the handler. The middleware is named in the route itself, or registered with `use` before the route.
 */
export function handCheckedKinds(
  frame: FunctionView,
  routes: readonly Route[],
  part: string,
  name: string,
): Kinds {
  const field = `${part === 'querystring' ? 'query' : part}.${name}`;
  let all = routes.length === 0 ? noKinds : allKinds;
  for (const route of routes) {
    let clean = part === 'params' ? ofPathPart(frame, route, name) : noKinds;
    for (const { functions, prefix } of before(frame.linked, route))
      if (part !== 'params' || prefix === undefined || prefix.includes(`:${name}`))
        clean = clean.union(provenBy(frame, functions, field));
    all = all.intersect(clean);
    if (all === noKinds) return noKinds;
  }
  return routes.length > 0 && isReachedOtherwise(frame.linked, frame.id) ? noKinds : all;
}

const reachedOtherwise = memoized((linked: Linked): ReadonlySet<number> => {
  const found = new Set<number>();
  linked.program.instructions.each('call', (call, { id, func }, value) => {
    for (const target of linked.targets(id, value)) found.add(target.func);
    if (func.code[call.callee]?.op === 'member') return;
    for (const arg of call.args) for (const one of linked.functions(id, arg)) found.add(one);
  });
  return found;
});

/**
 * Whether the program also calls a handler itself, or wraps it by a function that is no router method. Then the middleware
 * before it is unknown.
 */
function isReachedOtherwise(linked: Linked, handler: number): boolean {
  const all = reachedOtherwise(linked);
  return all.has(handler);
}

/** `router.get('/:id([0-9]+)', handler)`, and `router.param('id', (request, response, next, id) => ...)` */
function ofPathPart(frame: FunctionView, { func: id, call }: Route, name: string): Kinds {
  const func = frame.linked.program.functions[id]?.func;
  const at = func ? placeOf(func, call) : -1;
  const router = func && at >= 0 ? routerOf(func, at) : undefined;
  if (!func || router === undefined) return noKinds;
  let clean = admittedByPath(
    textOf(func, call.args[0]) ?? '',
    name,
    hasTrait(frame.handed, 'patterns-in-braces'),
  );
  for (const value of callsOf(func, 'param')) {
    const { args } = func.code[value] as Call;
    if (args[1] !== undefined && textOf(func, args[0]) === name && routerOf(func, value) === router)
      clean = clean.union(provenBy(frame, frame.linked.functions(id, args[1]), routePart));
  }
  return clean;
}

/** No real path is longer. */
const maxPath = 500;
const pathPart = /:(\w+)\(([^()?][^()]{0,60})\)/g;
/** Hono's `:id{[0-9]{4}}` */
const honoPart = /:(\w+)\{((?:[^{}]|\{[\d,]{1,9}\}){1,60})\}/g;

function admittedByPath(path: string, name: string, inBraces: boolean): Kinds {
  if (path.length > maxPath) return noKinds;
  for (const [, part, source = ''] of path.matchAll(inBraces ? honoPart : pathPart))
    if (part === name) return kindsAdmittedBy(source, '', 'fullmatch');
  return noKinds;
}

/** The kinds that each possible middleware function proves for a field. */
function provenBy({ engine }: FunctionView, functions: readonly number[], field: string): Kinds {
  return functions.reduce(
    (clean, func) => clean.intersect(engine.proofs(func)?.going.get(field) ?? noKinds),
    functions.length === 0 ? noKinds : allKinds,
  );
}

/** The possible functions of a middleware, and its path prefix. It sees only the path parameters of that prefix. */
interface Before {
  readonly functions: readonly number[];
  readonly prefix?: string;
}

/** The middleware that runs before the handler of a route. */
const before = memoizedPair((linked: Linked, route: Route): readonly Before[] => {
  const named = namedBefore(linked, route.func, route.call.args, route.handler);
  return [...used(linked, route), ...named.map((functions) => ({ functions }))];
});

/** Only generated routes name more. */
const maxBefore = 100;

/** `router.get('/', check, handler)`, `router.get('/', [check, other], handler)` */
function namedBefore(
  linked: Linked,
  func: number,
  args: readonly ValueId[],
  handler: number | undefined,
): readonly (readonly number[])[] {
  const { code } = linked.program.functions[func]?.func ?? { code: [] };
  const all: (readonly number[])[] = [];
  for (const arg of args) {
    for (const value of listed(code, arg)) {
      const functions = linked.functions(func, value);
      if ((handler !== undefined && functions.includes(handler)) || all.length >= maxBefore) return all;
      all.push(functions);
    }
  }
  return all;
}

/** The items of a list, or the hooks in Fastify's route options: `{ preHandler: [check] }`. */
function listed(code: readonly Inst[], value: ValueId): readonly ValueId[] {
  const inst = code[value];
  if (inst?.op === 'list') return inst.items;
  if (inst?.op !== 'object') return [value];
  return inst.keys.flatMap((key, i) => {
    const hook = typeof key === 'string' && hooks.test(key) ? inst.values[i] : undefined;
    const list = code[hook ?? -1];
    return hook === undefined ? [] : list?.op === 'list' ? list.items : [hook];
  });
}

/** Fastify's hooks that run once the body is parsed. */
const hooks = /^(?:preValidation|preHandler)$/;

/**
 * `router.use(check)`, `router.use('/admin', check)` and Fastify's `server.addHook('preHandler', check)`, if the call dominates
 * the route's registration.
 */
function used(linked: Linked, { func: id, call, handler }: Route): readonly Before[] {
  const func = linked.program.functions[id]?.func;
  const at = func ? placeOf(func, call) : -1;
  const router = func && at >= 0 ? routerOf(func, at) : undefined;
  if (!func || router === undefined) return [];
  const path = textOf(func, call.args[0]);
  const leads = (value: ValueId): boolean =>
    value < at && routerOf(func, value) === router && isBehind(func, blockOf(func, at), blockOf(func, value));
  const isExact = hasTrait(linked.handedTo(handler), 'matches-whole-paths');
  const all: Before[] = [];
  for (const value of callsOf(func, 'use')) {
    const use = func.code[value] as Call;
    if (!leads(value)) continue;
    const [first] = use.args;
    const prefix = textOf(func, first);
    const isForAll = prefix === undefined && first !== undefined && linked.functions(id, first).length > 0;
    if (isForAll || (prefix !== undefined && path !== undefined && isBelow(path, prefix, isExact)))
      for (const functions of namedBefore(linked, id, isForAll ? use.args : use.args.slice(1), undefined))
        all.push({ functions, prefix: prefix ?? '' });
  }
  for (const value of callsOf(func, 'addHook')) {
    const [hook, check] = (func.code[value] as Call).args;
    if (check !== undefined && hooks.test(textOf(func, hook) ?? '') && leads(value))
      all.push({ functions: linked.functions(id, check) });
  }
  return all;
}

/**
 * Whether every URL that a path matches is below a prefix. Pattern characters may match anything, so they are accepted only at
 * the end.
 */
function isBelow(path: string, prefix: string, isExact: boolean): boolean {
  if (prefix === path || prefix === '*' || prefix === '/*') return true;
  const plain = prefix.replace(/\/\*?$/, '');
  if (prefix.endsWith('/*')) return /^[\w/.-]*$/.test(plain) && path.startsWith(`${plain}/`);
  // Hono matches whole paths.
  return !isExact && /^[\w/.-]*$/.test(prefix) && (path === plain || path.startsWith(`${plain}/`));
}

/** The position of a route's call; -1 for a route that is an object. */
function placeOf({ code }: Func, call: RouteCall): number {
  const all: readonly unknown[] = code;
  return all.indexOf(call);
}

/** The value number of the object that a method is called on. */
function routerOf(func: Func, value: ValueId): number | undefined {
  const call = func.code[value];
  const callee = call?.op === 'call' ? func.code[call.callee] : undefined;
  return callee?.op === 'member' ? valueNumbersOf(func)[callee.object] : undefined;
}

function textOf(func: Func, value: ValueId | undefined): string | undefined {
  const inst = func.code[value ?? -1];
  return inst?.op === 'const' && typeof inst.value === 'string' ? inst.value : undefined;
}

const callsByMethod = memoized((func: Func): ReadonlyMap<string, readonly ValueId[]> => {
  const all = new Map<string, ValueId[]>([
    ['use', []],
    ['param', []],
    ['addHook', []],
  ]);
  func.code.forEach((inst, value) => {
    const callee = inst.op === 'call' ? func.code[inst.callee] : undefined;
    const some = callee?.op === 'member' ? all.get(callee.name) : undefined;
    if (some && some.length < maxCalls) some.push(value);
  });
  return all;
});
/** Only generated code calls these methods more often. */
const maxCalls = 60;

/** The calls of a method, on any object. */
function callsOf(func: Func, method: 'use' | 'param' | 'addHook'): readonly ValueId[] {
  const found = callsByMethod(func);
  return found.get(method) ?? [];
}
