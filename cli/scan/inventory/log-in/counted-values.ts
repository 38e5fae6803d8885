import type { Linked } from '../../callgraph/linked.ts';
import { instOf, madeBy } from '../../callgraph/query/made-by.ts';
import type { Func, Inst, ValueId } from '../../ir/ir.ts';
import { answerOnce } from '../answer-once.ts';

const maxDepth = 10;
const mostAttempts = 1_000;

/**
 * Whether a value is a test of a counter against a limit, such as `count > 5`, or the result of a function that makes
 * this test. The code must also increment the counter, such as by `redis.incr(key)`.
 */
export function isCounted(linked: Linked, func: number, value: ValueId, depth = 0): boolean {
  if (depth > maxDepth) return false;
  return answers(linked, `${func} ${value} ${depth}`, () => findCounted(linked, func, value, depth));
}

const answers = answerOnce<boolean>();

function findCounted(linked: Linked, func: number, value: ValueId, depth: number): boolean {
  const inst = instOf(linked, { func, value });
  switch (inst?.op) {
    case 'typed':
    case 'await':
    case 'effect':
      return isCounted(linked, func, inst.value, depth + 1);
    case 'unary':
      return inst.operator === '!' && isCounted(linked, func, inst.value, depth + 1);
    case 'binary':
      return (
        /^[<>]=?$/.test(inst.operator) &&
        ((isCount(linked, func, inst.left) && isBound(linked, func, inst.right)) ||
          (isCount(linked, func, inst.right) && isBound(linked, func, inst.left)))
      );
    // `if (await tooOften(key))`
    case 'call': {
      const targets = linked.targets(func, value);
      return (
        targets.length > 0 && targets.every((one) => one.makes < 0 && answersCount(linked, one.func, depth))
      );
    }
    default:
      return false;
  }
}

/** Whether all results of a function say that a limit was exceeded. */
function answersCount(linked: Linked, id: number, depth: number): boolean {
  const returned = returnedBy(linked, id);
  return returned.length > 0 && returned.every((value) => isCounted(linked, id, value, depth + 1));
}

const maxCode = 3_000;

/** The results of a function. None if it is too long to analyse. */
function returnedBy(linked: Linked, id: number): readonly ValueId[] {
  const func = linked.program.functions[id]?.func;
  if (!func || func.code.length > maxCode) return [];
  return func.blocks.flatMap(({ end }) => (end.kind === 'return' ? [end.value] : []));
}

function isBound(linked: Linked, func: number, value: ValueId): boolean {
  const inst = instOf(linked, madeBy(linked, { func, value }));
  return inst?.op !== 'const' || (typeof inst.value === 'number' && inst.value <= mostAttempts);
}

const raising = /^(incr|incrby|hincrby|zincrby|increment)$/i;

/** A counter that was incremented: by a store (`redis.incr(key)`), or in an object of the same function. */
function isCount(linked: Linked, id: number, value: ValueId, depth = 0): boolean {
  if (depth > maxDepth) return false;
  return counts(linked, `${id} ${value} ${depth}`, () => findCount(linked, id, value, depth));
}

const counts = answerOnce<boolean>();

function findCount(linked: Linked, id: number, value: ValueId, depth: number): boolean {
  const func = linked.program.functions[id]?.func;
  const inst = func?.code[value];
  if (!func || !inst) return false;
  const further = (one: ValueId): boolean => isCount(linked, id, one, depth + 1);
  switch (inst.op) {
    case 'typed':
    case 'await':
      return further(inst.value);
    case 'phi':
      return (
        inst.inputs.length > 0 &&
        inst.inputs.every((one) => one !== value && isCount(linked, id, one, depth + 4))
      );
    case 'effect':
      return further(inst.value);
    case 'member':
      return isRaised(func, inst.name) || further(inst.object);
    case 'index':
      return further(inst.object);
    case 'binary':
      return inst.operator === '+' && isOne(func.code[inst.right]) && isKept(func, value);
    case 'call':
      return isCountingCall(linked, id, inst, value, depth);
    default:
      return false;
  }
}

function isCountingCall(
  linked: Linked,
  id: number,
  inst: Extract<Inst, { op: 'call' }>,
  value: ValueId,
  depth: number,
): boolean {
  const further = (one: ValueId): boolean => isCount(linked, id, one, depth + 1);
  const code = linked.program.functions[id]?.func.code ?? [];
  const callee = code[inst.callee];
  if (callee?.op === 'global' && /^(int|Number|parseInt)$/.test(callee.name))
    return inst.args.slice(0, 1).some(further);
  if (callee?.op === 'member') {
    if (raising.test(callee.name)) return true;
    // `redis.multi().incr(key).expire(key, 60).exec()`
    if (/^(exec|execute|expire)$/.test(callee.name))
      return further(callee.object) || isOnRaised(code, callee.object);
  }
  const targets = linked.targets(id, value);
  return (
    targets.length > 0 &&
    targets.every(({ func, makes }) => {
      const returned = returnedBy(linked, func);
      return (
        makes < 0 &&
        func !== id &&
        returned.length > 0 &&
        // Functions can return each other's results.
        returned.every((one) => isCount(linked, func, one, Math.max(depth + 2, 4)))
      );
    })
  );
}

/** A pipeline after `pipeline.incr(key)`. */
function isOnRaised(code: readonly Inst[], from: ValueId): boolean {
  let at = code[from];
  for (let hop = 0; hop < maxDepth && at; hop++) {
    if (at.op !== 'effect') return false;
    const call = code[at.call];
    const callee = call?.op === 'call' ? code[call.callee] : undefined;
    if (callee?.op === 'member' && raising.test(callee.name)) return true;
    at = code[at.value];
  }
  return false;
}

function isOne(inst: Inst | undefined): boolean {
  return inst?.op === 'const' && inst.value === 1;
}

/** Whether a function stores `count + 1`: in a member, under a key, or with `store.set(key, count + 1)`. */
function isKept({ code }: Func, value: ValueId): boolean {
  return code.some(
    (inst) =>
      ((inst.op === 'store' || inst.op === 'store-index') && inst.value === value) ||
      (inst.op === 'call' && inst.args.includes(value) && isSetter(code[inst.callee])),
  );
}

function isSetter(callee: Inst | undefined): boolean {
  return callee?.op === 'member' && /^(set|setex|put)$/i.test(callee.name);
}

/** `entry.count += 1` in the same function. */
function isRaised({ code }: Func, name: string): boolean {
  return code.some((inst) => {
    if (inst.op !== 'store' || inst.name !== name) return false;
    const value = code[inst.value];
    return value?.op === 'binary' && value.operator === '+' && isOne(code[value.right]);
  });
}
