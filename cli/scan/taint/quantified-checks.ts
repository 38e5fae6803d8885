import type { Inst, ValueId } from '../ir/ir.ts';
import { onlyConst } from './abstract.ts';
import { type Check, none } from './check.ts';
import { checksOf } from './checks.ts';
import type { Frame } from './frame.ts';
import { allKinds } from './kinds.ts';
import { isOwn } from './own-values.ts';
import { pathChecks } from './path-checks.ts';
import { urlChecks } from './url-checks.ts';

/** `all(c in SAFE for c in text)`, `any(url.startswith(p) for p in ALLOWED)`. */
export function quantified(
  frame: Frame,
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
      // Each character, or each item, is one of our own: all are, or none is not.
      if ((name === 'all') !== isTrue) continue;
      found.push({ ...check, value: checked.value });
      // `all(isinstance(v, str) for v in (name, token))` checks what was put into the tuple.
      const written = frame.inst(checked.value);
      if (written.op === 'list')
        for (const one of written.items.slice(0, maxTexts)) found.push({ ...check, value: one });
    } else found.push(check);
  }
  return found;
}

/** `any(c in text for c in "'\\"")` that is false: none of these characters is in the text. */
function noneContained(frame: Frame, item: ValueId): readonly Check[] {
  const test = frame.inst(item);
  const each = test.op === 'binary' && test.operator === 'in' ? frame.inst(test.left) : undefined;
  if (test.op !== 'binary' || each?.op !== 'element') return none;
  const all = frame.values[each.value];
  const text = onlyConst(all)?.value;
  const entries = all?.rest ? [] : [...(all?.fields?.values() ?? [])];
  const texts = typeof text === 'string' ? [...text] : entries.map((one) => onlyConst(one)?.value);
  return texts
    .slice(0, maxTexts)
    .flatMap((one) => (typeof one === 'string' ? pathChecks.without(frame, test.right, one) : []));
}

const maxTexts = 32;

/** `allowed.some((one) => one === x)`: the callback compares with what is captured. */
export function someChecks(
  frame: Frame,
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
    const captured = capturedAs(frame, inner.code[side]);
    if (captured.length > 0) return captured.map((value) => ({ value, clean: allKinds }));
  }
  return none;
}

/** What a variable holds that a callback reads: what was stored, and the first read of it. */
function capturedAs(frame: Frame, load: Inst | undefined): readonly ValueId[] {
  if (load?.op !== 'cell-load') return [];
  const { code } = frame.func;
  const stored = code.find((one) => one.op === 'cell-store' && one.cell === load.cell);
  const read = code.findIndex((one) => one.op === 'cell-load' && one.cell === load.cell);
  return [...(stored?.op === 'cell-store' ? [stored.value] : []), ...(read >= 0 ? [read] : [])];
}

/** `PREFIXES.some((prefix) => url.startsWith(prefix))` */
function beginsOrEnds(
  frame: Frame,
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
  const texts = items.slice(0, maxTexts).filter((text) => typeof text === 'string');
  if (texts.length === 0 || texts.length < items.length) return none;
  return capturedAs(frame, code[callee.object]).flatMap((value) =>
    urlChecks.ofTexts(frame, callee.name, value, texts, true),
  );
}
