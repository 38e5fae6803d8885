import type { Linked } from '../../callgraph/linked.ts';
import type { FuncInfo } from '../../callgraph/program.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { isTestPath } from '../../project/path-purpose.ts';
import { logCallOf } from '../../rules/secret-logged/log-call.ts';

/**
 * Whether a program has a function that may log refused requests: it compares the status of a response that it receives,
 * and writes to a log. Which refusals it logs is not analysed.
 */
export const hasRefusalHook: (linked: Linked) => boolean = memoized((linked) => {
  const asking = new Set<number>();
  linked.program.instructions.each('binary', (inst, info) => {
    if (
      /^(==|!=|<|<=|>|>=|in|not in)$/.test(inst.operator) &&
      [inst.left, inst.right].some((one) => isStatus(info, one))
    )
      asking.add(info.id);
  });
  return [...asking].some((id) => {
    const info = linked.program.functions[id];
    const path = linked.program.modules[info?.module ?? -1]?.path ?? '';
    return (
      !isTestPath(path) &&
      info?.func.code.some((inst, value) => inst.op === 'call' && logCallOf(linked, { func: id, value }))
    );
  });
});

function isStatus({ func: { code } }: FuncInfo, value: ValueId): boolean {
  const inst = code[value];
  return (
    inst?.op === 'member' &&
    /^(status|statusCode|status_code)$/.test(inst.name) &&
    isHanded(code, code[inst.object])
  );
}

/** A parameter, one of the enclosing function, or the result of `call_next(request)`. */
function isHanded(code: readonly Inst[], inst: Inst | undefined): boolean {
  if (inst?.op === 'await') return isHanded(code, code[inst.value]);
  if (inst?.op === 'typed' || inst?.op === 'effect') return isHanded(code, code[inst.value]);
  if (inst?.op === 'call') return code[inst.callee]?.op === 'param';
  return inst?.op === 'param' || inst?.op === 'cell-load';
}
