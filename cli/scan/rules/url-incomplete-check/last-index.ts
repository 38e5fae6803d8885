import { constText, onlyConst } from '../../dataflow/domain/abstract.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';
import { type ByHost, byHost } from '../../languages/by-host.ts';
import { calleeName, known, type Use } from '../kit/use.ts';

/** A search for a text in another one, from the end. */
interface Search {
  readonly value: ValueId;
  readonly subject: ValueId;
  readonly text: ValueId;
}

/**
 * Finds a check such as `host.lastIndexOf(ending) === host.length - ending.length`, and returns the checked text (`host`).
 * The check is wrong if `host` does not contain `ending` and is one character shorter: both sides are then -1. Undefined
 * for other instructions, and if the function also tests for -1 or compares the lengths.
 */
export function suffixByIndex(use: Use): ValueId | undefined {
  const { inst } = use;
  if (inst.op !== 'binary' || (inst.operator !== '==' && inst.operator !== '!=')) return undefined;
  return ofSides(use, inst.left, inst.right) ?? ofSides(use, inst.right, inst.left);
}

function ofSides(use: Use, value: ValueId, other: ValueId): ValueId | undefined {
  const rest = use.frame.inst(other);
  if (rest.op !== 'binary' || rest.operator !== '-') return undefined;
  const search = searchAt(use, value);
  return search &&
    isSame(use, lengthOf(use, rest.left), search.subject) &&
    isLengthOf(use, rest.right, search.text) &&
    !excludesMissing(use, search)
    ? search.subject
    : undefined;
}

function searchAt(use: Use, value: ValueId): Search | undefined {
  const call = use.frame.inst(value);
  const callee = call.op === 'call' ? use.frame.inst(call.callee) : undefined;
  if (call.op !== 'call' || callee?.op !== 'member' || call.args.length !== 1) return undefined;
  const [text] = call.args;
  const isSearch = byHost(use.language, searches)?.test(callee.name) ?? false;
  return isSearch && text !== undefined ? { value, subject: callee.object, text } : undefined;
}

const searches: ByHost<RegExp> = { javascript: /^(lastIndexOf|indexOf)$/, python: /^r?find$/ };

/** The value whose length is read: `text.length`, `len(text)`. */
function lengthOf(use: Use, value: ValueId): ValueId | undefined {
  const inst: Inst = use.frame.inst(value);
  if (inst.op === 'member' && inst.name === 'length') return inst.object;
  return inst.op === 'call' && calleeName(use, inst) === 'len' ? inst.args[0] : undefined;
}

function isLengthOf(use: Use, value: ValueId, text: ValueId): boolean {
  const constant = onlyConst(known(use, value))?.value;
  const length = constText(known(use, text))?.length;
  return length !== undefined && constant === length ? true : isSame(use, lengthOf(use, value), text);
}

/** Whether two values are the same value number, variable or constant. */
function isSame(use: Use, one: ValueId | undefined, other: ValueId): boolean {
  if (one === undefined) return false;
  const { valueNumbers: canonical } = use.frame;
  if (canonical[one] === canonical[other]) return true;
  const [a, b] = [use.frame.inst(one), use.frame.inst(other)];
  if (a.op === 'cell-load' && b.op === 'cell-load') return a.cell === b.cell;
  const text = constText(known(use, one));
  return text !== undefined && text === constText(known(use, other));
}

/** Whether the function compares the position, as in `at >= 0` and `at !== -1`, or the lengths. */
function excludesMissing(use: Use, { value, subject, text }: Search): boolean {
  return use.frame.func.code.some((inst, at) => {
    if (inst.op !== 'binary' || at === use.value) return false;
    if (!/^(==|!=|<=?|>=?)$/.test(inst.operator)) return false;
    const sides = [inst.left, inst.right];
    const isOfPlace = sides.some((side) => {
      const other = searchAt(use, side);
      return (
        side === value || (other && isSame(use, other.subject, subject) && isSame(use, other.text, text))
      );
    });
    if (isOfPlace)
      return sides.some(
        (side) => typeof onlyConst(use.frame.values[side])?.value === 'number' || isMinusOne(use, side),
      );
    return sides.some((side) => isSame(use, lengthOf(use, side), subject));
  });
}

function isMinusOne(use: Use, value: ValueId): boolean {
  const inst = use.frame.inst(value);
  return inst.op === 'unary' && inst.operator === '-';
}
