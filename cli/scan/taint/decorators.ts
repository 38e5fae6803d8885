import type { Call } from '../ir/ir.ts';
import type { Linked } from '../link/linked.ts';

/** A call that gave a decorator, in the function where the decorated one stands. */
export interface Decorator {
  readonly func: number;
  readonly call: Call;
}

const decorators = new WeakMap<Linked, Map<number, Decorator[]>>();

/** The calls by which a function is decorated: `app.get('/', response_class=HTMLResponse)`. */
export function decoratorsOf(linked: Linked, func: number): readonly Decorator[] {
  let all = decorators.get(linked);
  if (!all) {
    all = findDecorators(linked);
    decorators.set(linked, all);
  }
  return all.get(func) ?? [];
}

function findDecorators({ program }: Linked): Map<number, Decorator[]> {
  const all = new Map<number, Decorator[]>();
  program.instructions.each('call', (inst, { id, module, func: outer }) => {
    if (!inst.isDecorator) return;
    const given = outer.code[inst.callee];
    let [decorated] = inst.args.map((arg) => outer.code[arg]);
    // One decorator on top of another.
    for (let depth = 0; depth < 8 && decorated?.op === 'call' && decorated.isDecorator; depth++)
      decorated = outer.code[decorated.args[0] ?? -1];
    if (given?.op !== 'call' || decorated?.op !== 'func') return;
    const inner = (program.firstFunc[module] ?? 0) + decorated.func;
    const list = all.get(inner);
    if (list) list.push({ func: id, call: given });
    else all.set(inner, [{ func: id, call: given }]);
  });
  return all;
}
