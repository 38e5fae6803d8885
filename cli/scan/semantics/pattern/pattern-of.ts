import { maxFlagDepth } from '../../budgets/semantics.ts';
import { type Abstract, onlyConst, pattern, patternIn } from '../../dataflow/domain/abstract.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';

/** A regular expression whose source is known. */
export interface Pattern {
  readonly source: string;
  readonly flags: string;
}

/** The regular expression that a value holds in this function analysis; undefined if it is unknown. */
export function patternOf(frame: FunctionView, of: ValueId): Pattern | undefined {
  const flown = patternIn(frame.values[of]);
  if (flown) return flown;
  let value = of;
  let inst = frame.inst(value);
  // Each check of a value adds an effect, so there may be many.
  while (inst.op === 'cell-store' || inst.op === 'effect') {
    value = inst.value;
    inst = frame.inst(value);
  }
  switch (inst.op) {
    case 'regex':
      return { source: inst.source, flags: inst.flags };
    case 'const':
      return typeof inst.value === 'string' ? { source: inst.value, flags: '' } : undefined;
    case 'cell-load':
      return frame.engine.pattern(frame.cellNumber(inst.cell));
    case 'import': {
      const cell = frame.linked.cellOfImport(frame.info.module, inst.specifier, inst.name);
      return cell === undefined ? undefined : frame.engine.pattern(cell);
    }
    case 'member': {
      const known = onlyConst(frame.values[value])?.value;
      return typeof known === 'string' ? { source: known, flags: '' } : undefined;
    }
    case 'call': {
      // `re.compile(pattern, flags)`, `new RegExp(source, flags)`.
      const callee = frame.inst(inst.callee);
      const name =
        callee.op === 'member' || callee.op === 'global' || callee.op === 'import' ? callee.name : '';
      const [source, flags] = inst.args;
      if ((name !== 'compile' && name !== 'RegExp') || source === undefined) return undefined;
      const text = onlyConst(frame.values[source])?.value;
      if (typeof text !== 'string') return patternOf(frame, source);
      const second = flags === undefined ? '' : onlyConst(frame.values[flags])?.value;
      return { source: text, flags: typeof second === 'string' ? second : flagsOf(frame, flags) };
    }
    default: {
      const known = onlyConst(frame.values[value])?.value;
      return typeof known === 'string' ? { source: known, flags: '' } : undefined;
    }
  }
}

/** The value of `new RegExp(source, flags)` and `re.compile(source, flags)`, if the source is constant. */
export function compiled(
  frame: FunctionView,
  inst: Inst & { op: 'call' },
  callee: Inst,
): Abstract | undefined {
  const isCompiling =
    callee.op === 'global'
      ? callee.name === 'RegExp'
      : callee.op === 'import'
        ? callee.name === 'compile' && expressions.test(callee.specifier)
        : callee.op === 'member' && callee.name === 'compile' && isExpressions(frame.inst(callee.object));
  const source = inst.args[0];
  const flags = inst.args[1];
  if (!isCompiling || source === undefined) return undefined;
  const text = onlyConst(frame.values[source])?.value;
  const letters = flags === undefined ? '' : onlyConst(frame.values[flags])?.value;
  return typeof text === 'string'
    ? pattern(text, typeof letters === 'string' ? letters : flagsOf(frame, flags))
    : undefined;
}

/** Python modules for regular expressions. */
const expressions = /^(?:re|re2|regex)$/;

function isExpressions(inst: Inst): boolean {
  return inst.op === 'import' && inst.name === '*' && expressions.test(inst.specifier);
}

/** The letters of the Python flags that matter here, `m` and `s`: `re.M | re.S` -> `ms`. */
export function flagsOf(frame: FunctionView, value: ValueId | undefined, depth = 0): string {
  if (value === undefined || depth > maxFlagDepth) return '';
  const inst = frame.inst(value);
  if (inst.op === 'binary')
    return flagsOf(frame, inst.left, depth + 1) + flagsOf(frame, inst.right, depth + 1);
  if (inst.op !== 'member' && inst.op !== 'import') return '';
  return /^(M|MULTILINE)$/.test(inst.name) ? 'm' : /^(S|DOTALL)$/.test(inst.name) ? 's' : '';
}
