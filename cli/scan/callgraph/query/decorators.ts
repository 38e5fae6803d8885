import { maxStackedDecorators } from '../../budgets/callgraph.ts';
import type { Call, Func } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import type { Linked } from '../linked.ts';

/** A call that returns a decorator, and the number of the function that contains the call. */
export interface Decorator {
  readonly func: number;
  readonly call: Call;
}

/**
 * The calls that return the decorators of a function: `app.get('/')` in `@app.get('/')`. Decorators without a call are not
 * included.
 */
export function decoratorsOf(linked: Linked, func: number): readonly Decorator[] {
  return allDecorators(linked).get(func) ?? [];
}

/**
 * For each wrapper, the functions that it replaces. A wrapper is a function that a decorator of the project returns. All
 * are given by their global numbers.
 */
export const decoratedIn: (linked: Linked) => ReadonlyMap<number, readonly number[]> = memoized((linked) => {
  const { program } = linked;
  const all = new Map<number, number[]>();
  program.instructions.each('call', (inst, { id, module, func: outer }, value) => {
    const decorated = inst.isDecorator ? decoratedBy(outer, inst) : undefined;
    if (decorated === undefined) return;
    const inner = (program.firstFunc[module] ?? 0) + decorated;
    const made = linked.functions(id, value);
    // A decorator that may return the function itself, or that is above the route, does not replace it.
    if (made.includes(inner) || isAboveRoute(outer, inst)) return;
    for (const wrapper of made) {
      const list = all.get(wrapper);
      if (list) list.push(inner);
      else all.set(wrapper, [inner]);
    }
  });
  return all;
});

/** Whether a route decorator below this one registers the function without it: `@checked` above `@app.get('/')`. */
function isAboveRoute({ code }: Func, { args }: Call): boolean {
  let inner = code[args[0] ?? -1];
  for (let depth = 0; depth < maxStackedDecorators && inner?.op === 'call' && inner.isDecorator; depth++) {
    const given = code[inner.callee];
    const callee = given?.op === 'call' ? code[given.callee] : undefined;
    if (callee?.op === 'member' && routes.test(callee.name)) return true;
    inner = code[inner.args[0] ?? -1];
  }
  return false;
}

const routes = /^(?:route|get|post|put|patch|delete|websocket|api_route)$/;

/**
 * The function that a decorator is applied to, directly or through decorators below it, by its number in the module.
 * Undefined if the decorator is applied to a class or an unknown value.
 */
export function decoratedBy({ code }: Func, { args }: Call): number | undefined {
  let decorated = code[args[0] ?? -1];
  for (
    let depth = 0;
    depth < maxStackedDecorators && decorated?.op === 'call' && decorated.isDecorator;
    depth++
  )
    decorated = code[decorated.args[0] ?? -1];
  return decorated?.op === 'func' ? decorated.func : undefined;
}

const allDecorators = memoized(({ program }: Linked): ReadonlyMap<number, readonly Decorator[]> => {
  const all = new Map<number, Decorator[]>();
  program.instructions.each('call', (inst, { id, module, func: outer }) => {
    if (!inst.isDecorator) return;
    const given = outer.code[inst.callee];
    const decorated = decoratedBy(outer, inst);
    if (given?.op !== 'call' || decorated === undefined) return;
    const inner = (program.firstFunc[module] ?? 0) + decorated;
    const list = all.get(inner);
    if (list) list.push({ func: id, call: given });
    else all.set(inner, [{ func: id, call: given }]);
  });
  return all;
});
