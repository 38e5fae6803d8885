import type { Linked } from '../../callgraph/linked.ts';
import type { FuncInfo } from '../../callgraph/program.ts';
import type { Inst } from '../../ir/ir.ts';

/** The orders in which the fixed point analyses functions. Each number is the number of a function. */
export function analysisOrder(linked: Linked): {
  /** The function with the top-level code of each module, after those of the modules that it imports. */
  readonly modules: readonly number[];
  /** All functions, callees before callers. */
  readonly bottomUp: readonly number[];
  /** By function: the functions that it may call, pass on or create. */
  readonly callees: readonly (readonly number[])[];
} {
  const { program } = linked;
  const callees = program.functions.map((info) => calleesOf(linked, info));
  const modules = program.firstFunc.filter((_, index) => (program.modules[index]?.functions.length ?? 0) > 0);
  return {
    modules: importOrder(linked, modules),
    bottomUp: postorder(callees),
    callees,
  };
}

/** The functions that a function may call, pass on or create, in the order of its code. */
function calleesOf(linked: Linked, { id, module, func }: FuncInfo): readonly number[] {
  const { program } = linked;
  const first = program.firstFunc[module] as number;
  const all: number[] = [...linked.returnedTo(id)];
  for (let value = 0; value < func.code.length; value++) {
    const inst = func.code[value] as Inst;
    switch (inst.op) {
      case 'call':
        for (const target of linked.targets(id, value)) all.push(target.func);
        for (const arg of inst.args) for (const passed of linked.functions(id, arg)) all.push(passed);
        break;
      case 'member':
      case 'store':
        for (const target of linked.targets(id, value)) all.push(target.func);
        break;
      case 'func':
        all.push(first + inst.func);
        break;
      case 'class': {
        const made = program.modules[module]?.classes[inst.class];
        for (const method of made?.methods ?? []) all.push(first + method.func);
        if (made && made.init >= 0) all.push(first + made.init);
      }
    }
  }
  return all;
}

function importOrder(linked: Linked, modules: readonly number[]): number[] {
  const { program } = linked;
  const places = new Map(modules.map((root, place) => [root, place]));
  const needs = modules.map((root) => {
    const all: number[] = [];
    const info = program.functions[root];
    for (const inst of info?.func.code ?? []) {
      if (!info || inst.op !== 'import') continue;
      const module = linked.moduleOf(info.module, inst.specifier);
      const place = module === undefined ? undefined : places.get(program.firstFunc[module] as number);
      if (place !== undefined) all.push(place);
    }
    return all;
  });
  return postorder(needs).map((place) => modules[place] as number);
}

/** Depth-first postorder of a graph. Without recursion, since a chain of calls in the scanned program may have any length. */
function postorder(next: readonly (readonly number[])[]): number[] {
  const seen = new Uint8Array(next.length);
  const at = new Uint32Array(next.length);
  const order: number[] = [];
  const stack: number[] = [];
  for (let root = 0; root < next.length; root++) {
    if (seen[root]) continue;
    seen[root] = 1;
    stack.push(root);
    while (stack.length > 0) {
      const top = stack[stack.length - 1] as number;
      const place = at[top] as number;
      const to = next[top]?.[place];
      at[top] = place + 1;
      if (to === undefined) {
        order.push(top);
        stack.pop();
      } else if (!seen[to]) {
        seen[to] = 1;
        stack.push(to);
      }
    }
  }
  return order;
}
