import { memoized } from '../../ir/memoized.ts';
import type { Linker } from '../linker.ts';
import { lookUp } from '../members.ts';
import type { Program } from '../program.ts';

/** By class: the method `__call__` that it declares itself. */
const callables = memoized((program: Program): ReadonlyMap<number, number> => {
  const found = new Map<number, number>();
  for (const { id, module, class: it } of program.classes) {
    const method = it.methods.find(({ name }) => name === '__call__');
    if (method) found.set(id, (program.firstFunc[module] as number) + method.func);
  }
  return found;
});

/** Calls `tell` with each `__call__` method, own or inherited, that a call of a Python instance runs. */
export function listenCallable(linker: Linker, instance: number, tell: (func: number) => void): void {
  const { graph, tokens, program } = linker;
  if (callables(program).size === 0) return;
  const methods = graph.node();
  lookUp(linker, program.classes[tokens.get(instance).ref]?.module ?? 0, instance, '__call__', methods);
  graph.listen(methods, (method) => {
    const { kind, ref } = tokens.get(method);
    if (kind === 'func') tell(ref);
  });
}

/**
 * The `__call__` method, own or inherited, that a call of an instance of a Python class runs. Empty if there is none. Call
 * this only after linking, when all ancestors are known.
 */
export function callableOf({ program, ancestors }: Linker, owner: number): readonly number[] {
  const all = callables(program);
  if (all.size === 0) return none;
  for (const one of [owner, ...(ancestors.get(owner) ?? none)]) {
    const method = all.get(one);
    if (method !== undefined) return [method];
  }
  return none;
}

const none: readonly number[] = [];
