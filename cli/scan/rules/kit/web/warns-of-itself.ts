import type { Linked } from '../../../callgraph/linked.ts';
import type { Func, Inst } from '../../../ir/ir.ts';
import { memoized } from '../../../ir/memoized.ts';

/**
 * Whether a function is deprecated: the function, or the constructor of its class, emits a warning with the word
 * `deprecated`.
 */
export function warnsOfItself(linked: Linked, id: number): boolean {
  const info = linked.program.functions[id];
  const module = linked.program.modules[info?.module ?? 0];
  if (!info || !module) return false;
  const makers = module.classes[info.func.class]?.methods.filter(({ name }) => makerName.test(name)) ?? [];
  return [info.func, ...makers.map(({ func }) => module.functions[func])].some((one) => one && warns(one));
}

const makerName = /^(?:__init__|__new__|constructor)$/;

const warns = memoized((func: Func) =>
  func.code.some((inst) => {
    const callee = inst.op === 'call' ? func.code[inst.callee] : undefined;
    const called =
      callee?.op === 'member' || callee?.op === 'import' || callee?.op === 'global' ? callee.name : '';
    return (
      inst.op === 'call' &&
      /^(warn|deprecate|emitWarning)$/.test(called) &&
      inst.args.some((arg) => isNotice(func.code[arg]))
    );
  }),
);

function isNotice(inst: Inst | undefined): boolean {
  return inst?.op === 'const' && typeof inst.value === 'string' && /\bdeprecated\b/i.test(inst.value);
}
