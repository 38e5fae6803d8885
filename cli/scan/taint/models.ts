import type { Call, Inst, ValueId } from '../ir/ir.ts';
import { isStepOf, type State } from '../model/api.ts';
import type { Step } from '../model/parse-path.ts';
import { type Abstract, cleaned, deepTaints, derived, tainted, unknown, withTaints } from './abstract.ts';
import { invoke } from './apply.ts';
import { setMutated } from './calls.ts';
import { cleanKinds, holds } from './condition.ts';
import { decodes, encodedBefore } from './decoded.ts';
import { element, list, load, storeSomewhere } from './entries.ts';
import type { Frame } from './frame.ts';
import { join } from './join.ts';
import { allKinds, kinds, noKinds, notUp } from './kinds.ts';
import { decodesText, withLineBreaks } from './line-breaks.ts';
import { joinTaints, step, type Taint } from './taint.ts';

/** What the summaries and sanitisers of the models say of a call; undefined if they say nothing. */
export function applyModels(
  frame: Frame,
  value: ValueId,
  inst: Inst & Call,
  states: readonly State[],
  args: readonly Abstract[],
  receiver: Abstract,
): Abstract | undefined {
  let result: Abstract | undefined;
  for (const state of states) {
    let made: Abstract | undefined;
    const callbacks = callbacksOf(frame, value, inst, state, args, receiver);
    for (const { from, to, whole, when } of state.summaries) {
      if (to[1]?.kind === 'parameter' || (when && !holds(frame, inst, when))) continue;
      const input = inputOf(frame, value, inst, from, args, receiver, callbacks);
      if (!input) continue;
      const given = whole ? input : through(frame, inst, input);
      const output = decodesText(state.name) ? withTaints(given, withLineBreaks(given.taints)) : given;
      const [target] = to;
      if (target?.kind === 'return') {
        const returned = to[1]?.kind === 'any-member' ? list([], output) : output;
        made = made ? join(made, returned) : returned;
      }
      if (target?.kind === 'argument') {
        const at = target.self
          ? -1
          : inst.args.findIndex((_, i) =>
              isStepOf({ from: undefined, ...target, to: [] }, i, inst.names?.[i] ?? null),
            );
        const before = at === -1 ? receiver : (args[at] ?? unknown);
        if (target.self || at >= 0)
          setMutated(
            frame,
            value,
            at,
            storeSomewhere(withTaints(before, joinTaints(before.taints, output.taints)), output),
          );
      }
    }
    let clean = 0;
    for (const id of state.returns) {
      const returned = frame.engine.apiOf(frame.info.module).states[id];
      // What a source gives is not made of the call's arguments; it is cleaned where it becomes one.
      if (returned && returned.sources.length > 0) continue;
      if (returned) clean |= cleanKinds(frame, inst, returned);
    }
    if (made && state.name === 'path.Module.join' && args[0]?.taints.length === 0) made = behindFolder(made);
    if (clean !== 0) made = cleaned(made ?? everything(args, receiver), clean);
    if (made) result = result ? join(result, made) : made;
  }
  return result;
}

/** What Node's `path.join` puts behind a folder leaves it only by `..`. */
function behindFolder(it: Abstract): Abstract {
  const taints = it.taints.map((taint) =>
    (taint.clean & notUp) === 0 ? taint : { ...taint, clean: taint.clean | kinds('path', 'upload') },
  );
  return withTaints(it, taints);
}

/** A sanitiser's result is made of all that it was given, and clean. */
function everything(args: readonly Abstract[], receiver: Abstract): Abstract {
  const all = args.reduce((taints, arg) => joinTaints(taints, deepTaints(arg)), deepTaints(receiver));
  return tainted(derived(all), 'text');
}

/** What reads a text may make an object of it, which no text is. */
const parsers: ReadonlySet<string> = new Set(['loads', 'load', 'safe_load', 'literal_eval']);

function through(frame: Frame, inst: Inst & Call, input: Abstract): Abstract {
  const callee = frame.inst(inst.callee);
  const name = callee.op === 'member' || callee.op === 'import' ? callee.name : '';
  // What decodes makes of harmless text what it was before it was made so.
  const isDecoded = decodes(name);
  const before = isDecoded ? encodedBefore(frame, name, inst) : undefined;
  if (before) return tainted(derived(deepTaints(before)));
  const taints = parsers.has(name) ? asParsed(derived(deepTaints(input))) : derived(deepTaints(input));
  return tainted(
    taints.map((taint) => ({
      ...taint,
      clean: isDecoded ? noKinds : taint.clean,
      trace: step(frame.id, inst, 'goes through this call', taint.trace),
    })),
  );
}

/** A text that was parsed may be an object of any shape; but what may be anything is one of some that are known. */
export function asParsed(taints: readonly Taint[]): readonly Taint[] {
  return taints.map((taint) =>
    (taint.clean & allKinds) === allKinds ? taint : { ...taint, clean: taint.clean & ~ofTexts },
  );
}

const ofTexts = kinds('nosql', 'mass-assignment', 'prototype');

/** What functions that a library calls, and is given at this call, give: by argument. */
type Callbacks = ReadonlyMap<number, Abstract>;

/** Calls each function that a library is given with what the models say that it hands to it. */
function callbacksOf(
  frame: Frame,
  value: ValueId,
  inst: Inst & Call,
  { summaries }: State,
  args: readonly Abstract[],
  receiver: Abstract,
): Callbacks | undefined {
  let handed: Map<number, Abstract[]> | undefined;
  for (const { from, to, whole, when } of summaries) {
    const [target, param] = to;
    if (target?.kind !== 'argument' || param?.kind !== 'parameter') continue;
    const input =
      when && !holds(frame, inst, when) ? undefined : inputOf(frame, value, inst, from, args, receiver);
    if (!input) continue;
    handed ??= new Map();
    const given = whole ? input : through(frame, inst, input);
    for (const at of positionsOf(inst, target)) {
      const passed = handed.get(at) ?? [];
      for (const index of param.indices) {
        while (passed.length < index) passed.push(unknown);
        passed[index] = given;
      }
      handed.set(at, passed);
    }
  }
  if (!handed) return undefined;
  const results = new Map<number, Abstract>();
  for (const [at, passed] of handed) {
    // `_.map(users, 'name')`
    const isName = frame.inst(inst.args[at] as ValueId).op === 'const';
    const given = isName ? passed[0] : undefined;
    results.set(at, given ?? invoke(frame, value, inst, inst.args[at] as ValueId, passed));
  }
  return results;
}

function positionsOf(inst: Call, step: Extract<Step, { readonly kind: 'argument' | 'parameter' }>): number[] {
  const wanted = { from: undefined, ...step, to: [] };
  return [...inst.args.keys()].filter((i) => isStepOf(wanted, i, inst.names?.[i] ?? null));
}

function inputOf(
  frame: Frame,
  value: ValueId,
  inst: Inst & Call,
  from: readonly Step[],
  args: readonly Abstract[],
  receiver: Abstract,
  callbacks?: Callbacks,
): Abstract | undefined {
  const [first, ...more] = from;
  if (first?.kind !== 'argument') return undefined;
  let it: Abstract | undefined = first.self ? receiver : undefined;
  for (const i of positionsOf(inst, first)) {
    // A function that the library calls: what it gives.
    const isCalled = more[0]?.kind === 'return';
    const one = isCalled
      ? (callbacks?.get(i) ?? invoke(frame, value, inst, inst.args[i] as ValueId, []))
      : (args[i] as Abstract);
    it = it ? join(it, one) : one;
  }
  for (const one of more) {
    if (!it) return undefined;
    if (one.kind === 'member')
      it = one.names
        .map((name) => load(frame.engine.origins, it as Abstract, name))
        .reduce((a, b) => join(a, b));
    else if (one.kind === 'any-member') it = element(frame.engine.origins, it);
  }
  return it;
}
