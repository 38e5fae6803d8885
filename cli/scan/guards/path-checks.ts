import { maxHopsToPath } from '../budgets/guards.ts';
import { onlyConst } from '../dataflow/domain/abstract.ts';
import type { Check } from '../dataflow/domain/check.ts';
import { kinds, marksGone, noKinds, notUp } from '../dataflow/domain/kinds.ts';
import { constantKey } from '../dataflow/query/constant-key.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Inst, ValueId } from '../ir/ir.ts';
import { segmentsOf } from '../semantics/text/path-segments.ts';
import { endsWithSeparator } from './ending-separator.ts';
import { importName, isNormal, plain } from './normal-path.ts';

const pathKinds = kinds('path', 'upload');

/**
 * What a test of a file path proves. There is one function for each form of test: a call, an equality, a text that the path
 * does not contain, Python's `base in path.parents`, and `path.relative_to(base)`, which throws for other paths.
 */
export const pathChecks: {
  call: typeof call;
  equality: typeof equality;
  without: typeof without;
  inside: typeof inside;
  below: typeof below;
} = { call, equality, without, inside, below };

function call(
  frame: FunctionView,
  _value: ValueId,
  inst: Inst & { op: 'call' },
  name: string,
  object: ValueId,
  isTrue: boolean,
): readonly Check[] {
  const [arg] = inst.args;
  if (name === 'startsWith' || name === 'startswith') {
    if (arg === undefined) return [];
    const text = onlyConst(frame.values[arg])?.value;
    if (!isTrue) {
      if (text === '/') return [{ value: object, clean: noKinds, conjunct: 'relative' }];
      return typeof text === 'string' && /^\.\.[/\\]?$/.test(text) && isRelative(frame, object)
        ? fromRelative(frame, object, 'not-up')
        : [];
    }
    // `data:image/png;base64,...` names no file, whatever opens it.
    if (typeof text === 'string' && text.startsWith('data:'))
      return [{ value: object, clean: kinds('path') }];
    if (!endsWithSeparator(frame, arg)) return [];
    // A text with this prefix stays in the folder if `..` is refused as well.
    return isNormal(frame, object)
      ? withMade(frame, object)
      : [{ value: object, clean: noKinds, conjunct: 'relative' }];
  }
  if (name === 'is_relative_to' && isTrue && arg !== undefined && isNormal(frame, object))
    return withMade(frame, object);
  if ((name === 'isAbsolute' || name === 'isabs') && !isTrue && arg !== undefined)
    return isRelative(frame, arg)
      ? fromRelative(frame, arg, 'relative')
      : [{ value: arg, clean: noKinds, conjunct: 'relative' }];
  return [];
}

/** What `commonpath([base, path]) == base` and `path.parent == base` prove. */
function equality(frame: FunctionView, value: ValueId, other: ValueId, equal: boolean): readonly Check[] {
  if (!equal) return [];
  const inst = frame.inst(value);
  if (inst.op === 'member' && inst.name === 'parent' && isNormal(frame, inst.object))
    return [{ value: inst.object, clean: pathKinds }];
  if (inst.op !== 'call') return [];
  const callee = frame.inst(inst.callee);
  const name = callee.op === 'import' ? callee.name : constantKey(frame, callee);
  const [arg] = inst.args;
  // `full === base`, where the path was made of `base`.
  if (isNormal(frame, value) && isMadeOf(frame, value, other)) return [{ value, clean: pathKinds }];
  const list = arg === undefined ? undefined : frame.inst(arg);
  if (name === 'commonpath' && list?.op === 'list') {
    return list.items.filter((item) => isNormal(frame, item)).flatMap((item) => withMade(frame, item));
  }
  if (name === 'dirname' && arg !== undefined && isNormal(frame, arg))
    return [{ value: arg, clean: pathKinds }];
  return [];
}

/** Whether a path begins with a base that it was joined to: `path.join(base, name)`, `path.resolve(path.join(base, name))`. */
function isMadeOf(frame: FunctionView, path: ValueId, base: ValueId): boolean {
  let inst = plain(frame, path);
  for (let depth = 0; depth < maxHopsToPath && inst.op === 'call'; depth++) {
    const [first, more] = inst.args;
    if (first === undefined) return false;
    if (more !== undefined) return frame.valueNumbers[first] === frame.valueNumbers[base];
    inst = plain(frame, first);
  }
  return false;
}

/** What `base in path.parents` proves. The argument is the value of `path.parents`. */
function inside(frame: FunctionView, parents: ValueId): readonly Check[] {
  const inst = frame.inst(parents);
  return inst.op === 'member' && isNormal(frame, inst.object) ? withMade(frame, inst.object) : [];
}

/** What `path.relative_to(base)` proves of `path` once it returns. Nothing if the path may contain `..`. */
function below(frame: FunctionView, path: ValueId): readonly Check[] {
  return isNormal(frame, path) ? withMade(frame, path) : [];
}

/** What is proven if `value` does not contain `text`: without `..`, for example, it leads to no parent folder. */
function without(frame: FunctionView, value: ValueId, text: string): readonly Check[] {
  if (text === '..') {
    const whole = [value, ...segmentsOf(frame, value)];
    return whole.flatMap((path) => [
      { value: path, clean: notUp },
      { value: path, clean: noKinds, conjunct: 'not-up' },
    ]);
  }
  const clean = marksGone(new Set([text]));
  if (clean !== noKinds) return [{ value, clean }];
  return text === '/' ? [{ value, clean: noKinds, conjunct: 'single' }] : [];
}

/** Whether a value is the result of `path.relative(base, path)`. */
function isRelative(frame: FunctionView, value: ValueId): boolean {
  const inst = plain(frame, value);
  if (inst.op !== 'call') return false;
  const name = constantKey(frame, frame.inst(inst.callee)) ?? importName(frame, inst.callee);
  return name === 'relative' || name === 'relpath';
}

function fromRelative(
  frame: FunctionView,
  value: ValueId,
  conjunct: 'not-up' | 'relative',
): readonly Check[] {
  const inst = plain(frame, value);
  if (inst.op !== 'call') return [];
  return [
    { value, clean: noKinds, conjunct },
    ...inst.args.map((arg) => ({ value: arg, clean: conjunct === 'not-up' ? pathKinds : noKinds, conjunct })),
  ];
}

/** Checks of a path, and of the only text that it was made of: if that led out of the base, the test would have failed. */
function withMade(frame: FunctionView, value: ValueId): readonly Check[] {
  const checks: Check[] = [{ value, clean: pathKinds }];
  const inst = plain(frame, value);
  if (inst.op !== 'call') return checks;
  const [only, more] = inst.args;
  const callee = frame.inst(inst.callee);
  if (only !== undefined && more === undefined) checks.push({ value: only, clean: pathKinds });
  else if (only === undefined && callee.op === 'member')
    checks.push({ value: callee.object, clean: pathKinds });
  return checks;
}
