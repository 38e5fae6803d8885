import { maxRecordBases, maxRecordFields } from '../../budgets/callgraph.ts';
import type { Call, Func, Inst, ValueId } from '../../ir/ir.ts';
import { resultInto } from '../calls.ts';
import type { Linker } from '../linker.ts';
import { field } from '../members.ts';
import { type FuncInfo, languageAt, type Program } from '../program.ts';

type Bases = (owner: number) => readonly (number | string)[];

/**
 * The names of the fields of a Python data class or named tuple, in the order of its constructor's arguments: inherited
 * fields first. If the class has too many fields to track, returns only the first `maxRecordFields + 1` names.
 */
export function recordFields({ classes }: Program, bases: Bases, owner: number): readonly string[] {
  const names = new Set<string>();
  const seen = new Set<number>();
  const visit = (id: number): void => {
    if (seen.has(id) || seen.size >= maxRecordBases) return;
    seen.add(id);
    for (const base of bases(id)) if (typeof base === 'number') visit(base);
    for (const { name } of classes[id]?.class.fields ?? []) {
      if (names.size > maxRecordFields) return;
      names.add(name);
    }
  };
  visit(owner);
  return [...names];
}

/**
 * Whether a Python class is a named tuple, directly or through a base class. The fields of its instances are also items of
 * a tuple.
 */
export function isNamedTuple(bases: Bases, owner: number): boolean {
  const above = new Set([owner]);
  // The set grows during the loop.
  for (const id of above) {
    for (const base of bases(id)) {
      if (base === 'namedtuple' || base === 'NamedTuple') return true;
      if (typeof base === 'number' && above.size < maxRecordBases) above.add(base);
    }
  }
  return false;
}

/**
 * Makes the arguments of a constructor call flow into the fields that the class declares, if it is a Python data class or
 * named tuple: `Pair(left, right)`.
 */
export function constrainRecord(linker: Linker, info: FuncInfo, inst: Call, owner: number): void {
  const { program, graph, tokens } = linker;
  if (inst.args.length === 0 || !languageAt(program, info.module).classBodiesDeclareFields) return;
  // The bases are complete once all certain facts have been propagated.
  linker.later(() => {
    const bases: Bases = (id) => linker.bases.get(id) ?? [];
    const names = recordFields(program, bases, owner);
    if (names.length === 0) return;
    const instance = tokens.of('instance', owner);
    const isTuple = isNamedTuple(bases, owner);
    inst.args.forEach((arg, i) => {
      if (inst.spread?.includes(i)) return;
      const name = inst.names?.[i] ?? names[i];
      if (name === undefined) return;
      graph.edge(info.firstValue + arg, field(linker, instance, name));
      const at = names.indexOf(name);
      if (isTuple && at >= 0) graph.edge(info.firstValue + arg, field(linker, instance, String(at)));
    });
  });
}

/** Functions that declare the default of a field in a data class. */
const declaring: ReadonlySet<string> = new Set(['field', 'Field', 'attrib', 'ib']);

/**
 * Makes the default value of a data class's field flow into the node `to`. For `field(default=x)` this is `x`, and for
 * `field(default_factory=make)` the result of `make()`. Does nothing for other values.
 */
export function constrainDefault(linker: Linker, info: FuncInfo, value: ValueId, to: number): void {
  const inst = info.func.code[unwrapped(info.func, value)];
  if (inst?.op !== 'call' || !inst.names || !declaring.has(calledName(info.func, inst))) return;
  inst.names.forEach((name, i) => {
    const given = info.firstValue + (inst.args[i] as number);
    if (name === 'default') linker.graph.edge(given, to);
    else if (name === 'default_factory' || name === 'factory') resultInto(linker, given, to);
  });
}

function unwrapped({ code }: Func, value: ValueId): ValueId {
  const inst = code[value];
  return inst?.op === 'typed' ? inst.value : value;
}

function calledName({ code }: Func, inst: Call): string {
  const callee: Inst | undefined = code[inst.callee];
  return callee?.op === 'import' || callee?.op === 'member' ? callee.name : '';
}
