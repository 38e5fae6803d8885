import type { Linked } from '../../../callgraph/linked.ts';
import { instAt, origin, type Place } from '../../../callgraph/query/called-on.ts';
import { allKinds, type Kinds, kinds, noKinds } from '../../../dataflow/domain/kinds.ts';
import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import type { Call, Inst, ValueId } from '../../../ir/ir.ts';
import { memoized, memoizedPair } from '../../../ir/memoized.ts';
import { hasTrait } from '../../../models/state-traits.ts';
import { kindsOfTypeBox } from '../../../schemas/typebox-schemas.ts';
import { entry, kindsOfJson, kindsOfZod } from '../../../schemas/written-schemas.ts';
import { graphqlKinds } from '../component/graphql-arguments.ts';
import { handCheckedKinds } from './hand-checks.ts';
import { kindsOfHono } from './hono-validators.ts';
import { kindsOfMiddleware, losesOperators } from './route-validators.ts';
import { kindsOfRouteObject, routeObjects } from './validation-middleware.ts';

/**
 * Returns the sink kinds that a field is safe for, because its route declares a schema or validator, such as Fastify's `{
 * schema: { querystring } }`, express-validator's chains, Hono's `zValidator('query', schema)` or tRPC's
 * `procedure.input(schema).query(...)`.
 */
export function routeKinds(frame: FunctionView, object: ValueId, name: string): Kinds {
  const part = partOf(frame, object);
  if (part === undefined) return graphqlKinds(frame, unchanged(frame.func.code, object), name);
  const routes = handedAt(frame.linked, frame.id);
  return partKinds(frame.linked, part)
    .union(admittedAt(frame.linked, routes, part, name))
    .union(handCheckedKinds(frame, routes, part, name));
}

/**
 * Returns the sink kinds that all fields of a part of the request are safe for on every route: `nosql` if the project
 * removes MongoDB operators from all requests.
 */
export function partKinds(linked: Linked, part: string): Kinds {
  return part !== 'headers' && losesOperators(linked) ? kinds('nosql') : noKinds;
}

/** Returns the sink kinds that a field is safe for on all given routes. */
export function admittedAt(linked: Linked, routes: readonly Route[], part: string, name: string): Kinds {
  return routes.length === 0
    ? noKinds
    : routes.reduce((clean, route) => clean.intersect(admittedBy(linked, route, part, name)), allKinds);
}

/**
 * Returns the sink kinds that a whole part of the request is safe for, as in `context.req.valid('json')`. On every route of
 * the handler, a validator of Hono must check all fields of that part so that none can harm such a sink.
 * @param part Hono's name of the part, such as `json`
 */
export function validKinds({ linked, id }: FunctionView, part: string): Kinds {
  const routes = handedAt(linked, id);
  return routes.reduce<Kinds>(
    (all, { func, call }) =>
      all.intersect(
        call.args.reduce<Kinds>(
          (clean, value) =>
            clean.union(kindsOfHono(linked, origin(linked, { func, value }), part, undefined)),
          noKinds,
        ),
      ),
    routes.length === 0 ? noKinds : allKinds,
  );
}

/** Handlers with more routes are treated as unrestricted. */
const maxRoutes = 40;

export interface Route {
  readonly func: number;
  readonly call: RouteCall;
  readonly handler: number;
}

/**
 * The call that registers a handler. If an object declares the route, such as hapi's `{ handler, options }`, there is no
 * call: `args` then holds this object, and `callee` is missing.
 */
export type RouteCall = Pick<Call, 'args'> & { readonly callee?: ValueId };

const parts: ReadonlyMap<string, string> = new Map([
  ['query', 'querystring'],
  ['params', 'params'],
  ['body', 'body'],
  ['headers', 'headers'],
  ['input', 'input'],
]);

/** The prefix of the name of a part that Hono's middleware validated, which differs from the raw part. */
const validPart = 'valid ';

/**
 * Returns the name of the part of a request that a value holds, such as `request.query`, `context.req.valid('query')`, `{
 * input }`, or a member that a middleware adds. Undefined if it holds none.
 */
export function partOf({ func }: FunctionView, value: ValueId): string | undefined {
  const inst = unchanged(func.code, value);
  if (inst?.op === 'member')
    return isFirst(func.code, inst.object) ? (parts.get(inst.name) ?? inst.name) : undefined;
  if (inst?.op !== 'call') return undefined;
  const callee = func.code[inst.callee];
  const part = func.code[inst.args[0] ?? -1];
  return callee?.op === 'member' && callee.name === 'valid' && part?.op === 'const'
    ? `${validPart}${String(part.value)}`
    : undefined;
}

function isFirst(code: readonly Inst[], value: ValueId): boolean {
  const inst = unchanged(code, value);
  return inst?.op === 'param' && inst.index === 0;
}

/** The instruction behind effects, casts, awaits and stores of a value. */
function unchanged(code: readonly Inst[], value: ValueId): Inst | undefined {
  let inst = code[value];
  for (let hop = 0; hop < 60; hop++) {
    if (inst?.op === 'store') inst = code[inst.object];
    else if (inst?.op === 'effect' || inst?.op === 'await' || inst?.op === 'typed') inst = code[inst.value];
    else break;
  }
  return inst;
}

/** The routes that register a function as a handler; empty if there are too many. */
export const handedAt: (linked: Linked, func: number) => readonly Route[] = memoizedPair((linked, func) =>
  findRoutes(linked, func),
);

function findRoutes(linked: Linked, func: number): readonly Route[] {
  const objects = routeObjects(linked, func).map((route) => ({
    func: route.func,
    call: { args: [route.value] },
    handler: func,
  }));
  const routes = [...(routesOf(linked).get(func) ?? []), ...objects];
  return routes.length > maxRoutes ? [] : routes;
}

/** The calls that pass a function as a handler. */
const routesOf = memoized((linked: Linked): ReadonlyMap<number, readonly Route[]> => {
  const routes = new Map<number, Route[]>();
  linked.program.instructions.each('call', (call, { id, func }) => {
    if (func.code[call.callee]?.op !== 'member') return;
    for (const arg of call.args) {
      for (const handler of linked.functions(id, arg)) {
        const all = routes.get(handler);
        if (all) all.push({ func: id, call, handler });
        else routes.set(handler, [{ func: id, call, handler }]);
      }
    }
  });
  return routes;
});

function admittedBy(linked: Linked, { func, call, handler }: Route, part: string, name: string): Kinds {
  if (part === 'input')
    return call.callee === undefined ? noKinds : ofProcedure(linked, { func, value: call.callee }, name);
  for (const arg of call.args) {
    const place = origin(linked, { func, value: arg });
    const inst = instAt(linked, place);
    if (inst?.op === 'call' && part.startsWith(validPart)) {
      const clean = kindsOfHono(linked, place, part.slice(validPart.length), name);
      if (clean !== noKinds) return clean;
    } else if (
      inst?.op === 'object' &&
      (call.callee === undefined || hasTrait(linked.states(func, call.callee), 'schemas-in-options'))
    ) {
      // With `attachValidation` the handler runs on invalid input too, and gets the error.
      if (inst.keys.includes('attachValidation')) return noKinds;
      const schema = entry(linked, place, 'schema');
      const own =
        schema && (entry(linked, schema, part) ?? (part === 'querystring' && entry(linked, schema, 'query')));
      if (own) return kindsOfJson(linked, own, name).union(kindsOfTypeBox(linked, own, name));
      if (call.callee === undefined) return kindsOfRouteObject(linked, place, part, name);
    }
  }
  return kindsOfMiddleware(linked, func, call, part, name, handler);
}

/** The schema of the last `input` call before `procedure.input(schema).query`. */
function ofProcedure(linked: Linked, callee: Place, name: string): Kinds {
  let place = callee;
  for (let depth = 0; depth < 8; depth++) {
    const member = instAt(linked, place);
    if (member?.op !== 'member') return noKinds;
    place = origin(linked, { func: place.func, value: member.object });
    const call = instAt(linked, place);
    const method = call?.op === 'call' ? instAt(linked, { func: place.func, value: call.callee }) : undefined;
    if (call?.op !== 'call' || method?.op !== 'member') return noKinds;
    if (method.name === 'input' && call.args[0] !== undefined)
      return kindsOfZod(linked, { func: place.func, value: call.args[0] }, name);
    place = { func: place.func, value: call.callee };
  }
  return noKinds;
}
