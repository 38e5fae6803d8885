import type { Call } from '../../ir/ir.ts';
import { passTo } from '../calls.ts';
import type { Linker } from '../linker.ts';

/** The positional arguments that a partial call binds: `partial(f, a, b, key=c)` -> `a`, `b`. */
export function positional({ names }: Call, args: readonly number[]): readonly number[] {
  return args.filter((_, i) => i > 0 && !names?.[i]);
}

/**
 * Makes partial functions flow into `node`: the functions in node `callee`, with the arguments `before` bound to their
 * first parameters. Models `f.bind(self, a)` and `functools.partial(f, a)`.
 */
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
