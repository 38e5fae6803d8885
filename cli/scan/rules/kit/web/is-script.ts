import { behindOf } from '../../../dataflow/query/trace-value.ts';
import type { ValueId } from '../../../ir/ir.ts';
import type { Use } from '../use.ts';
import { makersOf } from '../value/made-with.ts';

/** Whether a value may be an element made by `createElement('script')`. */
export function isScript(use: Use, value: ValueId): boolean {
  let at = value;
  for (let step = 0; step < 20; step++) {
    const inst = use.frame.inst(at);
    const behind = behindOf(inst);
    if (behind !== undefined) {
      at = behind;
      continue;
    }
    const makers = inst.op === 'call' ? [{ func: use.frame.id, call: inst }] : makersOf(use, at);
    return makers.some(({ func, call }) => {
      const code = use.frame.linked.program.functions[func]?.func.code ?? [];
      const callee = code[call.callee];
      const first = code[call.args[0] ?? -1];
      return (
        callee?.op === 'member' &&
        callee.name === 'createElement' &&
        first?.op === 'const' &&
        /^script$/i.test(String(first.value))
      );
    });
  }
  return false;
}
