import type { Linked } from '../../callgraph/linked.ts';
import { blockOf } from '../../ir/block-of.ts';
import type { Func, Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { operandsOf } from '../../ir/operands.ts';
import { transitive } from '../../ir/query/transitive.ts';
import { usersOf } from '../../ir/query/users.ts';
import type { Use } from '../kit/use.ts';
import { decidingTests, endingBlocks } from '../kit/value/deciding-tests.ts';

const maxSteps = 120;

/**
 * Whether the code tests the declared size of an archive entry before it reads the entry. Code that only logs the size does
 * not count.
 */
export function isSizeAsked({ frame, value }: Use): boolean {
  const { linked, id, func } = frame;
  const sizes = sizesIn(func);
  if (sizes.length === 0) return false;
  return (
    decidingTests(func, blockOf(func, value)).some(({ test }) => asksSize(func, test)) ||
    sizes.some((size) => usersOf(func).of[size]?.some((user) => isRefuser(linked, id, user)))
  );
}

/** Where a function reads the size of an entry. */
const sizesIn = memoized((func: Func) => func.code.flatMap((inst, value) => (isSize(inst) ? [value] : [])));

function isSize(inst: Inst | undefined): boolean {
  return inst?.op === 'member' && /^(?:file_size|compress_size)$/.test(inst.name);
}

/** `info.file_size > limit`, `sum(info.file_size for info in infos) > limit`, `is_large(info.file_size)` */
function asksSize(func: Func, test: ValueId): boolean {
  let isCompared = false;
  let isOfSize = false;
  transitive([test], maxSteps, (value) => {
    const inst = func.code[value];
    if (!inst) return [];
    if (inst.op === 'call' || (inst.op === 'binary' && /^[<>]=?$/.test(inst.operator))) isCompared = true;
    if (isSize(inst)) isOfSize = true;
    return operandsOf(inst);
  });
  return isCompared && isOfSize;
}

/** Whether a call passes the size to a function of the project that can throw or send a response. */
function isRefuser(linked: Linked, id: number, call: ValueId): boolean {
  return linked.targets(id, call).some(({ func }) => {
    const target = linked.program.functions[func]?.func;
    return target?.blocks.some(({ end }, block) => end.kind === 'throw' || endingBlocks(target)[block] === 1);
  });
}
