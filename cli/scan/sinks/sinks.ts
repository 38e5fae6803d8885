import {
  type Abstract,
  deepTaints,
  isUntainted,
  prefixOf,
  unknown,
  withTaints,
} from '../dataflow/domain/abstract.ts';
import { load } from '../dataflow/domain/entries.ts';
import { harmlessIn, kinds } from '../dataflow/domain/kinds.ts';
import type { Taint } from '../dataflow/domain/taint.ts';
import { holds } from '../dataflow/models/condition.ts';
import { isUnsure } from '../dataflow/models/unsure.ts';
import { memberName } from '../dataflow/query/member-names.ts';
import { isWrittenBack } from '../dataflow/query/written-back.ts';
import { applySummary } from '../dataflow/summary/apply.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import { addUse } from '../dataflow/view/sink-uses.ts';
import type { Sink } from '../dataflow/view/summary.ts';
import { answersNoMarkup } from '../frameworks/traits/answer/response-type.ts';
import { isWholeAnswer } from '../frameworks/traits/answer/whole-answers.ts';
import { connectsByItself } from '../frameworks/traits/component/own-connections.ts';
import { isElement, withoutOptions } from '../frameworks/traits/component/plugin-options.ts';
import { followsRedirects } from '../guards/follows-redirects.ts';
import type { Call, Inst, ValueId } from '../ir/ir.ts';
import { isStepOf, type State } from '../models/api.ts';
import { harmlessPart, isOwnAddress } from '../semantics/pattern/own-address.ts';
import { askForFields } from './ask-for-fields.ts';
import { type SinkId, sinkKind } from './sink-kinds.ts';

/** Checks the receiver and the arguments of a library call against the sinks of the library's model. */
export function checkCall(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & Call,
  state: State,
  args: readonly Abstract[],
  receiver: Abstract,
): void {
  const guess = isGuessed(frame, inst);
  for (const argument of state.args) {
    if (argument.self)
      for (const id of argument.to) checkState(frame, value, inst, stateOf(frame, id), receiver, guess, 0);
    args.forEach((arg, i) => {
      // The texts of a tagged template are its first argument.
      const position = inst.quasis ? i + 1 : i;
      if (inst.spread?.includes(i)) {
        for (const index of argument.indices) {
          if (index < i) continue;
          const item = load(arg, String(index - i));
          for (const id of argument.to) checkState(frame, value, inst, stateOf(frame, id), item, guess, 0);
        }
        for (const name of inst.names?.[i] === '**' ? argument.names : []) {
          if (name === '**') continue;
          for (const id of argument.to)
            checkState(frame, value, inst, stateOf(frame, id), load(arg, name), guess, 0);
        }
        return;
      }
      if (!isStepOf(argument, position, inst.names?.[i] ?? null)) return;
      const isRun = isOwnMethod(frame, inst.args[i] ?? -1);
      for (const id of argument.to) {
        const to = stateOf(frame, id);
        if (!isRun || !to?.sinks.some(({ kind }) => sinkKind(kind).isOwnFunctionHarmless))
          checkState(frame, value, inst, to, arg, guess, 0);
      }
    });
  }
}

/**
 * Whether an argument is a method of the project. `setTimeout(page.refresh)` calls it and evaluates no text, even if its object
 * is tainted.
 */
function isOwnMethod(frame: FunctionView, value: ValueId): boolean {
  return frame.func.code[value]?.op === 'member' && frame.linked.functions(frame.id, value).length > 0;
}

function isGuessed(frame: FunctionView, inst: Call): boolean {
  const callee = frame.inst(inst.callee);
  return (callee.op === 'member' || callee.op === 'index') && frame.linked.isGuess(frame.id, callee.object);
}

function stateOf(frame: FunctionView, id: number): State | undefined {
  return frame.engine.apiOf(frame.info.module).states[id];
}

/**
 * Checks a value against the sinks of a state, and its fields against those of the state's members: `options.url`.
 *
 * @param isStored the value is stored in a member. Only its known fields count then, because an element that is put into a list
 *   does not set the `location` of a page.
 */
function checkState(
  frame: FunctionView,
  value: ValueId,
  inst: Inst,
  state: State | undefined,
  it: Abstract,
  guess: boolean,
  depth: number,
  isStored = false,
): void {
  if (!state || depth > 3) return;
  for (const { kind, when } of state.sinks) {
    if (when && !holds(frame, inst, when)) continue;
    const { site, markup, readsFirstOfList } = sinkKind(kind);
    const isPage = markup === 'page';
    const isRequest = site === 'outbound';
    if (isPage && (isSelector(state, it) || isElement(frame, inst, state))) continue;
    if (isRequest && inst.op === 'call' && it.taints.length > 0 && connectsByItself(frame, inst)) continue;
    const reached = readsFirstOfList && it.shape === 'list' ? load(it, '0') : it;
    const sink = sinkOf(frame, isPage && isHead(it) ? 'header' : kind, value, inst, what(state), guess);
    const isDirect =
      isRequest && inst.op === 'call' && it.taints.length > 0 && !followsRedirects(frame, inst, sink.what);
    hit(
      frame,
      {
        ...sink,
        ...(when && isUnsure(frame, inst, when) ? { isUnsure: true } : {}),
        ...(isDirect ? { isDirect } : {}),
      },
      isPage ? withoutOptions(frame, inst, state, reached) : reached,
    );
  }
  if (isUntainted(it)) return;
  for (const [name, ids] of state.members) {
    // A list of arguments is no options object, even if its entries are tainted.
    if (it.shape === 'list' && !/^\d+$/.test(name)) continue;
    if (isStored && !it.fields?.has(name)) continue;
    const inner = load(it, name);
    for (const id of ids) {
      const to = stateOf(frame, id);
      checkState(frame, value, inst, to, leadsAway(to) ? entryOf(it, name, inner) : inner, guess, depth + 1);
    }
  }
  for (const id of state.anyMember) {
    for (const inner of it.fields?.values() ?? [])
      checkState(frame, value, inst, stateOf(frame, id), inner, guess, depth + 1);
    if (it.rest) checkState(frame, value, inst, stateOf(frame, id), it.rest, guess, depth + 1);
    if (it.taints.length > 0) {
      checkState(
        frame,
        value,
        inst,
        stateOf(frame, id),
        load({ ...it, fields: undefined }, '*'),
        guess,
        depth + 1,
      );
    }
  }
}

function leadsAway(state: State | undefined): boolean {
  return state?.sinks.some(({ kind }) => kind === 'redirect') ?? false;
}

/** An entry of a headers object. If no code sets it by name, taints of other entries do not count for it. */
function entryOf(it: Abstract, name: string, inner: Abstract): Abstract {
  if (it.fields?.has(name)) return inner;
  return withTaints(
    inner,
    inner.taints.filter(({ exact, origin }) => exact && origin.kind !== 'source'),
  );
}

function what(state: State): string {
  return state.name.replaceAll('new ', '').replace(/ argument .*?(\.\$where)?$/, '$1');
}

/** `$('#' + id)`: jQuery parses a text as markup only if it begins with `<`. */
function isSelector({ traits }: State, it: Abstract): boolean {
  return traits.has('takes-selector-or-markup') && /^[^\s<]/.test(prefixOf(it));
}

/** Whether untrusted data is in the head of a response that the code writes by hand, and so not in a page. */
function isHead(it: Abstract): boolean {
  return /^HTTP\/1\.[01] /.test(prefixOf(it)) && !prefixOf(it).includes('\r\n\r\n');
}

/** Checks a value that is stored in a member that a library model describes as a sink: `element.innerHTML = ...`. */
export function checkStore(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & { op: 'store' | 'store-index' },
  it: Abstract,
): void {
  if (inst.op === 'store' && isWrittenBack(frame, inst)) return;
  const name = inst.op === 'store' ? inst.name : memberName(frame, inst.key);
  for (const state of frame.linked.states(frame.id, inst.object)) {
    // `response.headers[name] = value`: the name is sent too.
    if (
      inst.op === 'store-index' &&
      state.anyMember.some((id) => stateOf(frame, id)?.sinks.some(({ kind }) => kind === 'header'))
    )
      hit(frame, sinkOf(frame, 'header', value, inst, what(state)), frame.use(inst.key));
    if (inst.op === 'store-index') checkKey(frame, value, inst, state);
    if (state.isSeenByTemplates && name !== undefined) frame.engine.fields.showTemplates(name, it);
    const ids = [...(name === undefined ? [] : (state.members.get(name) ?? [])), ...state.anyMember];
    const guess = frame.linked.isGuess(frame.id, inst.object);
    for (const id of ids) checkState(frame, value, inst, stateOf(frame, id), it, guess, 0, true);
  }
}

/** `headers[name] = value` calls `headers.__setitem__(name, value)`. A model may have a sink for the name alone. */
function checkKey(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & { op: 'store-index' },
  state: State,
): void {
  const key = frame.use(inst.key);
  if (key.taints.length === 0) return;
  const guess = frame.linked.isGuess(frame.id, inst.object);
  for (const id of state.members.get('__setitem__') ?? [])
    for (const argument of stateOf(frame, id)?.args ?? [])
      if (argument.indices.includes(0))
        for (const to of argument.to) checkState(frame, value, inst, stateOf(frame, to), key, guess, 0);
}

/** Checks a value that a handler returns to the library that called it. */
export function checkReturn(
  frame: FunctionView,
  it: Abstract,
  { value, at = -1, end = -1 }: { readonly value: ValueId; readonly at?: number; readonly end?: number },
): void {
  const made = frame.inst(value);
  // For a value that was created earlier, the location is the return statement.
  const span = made.at < at ? { ...made, at, end } : made;
  for (const template of frame.linked.returnedTo(frame.id))
    applySummary(frame, value, span, template, [it], unknown);
  if (frame.linked.isPassedOn(frame.id, value)) return;
  for (const handed of frame.linked.answersTo(frame.id)) {
    for (const id of handed.returns) checkState(frame, value, span, stateOf(frame, id), it, false, 0);
  }
}

export function sinkOf(
  frame: FunctionView,
  kind: SinkId,
  value: ValueId,
  span: Inst,
  name: string,
  guess = false,
): Sink {
  return { kind, func: frame.id, value, at: span.at, end: span.end, what: name, guess };
}

/**
 * Reports the taints of a value that reaches a sink, except those that are harmless there. Taints of parameters are kept
 * for the callers instead.
 */
export function hit(frame: FunctionView, sink: Sink, it: Abstract): void {
  if (it.shape === 'number' || it.shape === 'boolean') return;
  const { readsNested, markup, takes } = sinkKind(sink.kind);
  const taints = readsNested ? deepTaints(it) : it.taints;
  if (taints.length === 0) return;
  // An object is sent as JSON.
  if (markup === 'page' && (it.shape === 'object' || answersNoMarkup(frame, sink, it))) return;
  const bit = harmlessIn(sink.kind, sink.isDirect);
  for (const taint of taints) {
    if (taint.clean.meets(bit) || leadsNowhereElse(sink.kind, taint)) continue;
    if (markup === 'page' && isWholeAnswer(frame, sink, taint.origin)) continue;
    if (
      takes === 'object' &&
      !sink.takesText &&
      (it.shape === 'text' || (!taint.exact && taint.origin.kind !== 'source'))
    )
      continue;
    arrive(frame, sink, taint);
  }
}

/** Whether a navigation leads to the page's own address, or a link to a part of it that cannot contain a scheme. */
function leadsNowhereElse(kind: SinkId, taint: Taint): boolean {
  const { isOwnAddressHarmless = false, staysOnSite = false } = sinkKind(kind);
  if (isOwnAddress(taint)) return isOwnAddressHarmless;
  return staysOnSite && harmlessPart(taint).meets(kinds(kind));
}

/**
 * Records that a taint reaches a sink. A source's taint is a finding. Any other is kept for `followSinks`, which asks the
 * callers.
 */
function arrive(frame: FunctionView, sink: Sink, taint: Taint): void {
  const { origin } = taint;
  if (origin.kind === 'source') {
    frame.engine.found(frame.id, sink, taint);
    return;
  }
  askForFields(frame, sink, taint);
  frame.outcome.sinks ??= new Map();
  if (addUse(frame.outcome.sinks, sink, taint, () => taint.trace) === 'full') frame.engine.cut(frame.id);
}
