import type { Linked } from '../../../callgraph/linked.ts';
import { callsOf, instOf, madeBy, type Place } from '../../../callgraph/query/made-by.ts';
import { passedFor } from '../../../callgraph/query/passed-for.ts';
import type { ValueId } from '../../../ir/ir.ts';

const mostCalls = 12;

/**
 * Returns the constants that callers pass to a function in one entry of an options object. In `function imds(settings)`,
 * for the entry `tokens` of `settings`: the call `imds({ tokens: 'required' })` -> the place of `'required'`. Undefined if
 * there are no calls or too many, if a call passes no object literal, or if the entry is no constant in it.
 * @param object the value of the parameter that receives the options object
 * @param name the name of the entry
 */
export function handedConstants(
  linked: Linked,
  func: number,
  object: ValueId,
  name: string,
): readonly Place[] | undefined {
  const from = madeBy(linked, { func, value: object });
  const param = instOf(linked, from);
  if (param?.op !== 'param') return undefined;
  const calls = callsOf(linked, from.func);
  if (calls.length === 0 || calls.length > mostCalls) return undefined;
  const found: Place[] = [];
  for (const call of calls) {
    const [value, other] = passedFor(linked, call, from.func, param.index);
    if (value === undefined || other !== undefined) return undefined;
    const place = madeBy(linked, { func: call.func, value });
    const made = instOf(linked, place);
    if (made?.op !== 'object') return undefined;
    // A later spread could replace it.
    const at = made.keys.lastIndexOf(name);
    const entry = made.keys.slice(at + 1).every((key) => typeof key === 'string')
      ? made.values[at]
      : undefined;
    if (entry === undefined) return undefined;
    const constant = { func: place.func, value: entry };
    if (instOf(linked, madeBy(linked, constant))?.op !== 'const') return undefined;
    found.push(constant);
  }
  return found;
}
