import { maxCapturedMembers, maxQuantifiedItems } from '../budgets/guards.ts';
import { onlyConst } from '../dataflow/domain/abstract.ts';
import { type Check, none } from '../dataflow/domain/check.ts';
import { allKinds, type Kinds, noKinds, notUp } from '../dataflow/domain/kinds.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Func, Inst, ValueId } from '../ir/ir.ts';
import { isOwn } from '../semantics/collection/own-values.ts';
import { kindsAdmittedBy } from '../semantics/pattern/pattern-kinds.ts';
import { segmentsOf } from '../semantics/text/path-segments.ts';
import { checksOf } from './checks.ts';
import { pathChecks } from './path-checks.ts';
import { withWholePaths } from './segment-checks.ts';
import { urlChecks } from './url-checks.ts';

/**
 * What Python's `all(c in SAFE for c in text)` and `any(url.startswith(p) for p in ALLOWED)` prove of `text` and `url`.
 * @param items the argument: the list that the generator expression makes
 * @param name `all` or `any`
 */
export function quantified(
  frame: FunctionView,
  items: ValueId,
  name: string,
  isTrue: boolean,
  depth: number,
): readonly Check[] {
  const list = frame.inst(items);
  const [item] = list.op === 'list' ? list.items : [];
  if (item === undefined) return none;
  if (!isTrue && name === 'all') return none;
  const found: Check[] = isTrue ? [] : [...noneContained(frame, item)];
  for (const check of checksOf(frame, item, isTrue, false, depth + 1)) {
    const checked = frame.inst(check.value);
    if (checked.op === 'element') {
      // Each character or item is an allowed one: all are, or `any` found none that is not.
      if ((name === 'all') !== isTrue) continue;
      found.push({ ...check, value: checked.value });
      // `all(isinstance(v, str) for v in (name, token))` checks the items of the tuple.
      const written = frame.inst(checked.value);
      if (written.op === 'list')
        for (const one of written.items.slice(0, maxQuantifiedItems)) found.push({ ...check, value: one });
    } else found.push(check);
  }
  return withWholePaths(frame, found);
}

/** What a false `any(c in text for c in "'\\"")` proves: the text contains none of these characters. */
function noneContained(frame: FunctionView, item: ValueId): readonly Check[] {
  const test = frame.inst(item);
  const each = test.op === 'binary' && test.operator === 'in' ? frame.inst(test.left) : undefined;
  if (test.op !== 'binary' || each?.op !== 'element') return none;
  const all = frame.values[each.value];
  const text = onlyConst(all)?.value;
  const entries = all?.rest ? [] : [...(all?.fields?.values() ?? [])];
  const texts = typeof text === 'string' ? [...text] : entries.map((one) => onlyConst(one)?.value);
  return texts
    .slice(0, maxQuantifiedItems)
    .flatMap((one) => (typeof one === 'string' ? pathChecks.without(frame, test.right, one) : []));
}

/**
 * What a true `names.every((name) => isSafe(name))` or a false `names.some((name) => !isSafe(name))` proves of `names`: the
 * callback's proof holds for each item.
 */
export function everyChecks(
  frame: FunctionView,
  inst: Inst & { op: 'call' },
  name: string,
  object: ValueId,
  isTrue: boolean,
): readonly Check[] {
  if (isTrue ? name !== 'every' : name !== 'some') return none;
  const [arg] = inst.args;
  const functions = arg === undefined ? [] : frame.linked.functions(frame.id, arg);
  const [func, ...others] = functions;
  if (func === undefined || others.length > 0) return none;
  const proofs = frame.engine.proofs(func);
  let clean = (isTrue ? proofs?.truthy : proofs?.falsy)?.get('0') ?? noKinds;
  const text = textOfCharacters(frame, object);
  const ofText =
    text === undefined ? noKinds : characterKinds(frame.linked.program.functions[func]?.func, isTrue);
  if (refusesUp(frame, func, !isTrue) && segmentsOf(frame, object).length > 0) clean = clean.union(notUp);
  if (text !== undefined && ofText !== noKinds)
    return [
      { value: text, clean: ofText },
      { value: object, clean: ofText },
    ];
  return clean === noKinds ? none : withWholePaths(frame, [{ value: object, clean }]);
}

/** The text whose characters a list holds: `text.split('')`, `[...text]`, `Array.from(text)`. Undefined for other lists. */
function textOfCharacters(frame: FunctionView, value: ValueId): ValueId | undefined {
  const inst = frame.inst(value);
  if (inst.op === 'list') {
    const [text, more] = inst.items;
    return inst.spread?.includes(0) && more === undefined && frame.values[text ?? -1]?.shape === 'text'
      ? text
      : undefined;
  }
  const callee = inst.op === 'call' ? frame.inst(inst.callee) : undefined;
  const [first, second] = inst.op === 'call' ? inst.args : [];
  if (callee?.op !== 'member' || first === undefined || second !== undefined) return undefined;
  if (callee.name === 'split')
    return onlyConst(frame.values[first])?.value === '' ? callee.object : undefined;
  const owner = frame.inst(callee.object);
  const isOfText = callee.name === 'from' && owner.op === 'global' && owner.name === 'Array';
  return isOfText && frame.values[first]?.shape === 'text' ? first : undefined;
}

/**
 * The kinds for which a text is harmless if a callback returns `isTrue` for each of its characters: true from `(c) =>
 * /[a-z0-9]/.test(c)`, or false from `(c) => !/[a-z0-9]/.test(c)`.
 */
function characterKinds(func: Func | undefined, isTrue: boolean): Kinds {
  const end = func?.blocks.length === 1 ? func.blocks[0]?.end : undefined;
  let test = end?.kind === 'return' ? func?.code[end.value] : undefined;
  let isMatched = isTrue;
  if (test?.op === 'unary' && test.operator === '!') {
    isMatched = !isMatched;
    test = func?.code[test.value];
  }
  const callee = test?.op === 'call' ? func?.code[test.callee] : undefined;
  const pattern = callee?.op === 'member' && callee.name === 'test' ? func?.code[callee.object] : undefined;
  const given = test?.op === 'call' ? func?.code[test.args[0] ?? -1] : undefined;
  if (!isMatched || pattern?.op !== 'regex' || given?.op !== 'param' || given.index !== 0) return noKinds;
  const one = /^\^?(\[(?:[^\]\\]|\\.)+\]|\\[wd])\$?$/.exec(pattern.source)?.[1];
  return one === undefined ? noKinds : kindsAdmittedBy(`${one}*`, pattern.flags, 'fullmatch');
}

/** Whether a callback is `(segment) => segment === '..'` or, without `isEqual`, the same with `!==`. */
function refusesUp({ linked }: FunctionView, id: number, isEqual: boolean): boolean {
  const func = linked.program.functions[id]?.func;
  const end = func?.blocks.length === 1 ? func.blocks[0]?.end : undefined;
  const test = end?.kind === 'return' ? func?.code[end.value] : undefined;
  if (!func || test?.op !== 'binary' || test.operator !== (isEqual ? '==' : '!=')) return false;
  const sides = [func.code[test.left], func.code[test.right]];
  return (
    sides.some((side) => side?.op === 'param' && side.index === 0) &&
    sides.some((side) => side?.op === 'const' && side.value === '..')
  );
}

/**
 * What a true `allowed.some((one) => one === x)` proves of `x`, a variable that the callback captures: `x` is one of
 * the allowed values.
 */
export function someChecks(
  frame: FunctionView,
  inst: Inst & { op: 'call' },
  name: string,
  object: ValueId,
  isTrue: boolean,
): readonly Check[] {
  if ((name !== 'some' && name !== 'find') || !isTrue || !isOwn(frame.values[object])) return none;
  const [arg] = inst.args;
  const closure = arg === undefined ? undefined : frame.inst(arg);
  if (closure?.op !== 'func') return none;
  const inner = frame.linked.program.modules[frame.info.module]?.functions[closure.func];
  const block = inner?.blocks[0];
  if (!inner || block?.end.kind !== 'return') return none;
  const test = inner.code[block.end.value];
  if (test?.op === 'call') return beginsOrEnds(frame, inner.code, test, object);
  if (test?.op !== 'binary' || test.operator !== '==') return none;
  for (const side of [test.left, test.right]) {
    const captured = capturedAs(frame, inner.code, side);
    if (captured.length > 0) return captured.map((value) => ({ value, clean: allKinds }));
  }
  return none;
}

/**
 * The values in this function that are the same thing as a value in its callback. For a captured variable, these are the value
 * stored in it and its first read here; for a member of one (`req.query.name`), the first read of that member.
 */
function capturedAs(
  frame: FunctionView,
  inner: readonly Inst[],
  value: ValueId,
  depth = 0,
): readonly ValueId[] {
  const { code } = frame.func;
  const load = inner[value];
  if (load?.op === 'member' && depth < maxCapturedMembers) {
    const objects = capturedAs(frame, inner, load.object, depth + 1).map((one) => frame.valueNumbers[one]);
    const read = code.findIndex(
      (one) =>
        one.op === 'member' && one.name === load.name && objects.includes(frame.valueNumbers[one.object]),
    );
    return read >= 0 ? [read] : [];
  }
  if (load?.op !== 'cell-load') return [];
  const stored = code.find((one) => one.op === 'cell-store' && one.cell === load.cell);
  const read = code.findIndex((one) => one.op === 'cell-load' && one.cell === load.cell);
  return [...(stored?.op === 'cell-store' ? [stored.value] : []), ...(read >= 0 ? [read] : [])];
}

/** What a true `PREFIXES.some((prefix) => url.startsWith(prefix))` proves of `url`. */
function beginsOrEnds(
  frame: FunctionView,
  code: readonly Inst[],
  test: Inst & { op: 'call' },
  list: ValueId,
): readonly Check[] {
  const callee = code[test.callee];
  const arg = code[test.args[0] ?? -1];
  if (callee?.op !== 'member' || arg?.op !== 'param' || arg.index !== 0 || test.args.length !== 1)
    return none;
  const known = frame.values[list];
  const items = known?.rest ? [] : [...(known?.fields?.values() ?? [])].map((item) => onlyConst(item)?.value);
  const texts = items.slice(0, maxQuantifiedItems).filter((text) => typeof text === 'string');
  if (texts.length === 0 || texts.length < items.length) return none;
  return capturedAs(frame, code, callee.object).flatMap((value) =>
    urlChecks.ofTexts(frame, callee.name, value, texts, true),
  );
}
