import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import type { Func, Inst, ValueId } from '../../../ir/ir.ts';
import { memoized } from '../../../ir/memoized.ts';
import { operandsOf } from '../../../ir/operands.ts';
import { usersOf } from '../../../ir/query/users.ts';
import { isA, type Use } from '../use.ts';

const maxSteps = 400;
/** Fewer rounds than this hardly slow down an attacker. */
const fewRounds = 1000;

/**
 * Whether the function around a use hashes the result of a hash again, in many rounds, as the formats of `crypt` do. Such a
 * hash is slow, although each call is fast. False if the code shows a small number of rounds.
 */
export function isStretched(use: Use): boolean {
  return stretches(use.frame);
}

/** Cached, since every hash in a function asks it. */
const stretches = memoized(
  (frame: FunctionView) =>
    !hasFewRounds(frame.func) && frame.func.code.some((inst, value) => isFedBack(frame, inst, value)),
);

/** Whether the result of a hash call flows back into its own input, through a loop. */
function isFedBack(frame: FunctionView, inst: Inst, value: ValueId): boolean {
  if (inst.op !== 'call' || !isA({ frame }, inst.callee, 'use.FastHash', 'use.WeakHash', 'use.Hash'))
    return false;
  const { func } = frame;
  const { of } = usersOf(func);
  const seen = new Set<ValueId>([value]);
  const queue = [value];
  for (let at = queue.pop(); at !== undefined && seen.size < maxSteps; at = queue.pop()) {
    for (const user of of[at] ?? []) {
      if (user === value || isUpdatedBy(func, user, at, seen)) return true;
      if (seen.has(user)) continue;
      seen.add(user);
      queue.push(user);
    }
  }
  return false;
}

/** Whether a call is `round.update(digest)`, where the digest is the result of the round before. */
function isUpdatedBy(func: Func, user: ValueId, given: ValueId, seen: ReadonlySet<ValueId>): boolean {
  const call = func.code[user];
  const callee = call?.op === 'call' ? func.code[call.callee] : undefined;
  return (
    call?.op === 'call' &&
    callee?.op === 'member' &&
    callee.name === 'update' &&
    call.args[0] === given &&
    func.code[given]?.op === 'phi' &&
    seen.has(callee.object)
  );
}

/** Whether the function has a loop with a small constant number of rounds: `range(10)`, `i < 10`. */
function hasFewRounds(func: Func): boolean {
  return func.code.some((inst) => {
    if (inst.op === 'binary' && /^[<>]=?$/.test(inst.operator)) {
      const [left, right] = operandsOf(inst).map((value) => func.code[value]);
      return (left?.op === 'phi' && isFew(right)) || (right?.op === 'phi' && isFew(left));
    }
    if (inst.op !== 'call') return false;
    const callee = func.code[inst.callee];
    const last = inst.args[inst.args.length === 1 ? 0 : 1];
    return callee?.op === 'global' && callee.name === 'range' && last !== undefined && isFew(func.code[last]);
  });
}

function isFew(inst: Inst | undefined): boolean {
  return inst?.op === 'const' && typeof inst.value === 'number' && inst.value < fewRounds;
}
