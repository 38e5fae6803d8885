import { maxSinkMemberDepth } from '../../budgets/dataflow.ts';
import type { Linked } from '../../callgraph/linked.ts';
import { type FuncInfo, languageAt } from '../../callgraph/program.ts';
import { Groups } from '../../groups.ts';
import { memoizedPair } from '../../ir/memoized.ts';
import type { HostId } from '../../languages/language-id.ts';
import type { Api, State } from '../../models/api.ts';
import type { SourceKind } from '../../models/model.ts';
import type { NarrowSource } from '../../sinks/kind.ts';
import { isHarmfulOf, type SinkId, sinkIds, sinkKind } from '../../sinks/sink-kinds.ts';

/** The kinds of sources whose data does harm in a few kinds of sinks only, without `caller`, which library-inputs.ts handles. */
const narrow: readonly NarrowSource[] = ['stored', 'page', 'host', 'secret', 'error'];
/** By kind of source: the kinds of sinks in which its data does harm. */
const harmfulIn: ReadonlyMap<SourceKind, readonly SinkId[]> = new Map(
  narrow.map((source) => [source, sinkIds.filter((id) => isHarmfulOf(source, id))]),
);

type Apis = (language: HostId) => Api;

/**
 * Returns a predicate: whether data from a kind of source may do harm if this function reads it. An error's text, for
 * example, does harm only where a response is sent. The sinks of all connected functions count: those that call or create
 * each other, or whose modules import each other.
 * @param sinksIn by function: the kinds of library sinks in its own code
 */
export function harmfulSources(
  linked: Linked,
  sinksIn: ReadonlyMap<number, ReadonlySet<Harm>>,
  callees: readonly (readonly number[])[],
): (func: number, source: SourceKind) => boolean {
  const parts = connectedParts(linked, callees);
  const sinks = new Map<number, Set<Harm>>();
  const hasTables = mentionsTables(linked);
  for (const [id, kinds] of sinksIn) {
    const part = parts.of(id);
    const all = sinks.get(part) ?? new Set();
    sinks.set(part, all);
    for (const kind of kinds) all.add(kind);
  }
  return (func, source) => {
    const kinds = harmfulIn.get(source);
    const all = sinks.get(parts.of(func));
    const isThere = (kind: SinkId): boolean =>
      all?.has(kind) === true ||
      (sinkKind(kind).needsTable === true && hasTables && all?.has('table') === true);
    return !kinds || kinds.some(isThere);
  };
}

/** Whether any string of the program mentions CSV, such as a file name or a content type. */
function mentionsTables({ program }: Linked): boolean {
  return program.instructions.some('const', ({ value }) => typeof value === 'string' && /csv/i.test(value));
}

/** Groups the functions that call or create each other, or whose modules are the same or import each other. */
function connectedParts(linked: Linked, callees: readonly (readonly number[])[]): Groups {
  const { functions, firstFunc, instructions } = linked.program;
  const parts = new Groups(functions.length);
  for (const { id, module } of functions) {
    parts.join(id, firstFunc[module] as number);
    for (const callee of callees[id] ?? []) parts.join(id, callee);
  }
  instructions.each('import', ({ specifier }, { id, module }) => {
    const to = linked.moduleOf(module, specifier);
    if (to !== undefined) parts.join(id, firstFunc[to] as number);
  });
  return parts;
}

/** Whether a library calls a function with an argument that is untrusted data or holds some, such as a request. */
export function receivesSources(linked: Linked, apis: Apis, id: number): boolean {
  const handed = linked.handedTo(id);
  if (handed.length === 0) return false;
  const { host } = languageAt(linked.program, linked.program.functions[id]?.module ?? 0);
  const { states } = apis(host);
  return handed.some(({ params }) => params.some(({ to }) => holdSources(to, states, 0)));
}

/** The kinds of untrusted data that functions receive as arguments. */
const handed: ReadonlySet<SourceKind> = new Set(['remote', 'browser', 'caller']);

function holdSources(ids: readonly number[], states: readonly State[], depth: number): boolean {
  return ids.some((id) => {
    const state = states[id];
    if (!state || depth > 2) return false;
    if (state.sources.some(({ kind }) => handed.has(kind))) return true;
    const inner = [...state.members.values(), state.anyMember, state.returns];
    return inner.some((some) => holdSources(some, states, depth + 1));
  });
}

/** A kind of sink, or `table`: a file or a response that is a sink only if its name or type says that it is CSV. */
export type Harm = SinkId | 'table';

/** The kinds of sinks that a library type and its members, up to a depth, are by the model. */
const sinksOf = memoizedPair((states: readonly State[], state: State): readonly Harm[] => {
  const kinds = new Set<Harm>();
  // Level by level, each state once: members of a model may lead back to their type.
  const reached = new Set([state]);
  let level: readonly State[] = [state];
  for (let depth = 0; level.length > 0 && depth <= maxSinkMemberDepth; depth++) {
    const inner: State[] = [];
    for (const one of level) {
      for (const { kind, when } of one.sinks)
        kinds.add(sinkKind(kind).needsTable && (when?.ends ?? when?.answers) ? 'table' : kind);
      for (const id of [...one.members.values(), one.anyMember].flat()) {
        const next = states[id];
        if (!next || reached.has(next)) continue;
        reached.add(next);
        inner.push(next);
      }
    }
    level = inner;
  }
  return [...kinds];
});

/** For each function, the kinds of library sinks to which its own code passes, stores or returns values. */
export function sinksOfFunctions(linked: Linked, apis: Apis): ReadonlyMap<number, ReadonlySet<Harm>> {
  const { functions, instructions } = linked.program;
  const found = new Map<number, Set<Harm>>();
  const tell = (func: number, kinds: readonly Harm[]): void => {
    if (kinds.length === 0) return;
    const all = found.get(func) ?? new Set();
    found.set(func, all);
    for (const kind of kinds) all.add(kind);
  };
  const add = ({ id, module }: FuncInfo, ids: readonly number[]): void => {
    if (ids.length === 0) return;
    const { states } = apis(languageAt(linked.program, module).host);
    for (const one of ids) {
      const state = states[one];
      if (state) tell(id, sinksOf(states, state));
    }
  };
  for (const info of functions) for (const state of linked.handedTo(info.id)) add(info, state.returns);
  instructions.each('call', ({ callee }, info) => {
    for (const state of linked.states(info.id, callee)) for (const step of state.args) add(info, step.to);
  });
  instructions.each('store', ({ object, name }, info) => {
    for (const state of linked.states(info.id, object)) {
      add(info, state.members.get(name) ?? []);
      add(info, state.anyMember);
    }
  });
  instructions.each('store-index', ({ object }, info) => {
    for (const state of linked.states(info.id, object)) {
      add(info, [...state.members.values()].flat());
      add(info, state.anyMember);
    }
  });
  return found;
}
