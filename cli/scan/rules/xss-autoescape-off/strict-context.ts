import { instOf, madeBy } from '../../callgraph/query/made-by.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import type { UseReport } from '../kit/rule.ts';
import { argument, calleeName, isConst, type Use } from '../kit/use.ts';

/**
 * Reports two settings of Strict Contextual Escaping in AngularJS 1: one switches it off for the whole application, the
 * other allows templates from any URL.
 */
export function ofStrictContext(use: Use, call: Call): UseReport | undefined {
  const callee = use.frame.inst(call.callee);
  if (callee.op !== 'member') return undefined;
  const name = calleeName(use, call);
  if (name === 'enabled' && isService(use, callee.object, '$sceProvider'))
    return isConst(argument(use, call, 0), false)
      ? { message: 'AngularJS renders any value as markup.', confidence: 'high' }
      : undefined;
  if (!lists.test(name) || !isService(use, callee.object, '$sceDelegateProvider')) return undefined;
  return isOpen(use, call.args[0])
    ? { message: 'AngularJS loads templates and frames from any URL.', confidence: 'medium' }
    : undefined;
}

const lists = /^(?:resourceUrlWhitelist|trustedResourceUrlList)$/;

/** Whether a value is this service, by the name of the parameter or by the injection list before the function. */
function isService({ frame }: Use, object: ValueId, service: string): boolean {
  const { func, linked, info } = frame;
  const base = frame.inst(frame.valueNumbers[object] ?? object);
  if (base.op !== 'param') return false;
  if (func.params[base.index]?.name === service) return true;
  const first = linked.program.firstFunc[info.module] ?? 0;
  const around = linked.program.functions[first + func.outer]?.func;
  const own = around?.code.findIndex((inst) => inst.op === 'func' && first + inst.func === frame.id) ?? -1;
  return (
    own >= 0 &&
    around?.code.some((inst) => {
      if (inst.op !== 'list' || inst.items[inst.items.length - 1] !== own) return false;
      const name = around.code[inst.items[base.index] ?? -1];
      return name?.op === 'const' && name.value === service;
    }) === true
  );
}

/** Whether any pattern matches every URL, as `**` and `https://**` do. */
function isOpen({ frame }: Use, patterns: ValueId | undefined): boolean {
  if (patterns === undefined) return false;
  const { linked, id } = frame;
  const list = madeBy(linked, { func: id, value: patterns });
  const inst = instOf(linked, list);
  const items = inst?.op === 'list' ? inst.items : [list.value];
  return items.some((value) => isAny(instOf(linked, { func: list.func, value })));
}

function isAny(pattern: Inst | undefined): boolean {
  if (pattern?.op === 'regex') return /^\^?(?:https\?:\\\/\\\/)?\.[*+]\$?$/.test(pattern.source);
  return (
    pattern?.op === 'const' &&
    typeof pattern.value === 'string' &&
    /^(?:(?:https?|\*{1,2}):\/\/)?\*\*?(?:\/\*\*)?$/.test(pattern.value)
  );
}
