import type { Linked } from '../../callgraph/linked.ts';
import { callsOf, instOf, madeBy, type Place } from '../../callgraph/query/made-by.ts';
import { passedFor } from '../../callgraph/query/passed-for.ts';
import { nameOfCallee } from '../../callgraph/query/refusal.ts';
import type { Func } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { valueNumbersOf } from '../../ir/query/value-numbers.ts';

const maxDepth = 4;
const maxCallers = 6;

const bodies = /^(?:body|query|params)$/;
const parsers = /^(?:json|parse|get_json|loads)$/;

/** Whether a value is a field of a parsed body. Whatever the field is called, a client can send a number for it. */
export function isBodyField(linked: Linked, place: Place): boolean {
  let at = madeBy(linked, place);
  if (isKnownList(linked, at)) return false;
  for (let depth = 0; depth < maxDepth; depth++) {
    const inst = instOf(linked, at);
    if (inst?.op !== 'member') return false;
    at = madeBy(linked, { func: at.func, value: inst.object });
    const object = instOf(linked, at);
    if (object?.op === 'member' && bodies.test(object.name)) return true;
    if (object?.op === 'call')
      return parsers.test(nameOfCallee(instOf(linked, { func: at.func, value: object.callee })));
  }
  return false;
}

/** Whether a caller passes a field of a parsed body for this parameter. */
export function isHandedField(linked: Linked, func: number, index: number): boolean {
  return callsOf(linked, func)
    .slice(0, maxCallers)
    .some((call) =>
      passedFor(linked, call, func, index).some((value) => isBodyField(linked, { func: call.func, value })),
    );
}

/** Whether the function checks that the same value is a list or bytes: `Array.isArray(data)`. */
function isKnownList({ program }: Linked, { func: id, value }: Place): boolean {
  const func = program.functions[id]?.func;
  return func !== undefined && checkedLists(func).has(valueNumbersOf(func)[value] ?? value);
}

/** The value numbers of what a function checks to be a list or bytes. */
const checkedLists = memoized((func: Func): ReadonlySet<number> => {
  const same = valueNumbersOf(func);
  const all = new Set<number>();
  for (const inst of func.code)
    if (inst.op === 'call' && /^is(?:Array|Buffer|View)$/.test(nameOfCallee(func.code[inst.callee])))
      for (const arg of inst.args) all.add(same[arg] ?? arg);
  return all;
});
