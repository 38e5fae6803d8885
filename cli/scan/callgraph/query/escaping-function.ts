import type { Linked } from '../linked.ts';

const known = new WeakMap<Linked, ReadonlySet<number>>();

/** Whether a function escapes: it is an argument of a call (decorators apart), so that it has unknown callers. */
export function isEscapingFunction(linked: Linked, id: number): boolean {
  let all = known.get(linked);
  if (!all) {
    const found = new Set<number>();
    linked.program.instructions.each('call', ({ args, isDecorator }, { id: func }) => {
      if (isDecorator) return;
      for (const arg of args) for (const one of linked.functions(func, arg)) found.add(one);
    });
    all = found;
    known.set(linked, all);
  }
  return all.has(id);
}
