import { maxTextLength } from '../../budgets/dataflow.ts';
import { maxComparedNumbers } from '../../budgets/semantics.ts';
import { type Abstract, constant, constText, onlyConst } from '../../dataflow/domain/abstract.ts';
import { list } from '../../dataflow/domain/entries.ts';
import type { Constant } from '../../ir/ir.ts';
import type { BuiltinCall } from '../call/builtin-call.ts';

/**
 * Folds a numeric function of constants, so that branches on it are resolved: `int("5")`, `round(2.6)`, `divmod(7, 2)`.
 * Undefined if the result is not constant.
 */
export function foldNumber({ args, name, inst }: BuiltinCall): Abstract | undefined {
  const [first, second] = args;
  if (!first || inst.spread || inst.names) return undefined;
  if (name === 'len') return lengthOf(first);
  if (args.length === 1) return foldOne(name, onlyConst(first)?.value);
  const [a, b] = [onlyConst(first)?.value, onlyConst(second)?.value];
  if (args.length !== 2 || typeof a !== 'number' || typeof b !== 'number') return undefined;
  if (name === 'pow') return exact(a ** b);
  if (name === 'divmod' && b !== 0) return list([constant(Math.floor(a / b)), constant(((a % b) + b) % b)]);
  return undefined;
}

/** Strings whose length is uncertain: surrogate pairs count once or twice in Python, and `\N{...}` escapes are not resolved. */
const uncertain = /[\ud800-\udfff]|\\N\{/;

function lengthOf(it: Abstract): Abstract | undefined {
  if (it.length !== undefined) return constant(it.length);
  const text = constText(it);
  return text === undefined || text.length > maxTextLength || uncertain.test(text)
    ? undefined
    : constant(text.length);
}

function foldOne(name: string, it: Constant): Abstract | undefined {
  switch (name) {
    case 'int':
    case 'parseInt':
      return exact(typeof it === 'number' ? Math.trunc(it) : wholeNumber(it));
    case 'float':
    case 'Number':
    case 'parseFloat':
      return exact(typeof it === 'number' ? it : decimal(it));
    case 'abs':
      return exact(typeof it === 'number' ? Math.abs(it) : undefined);
    case 'round':
      return exact(typeof it === 'number' ? roundedToEven(it) : undefined);
    default:
      return undefined;
  }
}

/**
 * Folds a function of JavaScript's `Math` on constants: `Math.floor(500 / 42)` -> 11. Undefined if the result is not
 * constant.
 */
export function foldMath(name: string, args: readonly Abstract[]): Abstract | undefined {
  if (args.length > maxComparedNumbers) return undefined;
  const numbers = args.map((arg) => onlyConst(arg)?.value);
  if (!numbers.every((one) => typeof one === 'number') || numbers.length === 0) return undefined;
  const [first, second] = numbers as number[];
  if (first === undefined) return undefined;
  if (second !== undefined) {
    if (name === 'max' || name === 'min') return exact(Math[name](...(numbers as number[])));
    return name === 'pow' && numbers.length === 2 ? exact(first ** second) : undefined;
  }
  switch (name) {
    case 'floor':
    case 'ceil':
    case 'round':
    case 'trunc':
    case 'abs':
    case 'sqrt':
    case 'sign':
      return exact(Math[name](first));
    default:
      return undefined;
  }
}

/** Python rounds halves to the even number. */
function roundedToEven(it: number): number {
  const below = Math.floor(it);
  if (it - below !== 0.5) return Math.round(it);
  return below % 2 === 0 ? below : below + 1;
}

function wholeNumber(it: Constant): number | undefined {
  return typeof it === 'string' && /^[-+]?\d{1,15}$/.test(it) ? Number(it) : undefined;
}

function decimal(it: Constant): number | undefined {
  return typeof it === 'string' && /^[-+]?\d{1,15}(?:\.\d{1,15})?$/.test(it) ? Number(it) : undefined;
}

function exact(it: number | undefined): Abstract | undefined {
  return it !== undefined && Number.isFinite(it) && Math.abs(it) <= Number.MAX_SAFE_INTEGER
    ? constant(it)
    : undefined;
}
