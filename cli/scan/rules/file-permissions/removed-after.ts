import { possibleValues } from '../../dataflow/query/trace-value.ts';
import type { Call, Func, ValueId } from '../../ir/ir.ts';
import { operandsOf } from '../../ir/operands.ts';
import type { Use } from '../kit/use.ts';

/** What Windows does not remove while it is read-only is made writable first, and gone then: nothing else is done with it. */
export function isRemovedAfter({ frame, value }: Use, path: ValueId | undefined): boolean {
  const removed = removedIn(frame.func);
  if (path === undefined || removed.length === 0) return false;
  const things = (one: ValueId): (number | undefined)[] =>
    possibleValues(frame, one).map((same) => frame.canonical[same]);
  const same = new Set(things(path));
  const isSame = (one: ValueId): boolean => things(one).some((thing) => same.has(thing));
  const first = removed.find(({ at, path: other }) => at > value && at - value < maxBetween && isSame(other));
  if (!first) return false;
  return !frame.func.code.slice(value + 1, first.at).some((inst) => {
    if (inst.op === 'call') return !asking.test(nameOf(frame.func, inst)) && inst.args.some(isSame);
    return (inst.op === 'list' || inst.op === 'text') && operandsOf(inst).some(isSame);
  });
}

/** Calls that ask what a file is: `statSync`, `os.path.isdir`. */
const asking = /^(l?stat|exists|access|is_?dir|is_?file|is_?link|islink)(Sync)?$/;
/** A removal that comes later than this was not what the mode was set for. */
const maxBetween = 200;

interface Removal {
  readonly at: ValueId;
  readonly path: ValueId;
}

const removing = /^(rm|rmdir|unlink|remove|rmtree|del)(Sync)?$/;
/** A function that removes more than this does something else. */
const maxRemovals = 20;

const known = new WeakMap<Func, readonly Removal[]>();

/** What a function removes: gone through once, as many modes may be set in it. */
function removedIn(func: Func): readonly Removal[] {
  const before = known.get(func);
  if (before) return before;
  const found: Removal[] = [];
  func.code.forEach((inst, at) => {
    const path = inst.op === 'call' && found.length < maxRemovals ? pathOf(func, inst) : undefined;
    if (path !== undefined) found.push({ at, path });
  });
  known.set(func, found);
  return found;
}

function pathOf(func: Func, call: Call): ValueId | undefined {
  return removing.test(nameOf(func, call)) ? call.args[0] : undefined;
}

function nameOf(func: Func, { callee }: Call): string {
  const called = func.code[callee];
  const isNamed = called?.op === 'member' || called?.op === 'import' || called?.op === 'global';
  return isNamed ? called.name : '';
}
