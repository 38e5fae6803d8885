import type { Inst } from '../ir/ir.ts';
import type { Linked } from '../link/linked.ts';
import { nameOfCallee } from '../rule/refusal.ts';
import { isLimitingWrapper, isOwnLimiter } from './own-limiters.ts';
import type { RouteCall } from './route-calls.ts';

const maxSeen = 100;

/**
 * Whether a limiter of the project stands at a route of a handler: `app.post('/login', few, logIn)`, `[Depends(few)]` in its decorator, or
 * as the default of a parameter.
 */
export function hasOwnLimiter(linked: Linked, { call, place }: RouteCall, handler: number): boolean {
  const code = linked.program.functions[place.func]?.func.code ?? [];
  const maker = call.isDecorator ? code[call.callee] : undefined;
  const given = [...call.args, ...(maker?.op === 'call' ? maker.args : [])];
  return (
    given.some((arg) => isLimiter(linked, place.func, arg, handler, new Set())) ||
    dependsOnLimiter(linked, handler)
  );
}

function isLimiter(linked: Linked, func: number, value: number, handler: number, seen: Set<number>): boolean {
  const inst = linked.program.functions[func]?.func.code[value];
  // A list can be in others many times.
  if (seen.has(value) || seen.size >= maxSeen) return false;
  seen.add(value);
  const further = (one: number): boolean => isLimiter(linked, func, one, handler, seen);
  if (inst?.op === 'list') return inst.items.some(further);
  if (inst?.op === 'call' && isDepends(linked, func, inst)) return inst.args.some(further);
  return linked.functions(func, value).some((one) => one !== handler && isOwnLimiter(linked, one));
}

function isDepends(linked: Linked, func: number, inst: Inst & { readonly op: 'call' }): boolean {
  return /^(Depends|Security)$/.test(nameOfCallee(linked.program.functions[func]?.func.code[inst.callee]));
}

function dependsOnLimiter(linked: Linked, id: number): boolean {
  return (
    linked.program.functions[id]?.func.code.some(
      (inst) =>
        inst.op === 'call' &&
        isDepends(linked, id, inst) &&
        inst.args.some((arg) => isLimiter(linked, id, arg, id, new Set())),
    ) ?? false
  );
}

const routes = /^(route|get|post|put|patch|delete|api_route|websocket)$/;

/** A decorator above that of the route comes too late: the route has the function as it was. */
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

const wrapped = new WeakMap<Linked, ReadonlySet<number>>();

/** Whether a decorator of the project stands at a function that refuses whoever comes too often. */
export function isWrapped(linked: Linked, id: number): boolean {
  let all = wrapped.get(linked);
  if (!all) {
    const found = new Set<number>();
    linked.program.instructions.each('call', (call, { id: func }, value) => {
      const targets = call.isDecorator ? linked.targets(func, value) : [];
      if (targets.length === 0 || !targets.every((one) => isLimitingWrapper(linked, one.func))) return;
      const arg = call.args[0] ?? -1;
      if (isRegistered(linked, func, arg)) return;
      for (const one of linked.functions(func, arg)) found.add(one);
    });
    all = found;
    wrapped.set(linked, all);
  }
  return all.has(id);
}
