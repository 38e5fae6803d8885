import { maxTextLength } from '../../budgets/dataflow.ts';
import {
  type Abstract,
  aBoolean,
  aNumber,
  cleaned,
  deepTaints,
  derived,
  tainted,
  unknown,
} from '../../dataflow/domain/abstract.ts';
import { concatenated, element, list } from '../../dataflow/domain/entries.ts';
import { constants, join } from '../../dataflow/domain/join.ts';
import { kinds } from '../../dataflow/domain/kinds.ts';
import { joinTaints } from '../../dataflow/domain/taint.ts';
import { truthOf } from '../../dataflow/domain/truth.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { BinaryOperator, Constant, Inst, UnaryOperator, ValueId } from '../../ir/ir.ts';
import type { Language } from '../../languages/language.ts';
import { hasTrait } from '../../models/state-traits.ts';
import { spread } from '../collection/object-value.ts';
import { formatPercent } from '../text/format.ts';
import { textOf } from '../text/text.ts';
import { lengthTruth } from './length-comparison.ts';

export function unary(operator: UnaryOperator, it: Abstract): Abstract {
  const truth = truthOf(it);
  if (operator === '!') return truth === undefined ? aBoolean : constants([!truth]);
  if (operator === 'typeof') return { ...unknown, shape: 'text' };
  if (operator === 'void') return constants([undefined]);
  if (operator === 'delete') return aBoolean;
  const numbers = it.consts?.map((one) =>
    operator === '-' ? -Number(one) : operator === '~' ? ~Number(one) : Number(one),
  );
  return numbers ? constants(numbers) : aNumber;
}

export function binary(frame: FunctionView, inst: Inst & { op: 'binary' }): Abstract {
  const left = frame.use(inst.left);
  const right = frame.use(inst.right);
  const { operator } = inst;
  const { language } = frame;
  const { overloadsOperators } = language;
  const folded = fold(operator, left, right, language);
  if (folded) return folded;
  switch (operator) {
    case '+':
      return plus(frame, inst, left, right);
    case '%':
      // Markup escapes the formatted values.
      if (isMarkup(frame, inst.left)) return formatPercent(frame, inst, left, cleaned(right, kinds('xss')));
      if (overloadsOperators && left.shape !== 'number') return formatPercent(frame, inst, left, right);
      return aNumber;
    case '*':
      // Strings and lists are repeated.
      return overloadsOperators && (left.shape !== 'number' || right.shape !== 'number')
        ? repeated(left, right)
        : aNumber;
    case '/':
      // `/` joins paths.
      return overloadsOperators && left.shape !== 'number' && right.shape !== 'number'
        ? textOf(frame, inst, [left, right])
        : aNumber;
    case '&': {
      // An intersection with a set of untainted values is untainted.
      const own = overloadsOperators ? [right, left].find((side) => isOwnSet(side)) : undefined;
      if (own && left.shape !== 'number' && right.shape !== 'number') return own;
      return setsOrNumber(overloadsOperators, left, right);
    }
    case '|':
      // Entries of the right operand replace those of the left.
      if (overloadsOperators && left.shape === 'object' && right.shape === 'object')
        return spread(left, right);
      return setsOrNumber(overloadsOperators, left, right);
    case '-':
      // Sets and dictionaries.
      return setsOrNumber(overloadsOperators, left, right);
    case '//':
    case '**':
    case '<<':
    case '>>':
    case '>>>':
    case '^':
    case '@':
      return aNumber;
    default: {
      const always = lengthTruth(frame, inst, language);
      return always === undefined ? aBoolean : constants([always]);
    }
  }
}

function setsOrNumber(isOverloaded: boolean, left: Abstract, right: Abstract): Abstract {
  return isOverloaded && (left.fields || right.fields || left.taints.length + right.taints.length > 0)
    ? join(left, right)
    : aNumber;
}

function isOwnSet(it: Abstract): boolean {
  return (
    it.shape === 'list' && (it.fields !== undefined || it.rest !== undefined) && deepTaints(it).length === 0
  );
}

function plus(frame: FunctionView, inst: Inst, left: Abstract, right: Abstract): Abstract {
  if (left.shape === 'number' && right.shape === 'number') return aNumber;
  if (left.shape === 'list' || right.shape === 'list') {
    const isBoth = left.shape === right.shape || (left.shape === 'list' && !frame.language.plusJoinsAnything);
    return isBoth ? concatenated([left, right]) : join(left, right);
  }
  return textOf(frame, inst, [left, right]);
}

function repeated(left: Abstract, right: Abstract): Abstract {
  const one = left.shape === 'list' ? left : right;
  if (one.shape === 'list') return list([], element(one));
  return tainted(derived(joinTaints(deepTaints(left), deepTaints(right))));
}

/** Folds operations on constants, so that branches on them are resolved. */
function fold(
  operator: BinaryOperator,
  left: Abstract,
  right: Abstract,
  language: Language,
): Abstract | undefined {
  if (operator === 'in' || operator === 'not in') return foldIn(left, right, operator === 'in', language);
  if (!left.consts || !right.consts || left.consts.length * right.consts.length > 16) return undefined;
  const results: Constant[] = [];
  for (const a of left.consts) {
    for (const b of right.consts) {
      const result = compute(operator, a, b, language);
      if (result === undefined) return undefined;
      results.push(result);
    }
  }
  return constants([...new Set(results)]);
}

function compute(operator: BinaryOperator, a: Constant, b: Constant, language: Language): Constant {
  const numbers = typeof a === 'number' && typeof b === 'number';
  const texts = typeof a === 'string' && typeof b === 'string';
  switch (operator) {
    case '==':
      return (a ?? null) === (b ?? null);
    case '!=':
      return (a ?? null) !== (b ?? null);
    case '<':
      return numbers || texts ? a < b : undefined;
    case '<=':
      return numbers || texts ? a <= b : undefined;
    case '>':
      return numbers || texts ? a > b : undefined;
    case '>=':
      return numbers || texts ? a >= b : undefined;
    case '+':
      if (numbers) return a + b;
      return (texts || (language.plusJoinsAnything && (typeof a === 'string' || typeof b === 'string'))) &&
        `${a}${b}`.length <= maxTextLength
        ? `${a}${b}`
        : undefined;
    case '-':
      return numbers ? a - b : undefined;
    case '*':
      if (numbers) return a * b;
      if (!language.overloadsOperators || typeof a !== 'string' || typeof b !== 'number') return undefined;
      return b >= 0 && a.length * b <= maxTextLength ? a.repeat(b) : undefined;
    case '/':
      return numbers && b !== 0 ? a / b : undefined;
    case '//':
      return numbers && b !== 0 ? Math.floor(a / b) : undefined;
    case '%':
      if (!numbers || b === 0) return undefined;
      return language.moduloIsFloored ? ((a % b) + b) % b : a % b;
    case '**':
      return numbers ? a ** b : undefined;
    case '&':
      return numbers ? a & b : undefined;
    case '|':
      return numbers ? a | b : undefined;
    case '^':
      return numbers ? a ^ b : undefined;
    case '<<':
      return numbers ? a << b : undefined;
    case '>>':
      return numbers ? a >> b : undefined;
    default:
      return undefined;
  }
}

function foldIn(left: Abstract, right: Abstract, positive: boolean, { inFindsItems }: Language): Abstract {
  const key = left.consts?.length === 1 ? left.consts[0] : undefined;
  const text = right.consts?.length === 1 ? right.consts[0] : undefined;
  if (inFindsItems && typeof key === 'string' && typeof text === 'string')
    return constants([text.includes(key) === positive]);
  if (key !== undefined && right.fields && !right.rest && right.taints.length === 0) {
    if (right.shape === 'object') return constants([right.fields.has(String(key)) === positive]);
    const items = [...right.fields.values()].map((item) => item.consts);
    if (inFindsItems && items.every((item) => item?.length === 1))
      return constants([items.some((item) => item?.[0] === key) === positive]);
  }
  return aBoolean;
}

function isMarkup({ linked, id }: FunctionView, value: ValueId): boolean {
  return hasTrait(linked.states(id, value), 'escapes-operands');
}
