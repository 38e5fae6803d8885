import type { Linked } from '../../callgraph/linked.ts';
import type { FuncInfo } from '../../callgraph/program.ts';
import { cellStores, instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import { nameOfCallee } from '../../callgraph/query/refusal.ts';
import { annotatedParts } from '../../ir/annotated.ts';
import type { Call, Inst, TypeName } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { argsBefore, type RouteCall } from '../route/route-calls.ts';
import { isLimitingWrapper, isOwnLimiter } from './own-limiters.ts';

const maxSeen = 100;

/**
 * Whether a limiter of the project guards a handler's route. It may be an argument of the route (`app.post('/login', limit,
 * logIn)`), a dependency of the route or its router (`[Depends(limit)]`), or the default or type of a handler's parameter.
 */
export function hasOwnLimiter(linked: Linked, route: RouteCall, handler: number): boolean {
  const { call, place } = route;
  const code = linked.program.functions[place.func]?.func.code ?? [];
  const maker = call.isDecorator ? code[call.callee] : undefined;
  const given = [...argsBefore(linked, route, handler), ...(maker?.op === 'call' ? maker.args : [])];
  const search: Search = { linked, handler, seen: new Set() };
  return (
    given.some((value) => isLimiter(search, { func: place.func, value })) ||
    ofRouter(search, place.func, maker?.op === 'call' ? maker : call) ||
    dependsOnLimiter(search, handler)
  );
}

interface Search {
  readonly linked: Linked;
  readonly handler: number;
  /** A list may occur in others many times. */
  readonly seen: Set<string>;
}

function isLimiter(search: Search, place: Place): boolean {
  const { linked, handler, seen } = search;
  const key = `${place.func} ${place.value}`;
  if (seen.has(key) || seen.size >= maxSeen) return false;
  seen.add(key);
  const inst = instOf(linked, place);
  const further = (value: number): boolean => isLimiter(search, { func: place.func, value });
  if (inst?.op === 'list') return inst.items.some(further);
  if (inst?.op === 'object')
    return inst.keys.some((key, i) => hooks.test(String(key)) && further(inst.values[i] ?? -1));
  if (inst?.op === 'call' && isDepends(linked, place.func, inst))
    return inst.args.some((arg) => further(arg) || isBehindLimiter(search, place.func, arg));
  return linked
    .functions(place.func, place.value)
    .some((one) => one !== handler && isOwnLimiter(linked, one));
}

/** Fastify's hooks that run before a handler. */
const hooks = /^(onRequest|preParsing|preValidation|preHandler)$/;

/** A dependency may have dependencies itself. */
function isBehindLimiter(search: Search, func: number, value: number): boolean {
  const functions = search.linked.functions(func, value);
  return functions.length > 0 && functions.every((one) => dependsOnLimiter(search, one));
}

/** `APIRouter(dependencies=[Depends(few)])` */
function ofRouter(search: Search, func: number, { callee }: Call): boolean {
  const { linked } = search;
  const member = linked.program.functions[func]?.func.code[callee];
  const router = member?.op === 'member' ? madeBy(linked, { func, value: member.object }) : undefined;
  const made = router && instOf(linked, router);
  const at = made?.op === 'call' ? (made.names?.indexOf('dependencies') ?? -1) : -1;
  const value = made?.op === 'call' ? made.args[at] : undefined;
  return router !== undefined && value !== undefined && isLimiter(search, { func: router.func, value });
}

function isDepends(linked: Linked, func: number, inst: Inst & { readonly op: 'call' }): boolean {
  return /^(Depends|Security)$/.test(nameOfCallee(linked.program.functions[func]?.func.code[inst.callee]));
}

function dependsOnLimiter(search: Search, id: number): boolean {
  const { linked } = search;
  const info = linked.program.functions[id];
  const isLimiting = (inst: Inst, value: number): boolean =>
    inst.op === 'call' && isDepends(linked, id, inst) && isLimiter(search, { func: id, value });
  return (
    info !== undefined &&
    (info.func.code.some(isLimiting) || info.func.params.some(({ type }) => isOfType(search, info, type)))
  );
}

/** `Few = Annotated[None, Depends(few)]`, and a parameter of that type. */
function isOfType(search: Search, { module }: FuncInfo, type: TypeName | undefined): boolean {
  const { linked } = search;
  const place = typeIn(linked, module, type);
  const made = place && madeBy(linked, place);
  const inst = made && instOf(linked, made);
  const func = linked.program.functions[made?.func ?? -1]?.func;
  if (!made || !func || inst?.op !== 'index') return false;
  const parts = annotatedParts(func, inst) ?? [];
  return parts.slice(1).some((value) => isLimiter(search, { func: made.func, value }));
}

/** The value of a variable that a type names, if it is assigned in one place. */
function typeIn(linked: Linked, module: number, type: TypeName | undefined): Place | undefined {
  if (!type || !('cell' in type || 'import' in type)) return undefined;
  const [name = '', more] = 'import' in type ? type.path : [];
  const cell =
    'cell' in type
      ? (linked.program.firstCell[module] ?? 0) + type.cell
      : more === undefined
        ? linked.cellOfImport(module, type.import, name)
        : undefined;
  const stores = cell === undefined ? undefined : cellStores(linked).get(cell);
  return stores?.length === 1 ? stores[0] : undefined;
}

const routes = /^(route|get|post|put|patch|delete|api_route|websocket)$/;

/** A decorator above the route's comes too late: the route has registered the undecorated function. */
function isRegistered(linked: Linked, func: number, value: number): boolean {
  const code = linked.program.functions[func]?.func.code ?? [];
  let inst = code[value];
  for (let hop = 0; hop < maxDecorators && inst?.op === 'call'; hop++) {
    const maker = code[inst.callee];
    if (maker?.op === 'call' && routes.test(nameOfCallee(code[maker.callee]))) return true;
    inst = code[inst.args[0] ?? -1];
  }
  return inst?.op === 'call';
}

const maxDecorators = 10;

/** Whether a function has a decorator of the project that limits calls. */
export function isWrapped(linked: Linked, id: number): boolean {
  return wrapped(linked).has(id);
}

const wrapped = memoized((linked: Linked): ReadonlySet<number> => {
  const found = new Set<number>();
  linked.program.instructions.each('call', (call, { id: func }, value) => {
    const targets = call.isDecorator ? linked.targets(func, value) : [];
    if (targets.length === 0 || !targets.every((one) => isLimitingWrapper(linked, one.func))) return;
    const arg = call.args[0] ?? -1;
    if (isRegistered(linked, func, arg)) return;
    for (const one of linked.functions(func, arg)) found.add(one);
  });
  return found;
});
