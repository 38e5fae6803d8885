import { resolvedKinds } from '../../guards/address-checks.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import { isStepOf, type State } from '../../models/api.ts';
import type { Step } from '../../models/parse-path.ts';
import { entryFunctions, invokeAll } from '../../semantics/collection/entry-functions.ts';
import { inCompatibleForm, isCompatibleForm } from '../../semantics/text/compatible-forms.ts';
import {
  decodes,
  decodesBytes,
  decodesReferences,
  encodedBefore,
  kindsOfDecoded,
} from '../../semantics/text/decoded.ts';
import { withLineBreaks } from '../../semantics/text/line-breaks.ts';
import { beginsWithoutSeparator } from '../../semantics/text/path-segments.ts';
import {
  type Abstract,
  cleaned,
  deepTaints,
  derived,
  tainted,
  unknown,
  withTaints,
} from '../domain/abstract.ts';
import { element, list, load, object, storeSomewhere } from '../domain/entries.ts';
import { join } from '../domain/join.ts';
import { allKinds, kinds, noKinds, notUp } from '../domain/kinds.ts';
import { joinTaints, step, type Taint } from '../domain/taint.ts';
import { invoke } from '../summary/apply.ts';
import { setMutated } from '../summary/set-mutated.ts';
import type { FunctionView } from '../view/function-view.ts';
import { cleanKinds, holds } from './condition.ts';

/**
 * Applies the summaries and sanitisers of library models to a call, and invokes its callbacks. Returns the call's result, or
 * undefined if the models do not say what it is.
 */
export function applyModels(
  frame: FunctionView,
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
    for (const { from, to, whole, doubtful, when } of state.summaries) {
      if (to.some(({ kind }) => kind === 'parameter') || (when && !holds(frame, inst, when))) continue;
      const input = inputOf(frame, value, inst, from, args, receiver, callbacks);
      if (!input) continue;
      const given = whole ? input : through(frame, inst, input, state, doubtful);
      const output = state.traits.has('decodes-text')
        ? withTaints(given, withLineBreaks(given.taints))
        : given;
      const [target] = to;
      if (target?.kind === 'return') {
        const returned = insideOf(to.slice(1), output);
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
    let clean = noKinds;
    for (const id of state.returns) {
      const returned = frame.engine.apiOf(frame.info.module).states[id];
      // The result of a source does not derive from the arguments. It is sanitised where it becomes a source.
      if (returned && returned.sources.length > 0) continue;
      if (returned) clean = clean.union(cleanKinds(frame, inst, returned));
    }
    if (made && args[0]?.taints.length === 0 && joinsBehind(frame, inst, state)) made = behindFolder(made);
    if (clean !== noKinds) made = cleaned(made ?? everything(args, receiver), clean);
    if (made) result = result ? join(result, made) : made;
  }
  return result;
}

/** Wraps a value in the object or list that holds it: `ReturnValue.Member[data]`. */
function insideOf(steps: readonly Step[], value: Abstract): Abstract {
  return steps.reduceRight((it, one) => {
    if (one.kind === 'any-member') return list([], it);
    return one.kind === 'member' ? object(one.names.map((name) => [name, it])) : it;
  }, value);
}

/** Whether all joined parts stay behind the first one: Python's `join` starts over at a part that begins with a separator. */
function joinsBehind(frame: FunctionView, { args }: Call, { traits }: State): boolean {
  if (traits.has('joins-below')) return true;
  return traits.has('joins-or-restarts') && args.slice(1).every((arg) => beginsWithoutSeparator(frame, arg));
}

/** A path behind a folder leaves it only through `..`. It may have any extension. */
function behindFolder(it: Abstract): Abstract {
  const taints = it.taints.map((taint) =>
    !taint.clean.meets(notUp) ? taint : { ...taint, clean: taint.clean.union(kinds('path')) },
  );
  return withTaints(it, taints);
}

/** The result of a sanitiser without a summary: a string that derives from all arguments. */
function everything(args: readonly Abstract[], receiver: Abstract): Abstract {
  const all = args.reduce((taints, arg) => joinTaints(taints, deepTaints(arg)), deepTaints(receiver));
  return tainted(derived(all), 'text');
}

/** Parsers, whose result may be an object although their argument is a string. */
const parsers: ReadonlySet<string> = new Set(['loads', 'load', 'safe_load', 'literal_eval']);

function through(
  frame: FunctionView,
  inst: Inst & Call,
  input: Abstract,
  called: State,
  doubtful = false,
): Abstract {
  const callee = frame.inst(inst.callee);
  const name = callee.op === 'member' || callee.op === 'import' || callee.op === 'global' ? callee.name : '';
  // Decoding undoes an earlier encoding, and with it the sanitisation.
  const isDecoded = decodes(name) || decodesBytes(frame, name, inst) || decodesReferences(frame, inst);
  const before = isDecoded ? encodedBefore(frame, name, inst) : undefined;
  if (before) return tainted(derived(deepTaints(before)));
  const read = derived(deepTaints(input));
  const isForm = name === 'normalize' && isCompatibleForm(frame, inst.args[0]);
  const resolved = resolvedKinds(frame, called);
  const taints = parsers.has(name) ? asParsed(read) : isForm ? inCompatibleForm(read) : read;
  return tainted(
    taints.map((taint) => ({
      ...taint,
      clean: (isDecoded ? kindsOfDecoded(taint.clean) : taint.clean).union(resolved),
      weak: taint.weak || doubtful,
      trace: step(frame.id, inst, 'goes through this call', taint.trace),
    })),
  );
}

/**
 * The taints of the result of parsing a string with these taints, as by `JSON.parse(text)`. The result may be any
 * object, so it is not sanitised for `nosql` and other kinds of sinks in which strings are harmless. A taint that is
 * sanitised for all kinds stays so: the string is one of a known list.
 */
export function asParsed(taints: readonly Taint[]): readonly Taint[] {
  return taints.map((taint) =>
    taint.clean.includes(allKinds) ? taint : { ...taint, clean: taint.clean.without(ofTexts) },
  );
}

const ofTexts = kinds('nosql', 'mass-assignment', 'prototype');

/** The results of callbacks, by argument and by the path of an entry in it. */
type Callbacks = ReadonlyMap<string, Abstract>;

/** Invokes each callback of a library call with the arguments that the model declares. */
function callbacksOf(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & Call,
  state: State,
  args: readonly Abstract[],
  receiver: Abstract,
): Callbacks | undefined {
  let handed:
    | Map<string, { readonly at: number; readonly path: readonly string[]; passed: Abstract[] }>
    | undefined;
  for (const { from, to, whole, when } of state.summaries) {
    const [target] = to;
    const paramAt = to.findIndex(({ kind }) => kind === 'parameter');
    const param = to[paramAt];
    if (target?.kind !== 'argument' || param?.kind !== 'parameter') continue;
    const input =
      when && !holds(frame, inst, when) ? undefined : inputOf(frame, value, inst, from, args, receiver);
    if (!input) continue;
    handed ??= new Map();
    const given = insideOf(to.slice(paramAt + 1), whole ? input : through(frame, inst, input, state));
    for (const at of positionsOf(inst, target)) {
      for (const path of pathsOf(to.slice(1, paramAt))) {
        const key = [at, ...path].join('.');
        const passed = handed.get(key)?.passed ?? [];
        for (const index of param.indices) {
          while (passed.length < index) passed.push(unknown);
          passed[index] = given;
        }
        handed.set(key, { at, path, passed });
      }
    }
  }
  if (!handed) return undefined;
  const results = new Map<string, Abstract>();
  for (const [key, { at, path, passed }] of handed) {
    const arg = inst.args[at] as ValueId;
    // `_.map(users, 'name')`
    const isName = frame.inst(arg).op === 'const';
    const given = isName ? passed[0] : undefined;
    const result = given ?? calledAt(frame, value, inst, arg, path, passed);
    if (result) results.set(key, result);
  }
  return results;
}

/** Invokes an argument, or the function in an entry of it. */
function calledAt(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & Call,
  arg: ValueId,
  path: readonly string[],
  passed: readonly Abstract[],
): Abstract | undefined {
  return path.length === 0
    ? invoke(frame, value, inst, arg, passed)
    : invokeAll(frame, value, inst, entryFunctions(frame, { func: frame.id, value: arg }, path), passed);
}

/** All paths that the member steps name. */
function pathsOf(steps: readonly Step[]): readonly (readonly string[])[] {
  return steps.reduce<readonly (readonly string[])[]>(
    (paths, one) =>
      one.kind === 'member' ? paths.flatMap((path) => one.names.map((name) => [...path, name])) : paths,
    [[]],
  );
}

function positionsOf(inst: Call, step: Extract<Step, { readonly kind: 'argument' | 'parameter' }>): number[] {
  const wanted = { from: undefined, ...step, to: [] };
  return [...inst.args.keys()].filter((i) => isStepOf(wanted, i, inst.names?.[i] ?? null));
}

function inputOf(
  frame: FunctionView,
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
  const called = more.findIndex(({ kind }) => kind === 'return');
  const paths = pathsOf(more.slice(0, Math.max(0, called)));
  for (const i of positionsOf(inst, first)) {
    const arg = inst.args[i] as ValueId;
    if (called < 0) it = it ? join(it, args[i] as Abstract) : args[i];
    // The result of a callback. A constant is no callback.
    else if (frame.inst(arg).op !== 'const' || callbacks)
      for (const path of paths) {
        const one = callbacks?.get([i, ...path].join('.')) ?? calledAt(frame, value, inst, arg, path, []);
        if (one) it = it ? join(it, one) : one;
      }
  }
  for (const one of more.slice(called + 1)) {
    if (!it) return undefined;
    if (one.kind === 'member')
      it = one.names.map((name) => load(it as Abstract, name)).reduce((a, b) => join(a, b));
    else if (one.kind === 'any-member') it = element(it);
  }
  return it;
}
