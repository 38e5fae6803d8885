import { maxHopsToPath, maxNormalisedBranches } from '../budgets/guards.ts';
import type { Linked } from '../callgraph/linked.ts';
import { onlyConst } from '../dataflow/domain/abstract.ts';
import { constantKey } from '../dataflow/query/constant-key.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import { blockOf } from '../ir/block-of.ts';
import type { Inst, ValueId } from '../ir/ir.ts';
import { isUnnormalisedArgument } from './unnormalised-argument.ts';

/** Functions that return a path without `..`. */
export const normalisers: ReadonlySet<string> = new Set([
  'resolve',
  'realpath',
  'realpathSync',
  'abspath',
  'normpath',
  'normalize',
  'absolute',
]);

/** Whether a file path is normalised: it has no `..`. Also true for shared variables and most parameters. False when unknown. */
export function isNormal(frame: FunctionView, value: ValueId, depth = 0): boolean {
  const inst = plain(frame, value);
  if (inst.op === 'phi')
    return depth < maxNormalisedBranches && isNormalOnAll(frame, plainValue(frame, value), inst, depth + 1);
  // A parameter is treated as normalised unless its callers join paths.
  if (inst.op === 'param') return !isUnnormalisedArgument(frame, inst.index);
  if (inst.op !== 'call') return inst.op === 'cell-load';
  const callee = frame.inst(inst.callee);
  if (callee.op === 'member' && isPromise(frame.inst(callee.object))) return false;
  const name = constantKey(frame, callee) ?? importName(frame, inst.callee);
  if (name !== undefined && normalisers.has(name)) return true;
  // `Path(os.path.realpath(name))`
  const [only, more] = inst.args;
  if (name === 'Path' && only !== undefined && more === undefined && plain(frame, only).op === 'call')
    return depth < maxNormalisedBranches && isNormal(frame, only, depth + 1);
  if (returnsNormal(frame, plainValue(frame, value))) return true;
  if (name === undefined) return false;
  if (replacesBackslashes(frame, inst, name) && callee.op === 'member')
    return isWithoutBackslash(frame, callee.object) && isNormal(frame, callee.object, depth);
  return name === 'join' && frame.language.joinNormalisesPaths;
}

/** `path.replace(/\\/g, '/')`, the path with slashes only. */
function replacesBackslashes(frame: FunctionView, { args }: Inst & { op: 'call' }, name: string): boolean {
  const [pattern, by] = args;
  if (pattern === undefined || by === undefined || onlyConst(frame.values[by])?.value !== '/') return false;
  if (name !== 'replace' && name !== 'replaceAll') return false;
  const regex = frame.inst(pattern);
  if (regex.op === 'regex')
    return regex.flags.includes('g') && /^(?:\\\\|\[\\\\\/?\])\+?$/.test(regex.source);
  return name === 'replaceAll' && onlyConst(frame.values[pattern])?.value === '\\';
}

/**
 * Whether a path held no backslash when it was normalised: `normalize(text.replace(/\\/g, '/'))`. Otherwise `..\..` stays as it is
 * on Linux, and becomes `../..` when its backslashes are replaced later.
 */
function isWithoutBackslash(frame: FunctionView, value: ValueId): boolean {
  const made = plain(frame, value);
  if (made.op !== 'call' || made.args.length !== 1) return false;
  const inner = plain(frame, made.args[0] ?? value);
  if (inner.op !== 'call') return false;
  const name = constantKey(frame, frame.inst(inner.callee));
  return name !== undefined && replacesBackslashes(frame, inner, name);
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

/** The name under which a value was imported. Undefined for other values. */
export function importName(frame: FunctionView, value: ValueId): string | undefined {
  const inst = frame.inst(value);
  return inst.op === 'import' ? inst.name : undefined;
}

/** The instruction inside any effects, casts, awaits and `str(...)`. */
export function plain(frame: FunctionView, value: ValueId): Inst {
  return frame.inst(plainValue(frame, value));
}

/** The value inside any effects, casts, awaits and `str(...)`. */
function plainValue(frame: FunctionView, value: ValueId): ValueId {
  let at = frame.valueNumbers[value] ?? value;
  for (let depth = 0; depth < maxHopsToPath; depth++) {
    const inst = frame.inst(at);
    if (inst.op === 'effect' || inst.op === 'await' || inst.op === 'typed' || inst.op === 'cell-store')
      at = inst.value;
    else if (inst.op === 'call') {
      const callee = frame.inst(inst.callee);
      const [arg] = inst.args;
      // `str(path)`
      if (callee.op !== 'global' || (callee.name !== 'str' && callee.name !== 'String') || arg === undefined)
        break;
      at = arg;
    } else break;
  }
  return at;
}
