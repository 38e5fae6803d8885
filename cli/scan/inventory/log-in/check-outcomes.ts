import { nameOfCallee } from '../../callgraph/query/refusal.ts';
import type { Func, Inst, ValueId } from '../../ir/ir.ts';
import { localNames } from '../../ir/local-names.ts';

/**
 * Maps each value that depends on the result of a check to what a truthy value means. `true`: the check succeeded.
 * `false`: the check failed. For `ok = check(password); bad = !ok`: `ok` -> `true`, `bad` -> `false`.
 */
export type Outcomes = ReadonlyMap<ValueId, boolean>;

const maxPasses = 4;
/** Members of a result that mean success. Others, such as `user.isAdmin`, mean something else. */
const successes =
  /^(length|rows|rowCount|count|ok|okay|success|succeeded|valid|isValid|is_valid|matches|match|matched|verified|authenticated|isAuthenticated|user|account|id|data|result|0)$/;
const failures = /^(error|err|failed|failure|invalid|wrong)$/i;
const reading =
  /^(at|first|one|fetchone|one_or_none|scalar|scalars|scalar_one_or_none|pop|shift|get|all|fetchall|exec|lean|Boolean|bool|len|catch)$/;

/**
 * The values of a function that depend on the results of checks.
 *
 * @param passed the parameters in which the function receives the result of a check
 * @param checks the calls and comparisons in the function that check a password or a one-time code
 */
export function outcomesOf(func: Func, passed: Outcomes, checks: readonly ValueId[]): Outcomes {
  const found = new Map<ValueId, boolean>(passed);
  for (const value of checks) {
    const inst = func.code[value];
    // A value of such a name is true on failure.
    if (
      [...localNames(func, value)].some((name) => /err|fail|invalid|wrong|problem|reason|message/i.test(name))
    )
      continue;
    found.set(value, !(inst?.op === 'binary' && inst.operator === '!='));
  }
  let before = -1;
  for (let pass = 0; pass < maxPasses && found.size > before; pass++) {
    before = found.size;
    for (const [value, inst] of func.code.entries()) {
      const isSuccess = found.has(value) ? undefined : outcomeOf(func.code, inst, found);
      if (isSuccess !== undefined) found.set(value, isSuccess);
    }
  }
  return found;
}

function outcomeOf(code: readonly Inst[], inst: Inst, known: Outcomes): boolean | undefined {
  switch (inst.op) {
    case 'await':
    case 'typed':
    case 'effect':
      return known.get(inst.value);
    case 'unary':
      return inst.operator === '!' ? flipped(known.get(inst.value)) : undefined;
    case 'binary':
      return ofComparison(code, inst, known);
    case 'member':
      return ofPart(inst.name, known.get(inst.object));
    case 'index': {
      const key = code[inst.key];
      return key?.op === 'const' ? ofPart(String(key.value), known.get(inst.object)) : undefined;
    }
    case 'element':
      return known.get(inst.value);
    case 'phi': {
      const all = new Set(inst.inputs.flatMap((input) => known.get(input) ?? []));
      const [only] = all;
      return all.size === 1 ? only : undefined;
    }
    case 'call': {
      const callee = code[inst.callee];
      if (!reading.test(nameOfCallee(callee))) return undefined;
      return known.get(callee?.op === 'member' ? callee.object : (inst.args[0] ?? -1));
    }
    default:
      return undefined;
  }
}

function flipped(isSuccess: boolean | undefined): boolean | undefined {
  return isSuccess === undefined ? undefined : !isSuccess;
}

function ofPart(name: string, isSuccess: boolean | undefined): boolean | undefined {
  if (failures.test(name)) return flipped(isSuccess);
  return successes.test(name) ? isSuccess : undefined;
}

/** `rows.length === 0`, `user is not None`, `ok === true` */
function ofComparison(
  code: readonly Inst[],
  { operator, left, right }: Inst & { readonly op: 'binary' },
  known: Outcomes,
): boolean | undefined {
  const isSuccess = known.get(left);
  const other = code[right];
  if (isSuccess === undefined || other?.op !== 'const') return undefined;
  const isNothing = !other.value;
  switch (operator) {
    case '==':
      return isNothing ? !isSuccess : isSuccess;
    case '!=':
      return isNothing ? isSuccess : !isSuccess;
    case '>':
      return other.value === 0 ? isSuccess : undefined;
    case '<':
      return other.value === 1 ? !isSuccess : undefined;
    case '>=':
      return other.value === 1 ? isSuccess : undefined;
    default:
      return undefined;
  }
}
