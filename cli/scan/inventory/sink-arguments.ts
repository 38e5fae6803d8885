import { instOf, madeBy, type Place } from '../callgraph/query/made-by.ts';
import { holds } from '../dataflow/models/condition.ts';
import type { Call, Inst, ValueId } from '../ir/ir.ts';
import { isStepOf, type State } from '../models/api.ts';
import type { SinkId } from '../sinks/sink-kinds.ts';
import type { SiteFrames } from './site-frames.ts';

/** A value that is passed to a sink of a library. */
export interface SinkArgument {
  readonly kind: SinkId;
  /** `pg.Client.query` */
  readonly name: string;
  readonly func: number;
  /** The call or store that passes the value to the sink. If a `return` passes it: the returned value. */
  readonly at: ValueId;
  /** Undefined if the value is unknown: options that are no literal, spread arguments. */
  readonly value: Place | undefined;
}

const maxDepth = 3;
const maxEntries = 200;

/** All values that a call passes to modelled sinks. */
export function sinkArguments(
  frames: SiteFrames,
  func: number,
  value: ValueId,
  call: Inst & Call,
): SinkArgument[] {
  const { linked } = frames;
  const found: SinkArgument[] = [];
  const callee = instOf(linked, { func, value: call.callee });
  // `query.call(pool, text)`
  if (callee?.op === 'member' && /^(call|apply)$/.test(callee.name)) {
    for (const state of linked.states(func, callee.object))
      for (const { to } of state.args)
        for (const id of to)
          for (const { kind } of stateOf(frames, func, id)?.sinks ?? [])
            found.push({ kind, name: state.name, func, at: value, value: undefined });
  }
  for (const state of linked.states(func, call.callee)) {
    for (const step of state.args) {
      const to = step.to.map((id) => stateOf(frames, func, id));
      if (step.self && callee?.op === 'member')
        for (const one of to) gather(found, frames, func, value, one, { func, value: callee.object }, 0);
      for (const [i, arg] of call.args.entries()) {
        const isSpread = call.spread?.includes(i) ?? false;
        const position = call.quasis ? i + 1 : i;
        if (!isSpread && !isStepOf(step, position, call.names?.[i] ?? null)) continue;
        if (isSpread && !(step.indices.some((index) => index >= i) || step.from !== undefined)) continue;
        for (const one of to)
          gather(found, frames, func, value, one, isSpread ? undefined : { func, value: arg }, 0);
      }
    }
  }
  return found;
}

function stateOf(frames: SiteFrames, func: number, id: number): State | undefined {
  const frame = frames.of(func);
  return frame.engine.apiOf(frame.info.module).states[id];
}

/**
 * Adds to `found` the sinks that the value at `place` reaches. `state` is the state of the library models' automaton that
 * describes this value. If the value is an object, also adds the sinks of its entries, such as `options.url`.
 */
export function gather(
  found: SinkArgument[],
  frames: SiteFrames,
  func: number,
  at: ValueId,
  state: State | undefined,
  place: Place | undefined,
  depth: number,
): void {
  if (!state || depth > maxDepth) return;
  const { linked } = frames;
  const inst = instOf(linked, { func, value: at });
  const made = place && instOf(linked, madeBy(linked, place));
  const isObject = made?.op === 'object';
  for (const { kind, when } of state.sinks) {
    if (inst && when && !holds(frames.of(func), inst, when)) continue;
    // An options object is no text. Its entries are handled below.
    if (isObject && state.members.size > 0 && kind !== 'nosql') continue;
    found.push({ kind, name: state.name, func, at, value: place });
  }
  const ownKinds = new Set(state.sinks.map(({ kind }) => kind));
  const members = [...state.members].flatMap(([name, ids]) =>
    ids.map((id) => [name, stateOf(frames, func, id)] as const),
  );
  if (isObject && place) {
    const owner = madeBy(linked, place);
    // Properties that are spread into an element are those of a component, as its users pass them.
    const isOpen =
      !state.traits.has('spreads-properties') && made.keys.some((key) => typeof key !== 'string');
    for (const [name, to] of members) {
      const index = made.keys.lastIndexOf(name);
      const entry = index < 0 ? undefined : made.values[index];
      if (entry !== undefined)
        gather(found, frames, func, at, to, { func: owner.func, value: entry }, depth + 1);
      else if (isOpen) gather(found, frames, func, at, to, undefined, depth + 1);
    }
    for (const id of state.anyMember)
      for (const value of made.values.slice(0, maxEntries))
        gather(found, frames, func, at, stateOf(frames, func, id), { func: owner.func, value }, depth + 1);
    return;
  }
  if (made?.op === 'list' && place) {
    const owner = madeBy(linked, place);
    for (const [name, to] of members) {
      const value = /^\d+$/.test(name) ? made.items[Number(name)] : undefined;
      if (value !== undefined) gather(found, frames, func, at, to, { func: owner.func, value }, depth + 1);
    }
    for (const id of state.anyMember)
      for (const value of made.items.slice(0, maxEntries))
        gather(found, frames, func, at, stateOf(frames, func, id), { func: owner.func, value }, depth + 1);
    return;
  }
  // The argument may be an unknown object. If it may also be a text, it is treated as one.
  if (ownKinds.size > 0 || made?.op === 'const' || made?.op === 'text') return;
  for (const [, to] of members)
    for (const { kind } of to?.sinks ?? [])
      found.push({ kind, name: to?.name ?? state.name, func, at, value: undefined });
  for (const id of state.anyMember)
    for (const { kind } of stateOf(frames, func, id)?.sinks ?? [])
      found.push({ kind, name: state.name, func, at, value: undefined });
}
