import { behindOf } from '../../dataflow/query/trace-value.ts';
import { blockOf } from '../../ir/block-of.ts';
import type { Func, ValueId } from '../../ir/ir.ts';
import { successors } from '../../ir/query/control-flow.ts';
import { transitive } from '../../ir/query/transitive.ts';
import { usersOf } from '../../ir/query/users.ts';
import { calleeName, type Use } from '../kit/use.ts';
import { type Replacement, replacementOf } from './replacement.ts';

const maxSteps = 80;

/** The operations that the text of a value went through. */
export interface Before {
  /** The replacements, the last one first. */
  readonly replacements: readonly Replacement[];
  /** Names of the other functions that the text passed through or came from. */
  readonly callees: ReadonlySet<string>;
  /** All values on the path. */
  readonly seen: ReadonlySet<ValueId>;
}

/** Methods that leave most of a text unchanged. */
const passing =
  /^(trim\w*|strip|lstrip|rstrip|toString|toLowerCase|toUpperCase|lower|upper|slice|substring|substr|normalize|concat|format|String|str|valueOf|decode|encode)$/;

/** Follows a value back to where its text was made, within its function. Returns the operations on the way. */
export function before(use: Use, from: ValueId): Before {
  const replacements: Replacement[] = [];
  const callees = new Set<string>();
  const seen = transitive([from], maxSteps, (at) => {
    const inst = use.frame.inst(at);
    const behind = behindOf(inst);
    if (behind !== undefined) return [behind];
    if (inst.op === 'phi') return inst.inputs;
    if (inst.op === 'binary' && inst.operator === '+') return [inst.left, inst.right];
    if (inst.op !== 'call') return [];
    const one = replacementOf(use, at);
    if (one) {
      replacements.push(one);
      return [one.subject];
    }
    const name = calleeName(use, inst);
    callees.add(name);
    // A function with one argument most often returns that text in another form.
    if (!passing.test(name) && inst.args.length !== 1) return [];
    const callee = use.frame.inst(inst.callee);
    return callee.op === 'member' && passing.test(name) ? [callee.object] : inst.args.slice(0, 1);
  });
  return { replacements, callees, seen };
}

/** Follows a value forward, within its function, to the places that use its text. Returns the replacements on the way. */
export function after(use: Use, from: ValueId): readonly Replacement[] {
  const { func } = use.frame;
  const users = usersOf(func);
  const found: Replacement[] = [];
  const seen = new Set<ValueId>([from]);
  for (const at of seen) {
    if (seen.size > maxSteps) break;
    for (const user of users.of[at] ?? []) {
      const inst = use.frame.inst(user);
      if (inst.op === 'phi' || inst.op === 'typed' || (inst.op === 'effect' && inst.value === at))
        seen.add(user);
      else if (inst.op === 'member') {
        for (const call of users.of[user] ?? []) addCall(use, call, at, found, seen);
      } else if (inst.op === 'call') addCall(use, user, at, found, seen);
    }
  }
  return found;
}

function addCall(use: Use, call: ValueId, subject: ValueId, found: Replacement[], seen: Set<ValueId>): void {
  const inst = use.frame.inst(call);
  if (inst.op !== 'call' || seen.has(call)) return;
  const one = replacementOf(use, call);
  if (one?.subject === subject) {
    found.push(one);
    seen.add(call);
  } else if (calleeName(use, inst) === 'split' || passing.test(calleeName(use, inst))) seen.add(call);
}

/** Whether a replacement is repeated: in a loop, or by a recursive function. */
export function isRepeated(use: Use, one: Replacement): boolean {
  if (before(use, one.subject).seen.has(one.value)) return true;
  const { func, linked, id } = use.frame;
  const users = usersOf(func).of[one.value] ?? [];
  if (users.some((user) => linked.targets(id, user).some((target) => target.func === id))) return true;
  // In a loop, a shared variable or a field is replaced again in the next round.
  const isStored = users.some((user) =>
    ['cell-store', 'store', 'store-index'].includes(use.frame.inst(user).op),
  );
  return isStored && isInLoop(func, blockOf(func, one.value));
}

function isInLoop(func: Func, block: number): boolean {
  const seen = new Set<number>();
  const queue = [block];
  for (let at = queue.pop(); at !== undefined && seen.size < 400; at = queue.pop()) {
    const it = func.blocks[at];
    if (!it) continue;
    for (const next of successors(it)) {
      if (next === block) return true;
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  return false;
}
