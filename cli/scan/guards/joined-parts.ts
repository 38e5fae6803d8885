import { maxCodeForParts, maxHopsToJoin, maxPartAliases } from '../budgets/guards.ts';
import { constantKey } from '../dataflow/query/constant-key.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Inst, ValueId } from '../ir/ir.ts';
import { operandsOf } from '../ir/operands.ts';
import { importName } from './normal-path.ts';

/**
 * The parts of a joined path for which a check of the whole path holds too: `name` of `base / name`. The function must use such a
 * part only behind the same base, as in `base / name / 'index.md'`. No part that is also used alone, as in `open(name)`.
 */
export function joinedParts(frame: FunctionView, path: ValueId): readonly ValueId[] {
  const join = joinAt(frame, frame.inst(frame.valueNumbers[path] ?? path));
  if (!join || frame.func.code.length > maxCodeForParts) return [];
  return join.parts.filter((part) => frame.inst(part).op !== 'const' && isOnlyBehind(frame, join.base, part));
}

interface Join {
  readonly base: ValueId;
  readonly parts: readonly ValueId[];
}

/** The base and the parts that an instruction joins. Undefined for other instructions. */
function joinAt(frame: FunctionView, inst: Inst): Join | undefined {
  if (inst.op === 'binary' && inst.operator === '/') return joinedBySlash(frame, inst);
  if (inst.op !== 'call') return undefined;
  const callee = frame.inst(inst.callee);
  const name = constantKey(frame, callee) ?? importName(frame, inst.callee);
  if (name === 'joinpath' && callee.op === 'member') return { base: callee.object, parts: inst.args };
  const [base, ...parts] = inst.args;
  const isJoin = (name === 'join' || name === 'resolve') && base !== undefined && parts.length > 0;
  return isJoin ? { base, parts } : undefined;
}

/** `base / folder / name`: the base is the leftmost operand. */
function joinedBySlash(frame: FunctionView, inst: Inst & { op: 'binary' }): Join {
  const parts = [inst.right];
  let base = inst.left;
  for (let hop = 0; hop < maxHopsToJoin; hop++) {
    const inner = frame.inst(frame.valueNumbers[base] ?? base);
    if (inner.op !== 'binary' || inner.operator !== '/') break;
    parts.push(inner.right);
    base = inner.left;
  }
  return { base, parts };
}

/** Whether a function uses a value, and each variable that may hold it, only as a part behind this base and in tests. */
function isOnlyBehind(frame: FunctionView, base: ValueId, part: ValueId): boolean {
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
      else if (!isTest(inst) && !joinsBehind(frame, inst, base, alias)) return false;
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

function joinsBehind(frame: FunctionView, inst: Inst, base: ValueId, part: number): boolean {
  const join = joinAt(frame, inst);
  const number = (value: ValueId): number => frame.valueNumbers[value] ?? value;
  return join !== undefined && number(join.base) !== part && isSame(frame, join.base, base);
}

/** Whether two values are the same, or are read from the same variable. */
function isSame({ func, valueNumbers }: FunctionView, a: ValueId, b: ValueId): boolean {
  if ((valueNumbers[a] ?? a) === (valueNumbers[b] ?? b)) return true;
  const [one, other] = [func.code[a], func.code[b]];
  return one?.op === 'cell-load' && other?.op === 'cell-load' && one.cell === other.cell;
}
