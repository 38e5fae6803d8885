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
    all = new Map();
    for (const { id, module, func: outer } of linked.program.functions) {
      for (const inst of outer.code) {
        if (inst.op !== 'call' || !inst.isDecorator) continue;
        const given = outer.code[inst.callee];
        let [decorated] = inst.args.map((arg) => outer.code[arg]);
        // One decorator on top of another.
        for (let depth = 0; depth < 8 && decorated?.op === 'call' && decorated.isDecorator; depth++)
          decorated = outer.code[decorated.args[0] ?? -1];
        if (given?.op !== 'call' || decorated?.op !== 'func') continue;
        const inner = (linked.program.firstFunc[module] ?? 0) + decorated.func;
        const list = all.get(inner);
        if (list) list.push({ func: id, call: given });
        else all.set(inner, [{ func: id, call: given }]);
      }
    }
    decorators.set(linked, all);
  }
  return all.get(func) ?? [];
}
