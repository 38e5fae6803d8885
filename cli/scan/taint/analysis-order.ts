import type { Inst } from '../ir/ir.ts';
import type { Linked } from '../link/linked.ts';

/** Modules in the order of their imports, and all functions so that what is called comes before its callers. */
export function analysisOrder(linked: Linked): {
  readonly modules: readonly number[];
  readonly bottomUp: readonly number[];
  /** What each function may run or make. */
  readonly callees: readonly (readonly number[])[];
} {
  const { program } = linked;
  const callees = program.functions.map(({ id, module, func }): number[] => {
    const first = program.firstFunc[module] as number;
    const all: number[] = [...linked.returnedTo(id)];
    for (let value = 0; value < func.code.length; value++) {
      const inst = func.code[value] as Inst;
      if (inst.op === 'func') all.push(first + inst.func);
      else if (inst.op === 'class') {
        const { methods, init } = program.modules[module]?.classes[inst.class] ?? { methods: [], init: -1 };
        for (const method of methods) all.push(first + method.func);
        if (init >= 0) all.push(first + init);
      } else if (inst.op === 'call' || inst.op === 'member' || inst.op === 'store') {
        for (const target of linked.targets(id, value)) all.push(target.func);
        if (inst.op === 'call') for (const arg of inst.args) all.push(...linked.functions(id, arg));
      }
    }
    return all;
  });
  const modules = program.firstFunc.filter((_, index) => (program.modules[index]?.functions.length ?? 0) > 0);
  return {
    modules: importOrder(linked, modules),
    bottomUp: postorder(program.functions.length, callees),
    callees,
  };
}

function importOrder(linked: Linked, modules: readonly number[]): number[] {
  const { program } = linked;
  const needs = new Map<number, number[]>();
  for (const root of modules) {
    const info = program.functions[root];
    if (!info) continue;
    const all: number[] = [];
    for (const inst of info.func.code) {
      if (inst.op !== 'import') continue;
      const cell = linked.moduleOf(info.module, inst.specifier);
      if (cell !== undefined) all.push(program.firstFunc[cell] as number);
    }
    needs.set(root, all);
  }
  const callees: number[][] = program.functions.map(({ id }) => needs.get(id) ?? []);
  const isModule = new Set(modules);
  return postorder(program.functions.length, callees).filter((func) => isModule.has(func));
}

/** Depth first, without recursion: a chain of calls is as long as the scanned program likes. */
function postorder(count: number, next: readonly (readonly number[])[]): number[] {
  const seen = new Uint8Array(count);
  const order: number[] = [];
  for (let root = 0; root < count; root++) {
    if (seen[root]) continue;
    seen[root] = 1;
    const stack = [{ func: root, at: 0 }];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const to = next[top.func]?.[top.at++];
      if (to === undefined) {
        order.push(top.func);
        stack.pop();
      } else if (!seen[to]) {
        seen[to] = 1;
        stack.push({ func: to, at: 0 });
      }
    }
  }
  return order;
}
