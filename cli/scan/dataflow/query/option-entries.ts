import { maxOptionCalls, maxOptionDepth, maxOptionSteps } from '../../budgets/dataflow.ts';
import type { Linked } from '../../callgraph/linked.ts';
import { instAt, origin, type Place } from '../../callgraph/query/called-on.ts';
import { defaultedParam } from '../../callgraph/query/defaulted-param.ts';
import { isEscapingFunction } from '../../callgraph/query/escaping-function.ts';
import { callsOf } from '../../callgraph/query/made-by.ts';
import { passedFor } from '../../callgraph/query/passed-for.ts';
import type { Constant, Inst, ValueId } from '../../ir/ir.ts';
import { constantsOf } from './constants-of.ts';

interface Walk {
  readonly linked: Linked;
  readonly names: readonly string[];
  readonly found: Set<Constant>;
  left: number;
}

/** Whether the option is present or may be missing. Undefined if its value is unknown. */
type Answer = 'given' | 'missing' | undefined;

/**
 * All constants that an option of a call may be. Searches object literals, merged objects (`{ ...DEFAULTS, ...options }`)
 * and the arguments of callers. `undefined` is among the constants if the option may be missing, such as when `place` is a
 * callback instead of an object. Returns undefined if the option may be anything else.
 * @param place the object with the options
 * @param names the names of the option
 */
export function optionConstants(
  linked: Linked,
  place: Place,
  names: readonly string[],
): readonly Constant[] | undefined {
  const walk: Walk = { linked, names, found: new Set(), left: maxOptionSteps };
  const answer = follow(walk, place, 0);
  if (answer === undefined) return undefined;
  if (answer === 'missing') walk.found.add(undefined);
  return [...walk.found];
}

function follow(walk: Walk, from: Place, depth: number): Answer {
  const { linked } = walk;
  if (depth > maxOptionDepth || walk.left-- <= 0) return undefined;
  const place = origin(linked, from);
  const inst = instAt(linked, place);
  switch (inst?.op) {
    case 'func':
      return 'missing';
    case 'const':
      return inst.value === undefined || inst.value === null ? 'missing' : undefined;
    case 'object':
      return ofObject(walk, place.func, inst, depth);
    case 'typed':
      return follow(walk, { ...place, value: inst.value }, depth);
    case 'store':
      return walk.names.includes(inst.name)
        ? ofValue(walk, { ...place, value: inst.value })
        : follow(walk, { ...place, value: inst.object }, depth);
    case 'phi':
      return (
        ofDefaulted(walk, place.func, inst, depth) ??
        ofAll(inst.inputs.map((value) => follow(walk, { ...place, value }, depth + 1)))
      );
    case 'param':
      return ofParam(walk, place.func, inst.index, depth);
    default:
      return undefined;
  }
}

function ofAll(answers: readonly Answer[]): Answer {
  if (answers.length === 0 || answers.includes(undefined)) return undefined;
  return answers.includes('missing') ? 'missing' : 'given';
}

/** Searches an object literal. The last entry of a name takes precedence. */
function ofObject(
  walk: Walk,
  func: number,
  { keys, values }: Inst & { readonly op: 'object' },
  depth: number,
): Answer {
  for (let i = keys.length - 1; i >= 0; i--) {
    const key = keys[i];
    const value = values[i] as ValueId;
    if (typeof key === 'number') return undefined;
    if (key === null) {
      const answer = follow(walk, { func, value }, depth + 1);
      if (answer !== 'missing') return answer;
    } else if (key !== undefined && walk.names.includes(key)) return ofValue(walk, { func, value });
  }
  return 'missing';
}

function ofValue({ linked, found }: Walk, place: Place): Answer {
  const constants = constantsOf(linked, place);
  for (const one of constants ?? []) found.add(one);
  return constants && 'given';
}

/** The default of a parameter counts only if some call omits the argument. */
function ofDefaulted(walk: Walk, func: number, phi: Inst & { readonly op: 'phi' }, depth: number): Answer {
  const info = walk.linked.program.functions[func];
  const value = info && defaultedParam(info.func, phi);
  const inst = value === undefined ? undefined : info?.func.code[value];
  const others = phi.inputs.filter((input) => input !== value);
  return inst?.op === 'param' ? ofParam(walk, func, inst.index, depth, others) : undefined;
}

const callbacks = /^(?:cb|callback|done|next|fn)$/;

function ofParam(
  walk: Walk,
  func: number,
  index: number,
  depth: number,
  defaults: readonly ValueId[] = [],
): Answer {
  const { linked } = walk;
  const param = linked.program.functions[func]?.func.params[index];
  if (!param || param.rest) return undefined;
  const calls = callsOf(linked, func);
  if (calls.length === 0 && callbacks.test(param.name)) return 'missing';
  if (calls.length > maxOptionCalls) return undefined;
  const answer = ofAll(
    calls.map((call) => {
      const passed = passedFor(linked, call, func, index);
      const [places, at] = passed.length > 0 ? [passed, call.func] : [defaults, func];
      if (places.length === 0) return 'missing';
      return ofAll(places.map((value) => follow(walk, { func: at, value }, depth + 1)));
    }),
  );
  // If no known caller sets the option, an unknown caller of an escaping function may.
  return walk.found.size === 0 && isEscapingFunction(linked, func) ? undefined : answer;
}
