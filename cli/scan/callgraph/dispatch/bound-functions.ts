import type { Call } from '../../ir/ir.ts';
import { passTo } from '../calls.ts';
import type { Linker } from '../linker.ts';

/** The arguments of `partial(f, a, b, key=c)` that come before all others. */
export function positional({ names }: Call, args: readonly number[]): readonly number[] {
  return args.filter((_, i) => i > 0 && !names?.[i]);
}

/** What a function is whose first arguments are given: `f.bind(self, a)`, `functools.partial(f, a)`. */
export function boundInto(linker: Linker, callee: number, before: readonly number[], node: number): void {
  const { graph, tokens } = linker;
  if (before.length === 0) {
    graph.edge(callee, node);
    return;
  }
  graph.listen(callee, (token) => {
    const { kind, ref } = tokens.get(token);
    if (kind !== 'func') {
      graph.add(node, token);
      return;
    }
    linker.boundBefore.set(ref, before.length);
    before.forEach((arg, i) => {
      passTo(linker, linker.func(ref), arg, i, null, false);
    });
    graph.add(node, tokens.of('bound', ref));
  });
}
