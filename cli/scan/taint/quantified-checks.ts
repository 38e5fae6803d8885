import type { Inst, ValueId } from '../ir/ir.ts';
import { onlyConst } from './abstract.ts';
import { type Check, none } from './check.ts';
import { checksOf } from './checks.ts';
import type { Frame } from './frame.ts';
import { allKinds } from './kinds.ts';
import { isOwn } from './own-values.ts';
import { pathChecks } from './path-checks.ts';

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
  if (!isTrue) return name === 'any' ? noneContained(frame, item) : none;
  const found: Check[] = [];
  for (const check of checksOf(frame, item, true, false, depth + 1)) {
    const checked = frame.inst(check.value);
    if (checked.op === 'element') {
      // Each character, or each item, is one of our own.
      if (name === 'all') found.push({ ...check, value: checked.value });
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
  if (test?.op !== 'binary' || test.operator !== '==') return none;
  for (const side of [test.left, test.right]) {
    const load = inner.code[side];
    if (load?.op !== 'cell-load') continue;
    const stored = frame.func.code.find((one) => one.op === 'cell-store' && one.cell === load.cell);
    if (stored?.op === 'cell-store') return [{ value: stored.value, clean: allKinds }];
    const read = frame.func.code.findIndex((one) => one.op === 'cell-load' && one.cell === load.cell);
    if (read >= 0) return [{ value: read, clean: allKinds }];
  }
  return none;
}
