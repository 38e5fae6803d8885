import { possibleValues } from '../../dataflow/query/trace-value.ts';
import type { Call, Func, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { operandsOf } from '../../ir/operands.ts';
import type { Use } from '../kit/use.ts';

/**
 * Whether the file whose mode a call changes is removed next, before anything else uses it. Such a call often makes a file
 * writable only because Windows does not remove read-only files.
 */
export function isRemovedAfter({ frame, value }: Use, path: ValueId | undefined): boolean {
  const removed = removedIn(frame.func);
  if (path === undefined || removed.length === 0) return false;
  const things = (one: ValueId): (number | undefined)[] =>
    possibleValues(frame, one).map((same) => frame.valueNumbers[same]);
  const same = new Set(things(path));
  const isSame = (one: ValueId): boolean => things(one).some((thing) => same.has(thing));
  const first = removed.find(({ at, path: other }) => at > value && at - value < maxBetween && isSame(other));
  if (!first) return false;
  return !frame.func.code.slice(value + 1, first.at).some((inst) => {
    if (inst.op === 'call') return !asking.test(nameOf(frame.func, inst)) && inst.args.some(isSame);
    return (inst.op === 'list' || inst.op === 'text') && operandsOf(inst).some(isSame);
  });
}

/** Calls that query a file: `statSync`, `os.path.isdir`. */
const asking = /^(l?stat|exists|access|is_?dir|is_?file|is_?link|islink)(Sync)?$/;
/** The maximum distance between the mode and the removal that it is for. */
const maxBetween = 200;

interface Removal {
  readonly at: ValueId;
  readonly path: ValueId;
}

const removing = /^(rm|rmdir|unlink|remove|rmtree|del)(Sync)?$/;
/** A function with more removals does something else. */
const maxRemovals = 20;

/** The removals in a function. They are cached, as it may set many modes. */
const removedIn = memoized((func: Func): readonly Removal[] => {
  const found: Removal[] = [];
  func.code.forEach((inst, at) => {
    const path = inst.op === 'call' && found.length < maxRemovals ? pathOf(func, inst) : undefined;
    if (path !== undefined) found.push({ at, path });
  });
  return found;
});

function pathOf(func: Func, call: Call): ValueId | undefined {
  return removing.test(nameOf(func, call)) ? call.args[0] : undefined;
}

function nameOf(func: Func, { callee }: Call): string {
  const called = func.code[callee];
  const isNamed = called?.op === 'member' || called?.op === 'import' || called?.op === 'global';
  return isNamed ? called.name : '';
}
