import { maxHopsToPath, maxNormalisedBranches } from '../budgets/guards.ts';
import type { Linked } from '../callgraph/linked.ts';
import { instAt, origin } from '../callgraph/query/called-on.ts';
import { fieldOfAny } from '../callgraph/query/own-field.ts';
import { onlyConst } from '../dataflow/domain/abstract.ts';
import { writtenWithSeparator } from '../dataflow/domain/cell-index.ts';
import type { Check } from '../dataflow/domain/check.ts';
import { kinds, marksGone, noKinds, notUp } from '../dataflow/domain/kinds.ts';
import { constantKey } from '../dataflow/query/constant-key.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import { blockOf } from '../ir/block-of.ts';
import type { Inst, ValueId } from '../ir/ir.ts';
import { segmentsOf } from '../semantics/text/path-segments.ts';
import { plainPath } from './plain-path.ts';
import { isUnnormalisedArgument } from './unnormalised-argument.ts';

const pathKinds = kinds('path', 'upload');
const normalisers: ReadonlySet<string> = new Set([
  'resolve',
  'realpath',
  'realpathSync',
  'abspath',
  'normpath',
  'normalize',
  'absolute',
]);

/**
 * What a test of a file path proves. There is one function for each form of test: a call, an equality, a text that the path
 * does not contain, and Python's `base in path.parents`.
 */
export const pathChecks: {
  call: typeof call;
  equality: typeof equality;
  without: typeof without;
  inside: typeof inside;
} = { call, equality, without, inside };

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

function importName(frame: FunctionView, value: ValueId): string | undefined {
  const inst = frame.inst(value);
  return inst.op === 'import' ? inst.name : undefined;
}

/** Whether a file path is normalised: it has no `..`. Also true for shared variables and most parameters. False when unknown. */
function isNormal(frame: FunctionView, value: ValueId, depth = 0): boolean {
  const inst = plain(frame, value);
  if (inst.op === 'phi')
    return depth < maxNormalisedBranches && isNormalOnAll(frame, plainPath(frame, value), inst, depth + 1);
  // A parameter is treated as normalised unless its callers join paths.
  if (inst.op === 'param') return !isUnnormalisedArgument(frame, inst.index);
  if (inst.op !== 'call') return inst.op === 'cell-load';
  const callee = frame.inst(inst.callee);
  if (callee.op === 'member' && isPromise(frame.inst(callee.object))) return false;
  const name = constantKey(frame, callee) ?? importName(frame, inst.callee);
  if (name !== undefined && normalisers.has(name)) return true;
  if (returnsNormal(frame, plainPath(frame, value))) return true;
  if (name === undefined) return false;
  return name === 'join' && frame.language.joinNormalisesPaths;
}

/**
 * Whether the input of a phi is normalised, or a constant, on each executable edge: `try: path = (root / name).resolve()`, `except
 * OSError: path = None`.
 */
function isNormalOnAll(
  frame: FunctionView,
  value: ValueId,
  { inputs }: Inst & { op: 'phi' },
  depth: number,
): boolean {
  const block = blockOf(frame.func, value);
  const { preds = [] } = frame.func.blocks[block] ?? {};
  const taken = inputs.filter((_, i) => frame.edges.isTaken(preds[i] ?? -1, block));
  return (
    taken.some((input) => frame.inst(input).op === 'call') &&
    taken.every((input) => {
      const { op } = plain(frame, input);
      return op === 'const' || ((op === 'call' || op === 'phi') && isNormal(frame, input, depth));
    })
  );
}

/** Whether a value is `Promise`, whose `resolve(text)` returns the text unchanged. */
function isPromise(inst: Inst | undefined): boolean {
  return inst?.op === 'global' && inst.name === 'Promise';
}

/** Whether a call runs functions of the project that return a normalised path: `within(root, name)`. */
function returnsNormal({ linked, id }: FunctionView, call: ValueId): boolean {
  const targets = linked.targets(id, call);
  return targets.length > 0 && targets.every(({ func, makes }) => makes < 0 && returnsCallOf(linked, func));
}

function returnsCallOf({ program }: Linked, id: number): boolean {
  const func = program.functions[id]?.func;
  const ends = func?.blocks.flatMap(({ end }) => (end.kind === 'return' ? [end.value] : [])) ?? [];
  return (
    ends.length > 0 &&
    ends.every((value) => {
      const inst = func?.code[value];
      const callee = inst?.op === 'call' ? func?.code[inst.callee] : undefined;
      if (callee?.op === 'member' && isPromise(func?.code[callee.object])) return false;
      return (callee?.op === 'member' || callee?.op === 'import') && normalisers.has(callee.name);
    })
  );
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

/** Whether a prefix may end with a separator. Without one, `/srv/app` is also a prefix of `/srv/app-secrets`. */
function endsWithSeparator(frame: FunctionView, value: ValueId): boolean {
  const known = frame.values[value];
  const constant = onlyConst(known)?.value;
  if (typeof constant === 'string') return /[/\\]$/.test(constant);
  const inst = plain(frame, value);
  if (inst.op === 'binary' && inst.operator === '+') return isSeparator(frame, inst.right);
  if (inst.op === 'text') return isSeparator(frame, inst.parts.at(-1) ?? -1);
  if (inst.op === 'call') {
    const name = constantKey(frame, frame.inst(inst.callee)) ?? importName(frame, inst.callee) ?? '';
    const last = inst.args.at(-1);
    if (name === 'join' && last !== undefined) {
      const text = onlyConst(frame.values[last])?.value;
      return text === '' || (typeof text === 'string' && /[/\\]$/.test(text));
    }
    return (
      !normalisers.has(name) && name !== 'join' && name !== 'dirname' && name !== 'str' && name !== 'String'
    );
  }
  if (inst.op === 'cell-load') return frame.engine.endsWithSeparator(frame.cellNumber(inst.cell));
  if (inst.op === 'member' && isFieldWithout(frame, inst)) return false;
  // `str(self.root)` is the text of a path, which ends with no separator.
  return (inst.op === 'param' || inst.op === 'member') && !isTextOf(frame, value);
}

/** Whether a member is a field of `this` that is assigned a known value without a separator at its end. */
function isFieldWithout(
  { linked, id, func }: FunctionView,
  { object, name }: Inst & { op: 'member' },
): boolean {
  if (func.code[object]?.op !== 'this') return false;
  return fieldOfAny(linked, id, name).some((place) => {
    const made = origin(linked, place);
    const inst = instAt(linked, made);
    const { func: maker } = linked.program.functions[made.func] ?? {};
    // A constructor's argument is unknown.
    const isWritten =
      inst?.op === 'const' || inst?.op === 'text' || inst?.op === 'binary' || inst?.op === 'call';
    return maker !== undefined && isWritten && !writtenWithSeparator(maker, made.value);
  });
}

function isTextOf(frame: FunctionView, value: ValueId): boolean {
  const inst = frame.inst(value);
  const callee = inst.op === 'call' ? frame.inst(inst.callee) : undefined;
  return callee?.op === 'global' && callee.name === 'str';
}

function isSeparator(frame: FunctionView, value: ValueId): boolean {
  if (value < 0) return false;
  const constant = onlyConst(frame.values[value])?.value;
  if (typeof constant === 'string') return /[/\\]$/.test(constant);
  const inst = frame.inst(value);
  return (inst.op === 'member' || inst.op === 'import') && inst.name === 'sep';
}

function plain(frame: FunctionView, value: ValueId): Inst {
  return frame.inst(plainPath(frame, value));
}
