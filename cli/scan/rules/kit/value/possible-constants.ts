import { callsOf, instOf, madeBy, type Place } from '../../../callgraph/query/made-by.ts';
import { passedFor } from '../../../callgraph/query/passed-for.ts';
import type { Constant, ValueId } from '../../../ir/ir.ts';
import type { Use } from '../use.ts';
import { entryOf } from './entry-of.ts';

/** Constants that a value may be. It may be other values too. */
export interface PossibleConstants {
  readonly all: ReadonlySet<Constant>;
  /** Whether branches or callers choose the value, so that no single constant is certain. */
  readonly isIndirect: boolean;
}

interface Walk {
  readonly use: Use;
  readonly all: Set<Constant>;
  isIndirect: boolean;
  left: number;
}

const maxSteps = 60;

/** Collects constants that a value may be, from branches, entries of objects, defaults of parameters and arguments of callers. */
export function possibleConstants(use: Use, place: Place): PossibleConstants {
  const known = place.func === use.frame.id ? use.frame.values[place.value]?.consts : undefined;
  const walk: Walk = { use, all: new Set(), isIndirect: false, left: maxSteps };
  if (known && known.length === 1) walk.all.add(known[0]);
  else read(walk, place);
  return walk;
}

function read(walk: Walk, from: Place): void {
  if (walk.left-- <= 0) return;
  const { linked } = walk.use.frame;
  const place = madeBy(linked, from);
  const inst = instOf(linked, place);
  const at = (value: ValueId): void => read(walk, { func: place.func, value });
  switch (inst?.op) {
    case 'const':
      walk.all.add(inst.value);
      return;
    case 'effect':
      at(inst.value);
      return;
    case 'phi': {
      walk.isIndirect = true;
      const isGiven = inst.inputs.some((input) => isAlwaysGiven(walk, { func: place.func, value: input }));
      for (const input of inst.inputs.slice(0, 8)) {
        const one = instOf(linked, { func: place.func, value: input });
        if (!(isGiven && one?.op === 'const')) at(input);
      }
      return;
    }
    case 'param':
      walk.isIndirect = true;
      for (const arg of passed(walk, place.func, inst.index)) if (arg) read(walk, arg);
      return;
    case 'call':
      // `Number('1024')`, `int("1024")`
      if (inst.args.length > 0 && isNumber(walk, place, inst.callee)) at(inst.args[0] as ValueId);
      return;
    case 'member': {
      const entry = entryOf(linked, { func: place.func, value: inst.object }, inst.name);
      if (entry) read(walk, entry);
    }
  }
}

function isNumber(walk: Walk, place: Place, callee: ValueId): boolean {
  const inst = instOf(walk.use.frame.linked, { func: place.func, value: callee });
  return inst?.op === 'global' && /^(Number|parseInt|int)$/.test(inst.name);
}

/** The default of a parameter doesn't count if every caller passes a value. */
function isAlwaysGiven(walk: Walk, place: Place): boolean {
  const inst = instOf(walk.use.frame.linked, place);
  if (inst?.op !== 'param') return false;
  const args = passed(walk, place.func, inst.index);
  return args.length > 0 && args.every((arg) => arg !== undefined);
}

function passed(walk: Walk, func: number, index: number): readonly (Place | undefined)[] {
  const { linked } = walk.use.frame;
  return callsOf(linked, func)
    .slice(0, 8)
    .map((call) => {
      const [value] = passedFor(linked, call, func, index);
      return value === undefined ? undefined : { func: call.func, value };
    });
}
