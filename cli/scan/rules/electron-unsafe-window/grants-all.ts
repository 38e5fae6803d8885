import type { ValueId } from '../../ir/ir.ts';
import type { Use } from '../kit/use.ts';

/** Whether a permission handler grants every permission without any check: `(contents, what, answer) => answer(true)`. */
export function grantsAll(use: Use, handler: ValueId): boolean {
  const { linked, id } = use.frame;
  const handlers = linked.functions(id, handler);
  return handlers.length > 0 && handlers.every((one) => saysYes(use, one));
}

function saysYes(use: Use, handler: number): boolean {
  const func = use.frame.linked.program.functions[handler]?.func;
  if (!func || func.blocks.some(({ end }) => end.kind === 'branch')) return false;
  const answers = func.code.flatMap((inst) => {
    const callee = inst.op === 'call' ? func.code[inst.callee] : undefined;
    return inst.op === 'call' && callee?.op === 'param' && callee.index === 2 ? [inst] : [];
  });
  return (
    answers.length > 0 &&
    answers.every(({ args }) => {
      const inst = func.code[args[0] ?? -1];
      return inst?.op === 'const' && inst.value === true;
    })
  );
}
