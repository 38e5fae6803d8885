import { maxCodeForParts, maxHopsToJoin, maxPartAliases } from '../budgets/guards.ts';
import { cellStores } from '../callgraph/query/made-by.ts';
import { constantKey } from '../dataflow/query/constant-key.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Inst, ValueId } from '../ir/ir.ts';
import { operandsOf } from '../ir/operands.ts';
import { importName } from './normal-path.ts';

/**
 * The part of a joined path for which a check of the whole path holds too: `name` of `base / name`. The function must use this part
 * only directly behind the same base, as in `base / name / 'index.md'`. Undefined for a part that is also used alone, as in
 * `open(name)`, and for paths of several parts: `base / 'a' / name` may lead to another folder of the base.
 */
export function joinedPart(frame: FunctionView, path: ValueId): ValueId | undefined {
  const join = joinAt(frame, frame.inst(frame.valueNumbers[path] ?? path));
  if (!join || frame.func.code.length > maxCodeForParts) return undefined;
  const [part, more] = join.parts;
  if (part === undefined || more !== undefined || frame.inst(part).op === 'const') return undefined;
  return isOnlyBehind(frame, join, part) ? part : undefined;
}

interface Join {
  readonly base: ValueId;
  readonly parts: readonly ValueId[];
  /** An absolute part replaces all that is in front of it: Python's `/` and `join`, Node's `resolve`. */
  readonly restarts: boolean;
}

/** The base and the parts that an instruction joins. Undefined for other instructions. */
function joinAt(frame: FunctionView, inst: Inst): Join | undefined {
  if (inst.op === 'binary' && inst.operator === '/') return joinedBySlash(frame, inst);
  if (inst.op === 'text') {
    const [base, slash, ...parts] = inst.parts;
    const sign = slash === undefined ? undefined : frame.inst(slash);
    if (base === undefined || sign?.op !== 'const' || sign.value !== '/') return undefined;
    return { base, parts, restarts: false };
  }
  if (inst.op !== 'call') return undefined;
  const callee = frame.inst(inst.callee);
  const name = constantKey(frame, callee) ?? importName(frame, inst.callee);
  if (name === 'joinpath' && callee.op === 'member')
    return { base: callee.object, parts: inst.args, restarts: true };
  const [base, ...parts] = inst.args;
  if ((name !== 'join' && name !== 'resolve') || base === undefined || parts.length === 0) return undefined;
  return { base, parts, restarts: name === 'resolve' || !frame.language.joinNormalisesPaths };
}

/** `base / folder / name`: the base is the leftmost operand. */
function joinedBySlash(frame: FunctionView, inst: Inst & { op: 'binary' }): Join {
  const parts = [inst.right];
  let base = inst.left;
  for (let hop = 0; hop < maxHopsToJoin; hop++) {
    const inner = frame.inst(frame.valueNumbers[base] ?? base);
    if (inner.op !== 'binary' || inner.operator !== '/') break;
    parts.unshift(inner.right);
    base = inner.left;
  }
  return { base, parts, restarts: true };
}

/** Whether a function uses a value, and each variable that may hold it, only in tests and as the checked path did. */
function isOnlyBehind(frame: FunctionView, checked: Join, part: ValueId): boolean {
  const { func, valueNumbers } = frame;
  const number = (value: ValueId): number => valueNumbers[value] ?? value;
  const aliases = new Set([number(part)]);
  for (const alias of aliases) {
    if (aliases.size > maxPartAliases) return false;
    for (let value = 0; value < func.code.length; value++) {
      const inst = func.code[value] as Inst;
      if (!operandsOf(inst).some((one) => number(one) === alias)) continue;
      if (inst.op === 'phi' || inst.op === 'typed' || (inst.op === 'effect' && number(inst.value) === alias))
        aliases.add(number(value));
      else if (!isTest(inst) && !joinsBehind(frame, inst, checked, alias)) return false;
    }
  }
  return func.blocks.every(({ end }) => end.kind !== 'return' || !aliases.has(number(end.value)));
}

const comparisons: ReadonlySet<string> = new Set(['==', '!=', 'in', 'not in', '<', '>']);
const testMembers: ReadonlySet<string> = new Set([
  'startsWith',
  'startswith',
  'endsWith',
  'endswith',
  'includes',
  'length',
]);

function isTest(inst: Inst): boolean {
  switch (inst.op) {
    case 'unary':
      return inst.operator === '!';
    case 'binary':
      return comparisons.has(inst.operator);
    case 'member':
      return testMembers.has(inst.name);
    default:
      return false;
  }
}

/**
 * Whether an instruction joins a part as a checked path did. `join(base, name)` tells nothing of `resolve(base, name)`, where the
 * name may be an absolute path.
 */
function joinsBehind(frame: FunctionView, inst: Inst, checked: Join, part: number): boolean {
  const join = joinAt(frame, inst);
  if (!join || (join.restarts && !checked.restarts) || !isSame(frame, join.base, checked.base)) return false;
  return [join.base, ...join.parts].every(
    (value, at) => at === 1 || (frame.valueNumbers[value] ?? value) !== part,
  );
}

/** Whether two values are the same, or are read from the same variable, which the program assigns once. */
function isSame(frame: FunctionView, a: ValueId, b: ValueId): boolean {
  const { func, linked, valueNumbers } = frame;
  if ((valueNumbers[a] ?? a) === (valueNumbers[b] ?? b)) return true;
  const [one, other] = [func.code[a], func.code[b]];
  if (one?.op !== 'cell-load' || other?.op !== 'cell-load' || one.cell !== other.cell) return false;
  return cellStores(linked).get(frame.cellNumber(one.cell))?.length === 1;
}
