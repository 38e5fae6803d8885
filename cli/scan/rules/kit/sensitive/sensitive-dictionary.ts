import type { Linked } from '../../../callgraph/linked.ts';
import { instOf, type Place } from '../../../callgraph/query/made-by.ts';
import type { Call, Func, Inst, ValueId } from '../../../ir/ir.ts';
import { memoized } from '../../../ir/memoized.ts';
import { valueNumbersOf } from '../../../ir/query/value-numbers.ts';
import { languageOf } from '../../../languages/registry.ts';
import { nameInContext } from './sensitive-context.ts';
import { type At, any, best, type Sensitive, type Walk } from './sensitive-walk.ts';

/** The maximum number of entries, and of reads of a value, that are evaluated. */
const maxEntries = 60;

/**
 * The keyword arguments of a call that match no named parameter of the callee. They become the entries of the callee's
 * `**kwargs` dictionary.
 */
export function keywordsFor(
  linked: Linked,
  call: Place,
  func: number,
): readonly (readonly [name: string, value: ValueId])[] {
  const inst = instOf(linked, call);
  const params = linked.program.functions[func]?.func.params ?? [];
  if (inst?.op !== 'call') return [];
  const others = new Set(params.map(({ name }) => name));
  return inst.args.slice(0, maxEntries).flatMap((value, i) => {
    const name = inst.names?.[i];
    return typeof name === 'string' && name !== '**' && !others.has(name) ? [[name, value] as const] : [];
  });
}

/**
 * The most certain sensitive variable that a call of `locals()` returns: a parameter, or a variable that has a value before
 * the call. Undefined if there is none.
 */
export function ofLocals(walk: Walk, at: At, func: Func, call: ValueId): Sensitive | undefined {
  return any(
    walk,
    at,
    variablesOf(func).filter((value) => value < call),
  );
}

const variablesOf = memoized((func: Func): readonly ValueId[] => {
  const named = new Set((func.locals ?? []).map(({ value }) => value));
  return [...func.code.keys()]
    .filter((value) => func.code[value]?.op === 'param' || named.has(value))
    .slice(0, maxEntries);
});

/** Whether a call is `locals()`, which returns all variables of its function. */
export function isLocals(callee: Inst, { args }: Call): boolean {
  return callee.op === 'global' && callee.name === 'locals' && args.length === 0;
}

/**
 * The most certain sensitive entry of a dictionary, judging by the names that the function reads from the dictionary. For
 * `request.POST`, that is `password` if the function reads `request.POST['password']`. Undefined if it reads no sensitive
 * name.
 */
export function byItsEntries(walk: Walk, at: At, func: Func, value: ValueId): Sensitive | undefined {
  const module = walk.linked.program.modules[walk.linked.program.functions[at.func]?.module ?? 0];
  if (languageOf(module).entriesAreMembers) return undefined;
  let found: Sensitive | undefined;
  for (const [read, name] of readsOf(func).get(valueNumbersOf(func)[value] ?? -1) ?? []) {
    const place = { func: at.func, value: read };
    const inst = func.code[read] as Inst;
    found = best(found, () => {
      const it = nameInContext(walk.linked, place, inst, name);
      return it && { ...it, name, place, isWhole: true };
    });
  }
  return found;
}

type Reads = ReadonlyMap<number, readonly (readonly [read: ValueId, name: string])[]>;

/** By value number of a dictionary: the reads of its entries by a literal name, `data['name']` and `data.get('name')`. */
const readsOf = memoized((func: Func): Reads => {
  const all = new Map<number, (readonly [ValueId, string])[]>();
  const canonical = valueNumbersOf(func);
  func.code.forEach((inst, value) => {
    const [object, key] = readIn(func, inst);
    const name = func.code[key ?? -1];
    if (object === undefined || name?.op !== 'const' || typeof name.value !== 'string') return;
    const of = canonical[object] as number;
    const list = all.get(of);
    if (!list) all.set(of, [[value, name.value]]);
    else if (list.length < maxEntries) list.push([value, name.value]);
  });
  return all;
});

function readIn(func: Func, inst: Inst): readonly [object?: ValueId, key?: ValueId | undefined] {
  if (inst.op === 'index') return [inst.object, inst.key];
  const callee = inst.op === 'call' ? func.code[inst.callee] : undefined;
  return inst.op === 'call' && callee?.op === 'member' && callee.name === 'get'
    ? [callee.object, inst.args[0]]
    : [];
}
