import { onlyConst } from '../../dataflow/domain/abstract.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';
import { calleeName, known, type Use } from '../kit/use.ts';
import { textsOf } from './checked.ts';
import { howOf, lookedFor } from './substring.ts';

/**
 * Whether the code tests for a prefix only to cut it off, and uses the rest:
 * `link.startsWith('javascript:') ? link.slice(11) : ''`, `url[len(PREFIX):]`. Such a test rejects nothing.
 */
export function isTakenOff(use: Use): boolean {
  const looked = lookedFor(use);
  if (!looked || howOf(use, looked) !== 'start') return false;
  const { valueNumbers: canonical, func } = use.frame;
  const texts = new Set(textsOf(use, looked.text));
  return func.code.some((inst) => {
    const cut = cutOf(use, inst);
    return (
      cut !== undefined &&
      canonical[cut.object] === canonical[looked.subject] &&
      isLengthOf(use, cut.from, texts)
    );
  });
}

interface Cut {
  readonly object: ValueId;
  readonly from: ValueId;
}

function cutOf(use: Use, inst: Inst): Cut | undefined {
  if (inst.op === 'slice')
    return inst.from === undefined || inst.to !== undefined
      ? undefined
      : { object: inst.object, from: inst.from };
  if (inst.op !== 'call') return undefined;
  const callee = use.frame.inst(inst.callee);
  const [from] = inst.args;
  if (callee.op !== 'member' || from === undefined || !/^(?:slice|substring|substr)$/.test(callee.name))
    return undefined;
  return { object: callee.object, from };
}

/** `11`, `len('http://localhost')`, `PREFIX.length` */
function isLengthOf(use: Use, value: ValueId, texts: ReadonlySet<string>): boolean {
  const length = onlyConst(known(use, value))?.value;
  if (typeof length === 'number') return [...texts].some((text) => text.length === length);
  const inst = use.frame.inst(value);
  const measured =
    inst.op === 'member' && inst.name === 'length'
      ? inst.object
      : inst.op === 'call' && calleeName(use, inst) === 'len'
        ? inst.args[0]
        : undefined;
  return measured !== undefined && textsOf(use, measured).some((text) => texts.has(text));
}
