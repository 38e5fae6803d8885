import { maxSinkStepsPerValue, minSinkSteps } from '../../budgets/dataflow.ts';
import type { FuncInfo } from '../../callgraph/program.ts';
import { transitive } from '../../ir/query/transitive.ts';
import { sinkKind } from '../../sinks/sink-kinds.ts';
import { type Abstract, cleaned, deepTaints, holdsSource } from '../domain/abstract.ts';
import { along } from '../domain/entries.ts';
import { harmlessIn, noKinds } from '../domain/kinds.ts';
import type { Scope } from '../domain/scope.ts';
import { type Origin, step, type Taint, type Trace } from '../domain/taint.ts';
import { resolve } from '../summary/substitute.ts';
import { type CallSite, nameAt, type ProvenCells } from '../view/call-site.ts';
import type { ProgramView } from '../view/program-view.ts';
import { addUse, type SinkUses } from '../view/sink-uses.ts';
import type { Sink, SinkUse } from '../view/summary.ts';
import { isNumberOrBoolean, type LibraryParam, paramInField } from './library-fields.ts';
import { isHarmfulInput } from './library-inputs.ts';

/** The results of a function's analysis that `followSinks` needs: its flows into sinks, its call sites and its closures. */
export interface SinkFlows {
  /** The values of the function's own variables, which its closures may capture. */
  readonly scope: Scope;
  /** The sinks that parameters and captured variables of the function reach. */
  sinks: SinkUses | undefined;
  /** The calls that pass values which are or may be untrusted to project functions. */
  readonly sites: readonly CallSite[];
  /**
   * By number of a function that this one creates: what is proven about the captured variables at the place of
   * creation.
   */
  readonly created: ReadonlyMap<number, ProvenCells>;
}

/**
 * Called for each taint of an argument or captured variable that reaches the sink. `func` is the function that passes the argument
 * or creates the closure.
 */
type Arrive = (func: number, sink: Sink, taint: Omit<Taint, 'trace'>, trace: () => Trace) => void;

/** The call sites of a function, and the functions that create it as a closure. */
interface Users {
  readonly sites: CallSite[];
  readonly creators: { readonly scope: Scope; readonly proven: ProvenCells }[];
}

/**
 * Follows each flow from a parameter or a captured variable into a sink back through the call sites, and calls `found`
 * where the passed value is untrusted. Runs after the fixed point, when call sites no longer change. Searches breadth
 * first, for short paths.
 * @param ways by function: the results of its analysis. Undefined for functions that were not analysed
 * @param found its argument `func` is the function that has the untrusted value and passes it on
 */
export function followSinks(
  engine: ProgramView,
  ways: readonly (SinkFlows | undefined)[],
  found: (func: number, sink: Sink, taint: Taint) => void,
): void {
  const { functions } = engine.linked.program;
  const matters = reachedBySources(engine, ways);
  const queue: { readonly func: number; readonly use: SinkUse }[] = [];
  ways.forEach((one, func) => {
    if (!matters.has(func)) return;
    for (const uses of one?.sinks?.values() ?? []) for (const use of uses) queue.push({ func, use });
  });
  if (queue.length === 0) return;
  const users = usersOf(ways);
  const arrive: Arrive = (func, sink, taint, trace) => {
    if (taint.origin.kind === 'source') found(func, sink, { ...taint, trace: trace() });
    else if (matters.has(func)) {
      const one = ways[func] as SinkFlows;
      one.sinks ??= new Map();
      const use = addUse(one.sinks, sink, taint, trace);
      if (use === 'full') engine.cut(func);
      else if (use) queue.push({ func, use });
    }
  };
  let left = minSinkSteps + maxSinkStepsPerValue * engine.linked.program.values;
  for (let at = 0; at < queue.length; at++) {
    const { func, use } = queue[at] as (typeof queue)[number];
    const { origin } = use;
    if (origin.kind === 'source') continue;
    left -= (users[func]?.sites.length ?? 0) + (users[func]?.creators.length ?? 0);
    if (left < 0) {
      engine.cut(func);
      continue;
    }
    if (origin.kind === 'cell') {
      const { name, span } = creationOf(functions[func] as FuncInfo);
      for (const { scope, proven } of users[func]?.creators ?? []) {
        const it = along(engine.variables.cellValue(scope, origin.cell), origin.path);
        const clean = proven.get(origin.cell) ?? noKinds;
        arriveThrough(scope.id, span, name, use, cleaned(it, clean), arrive);
      }
    } else {
      if (engine.libraryInputs.has(func)) reportLibraryInput(engine, func, use, found);
      for (const site of users[func]?.sites ?? [])
        arriveThrough(site.caller.id, site.span, nameAt(site), use, resolve(site, origin), arrive);
    }
  }
}

/** The functions that may receive untrusted data, directly or through any number of calls. Flows in others are not followed. */
function reachedBySources(
  engine: ProgramView,
  ways: readonly (SinkFlows | undefined)[],
): ReadonlySet<number> {
  const starts = new Set(engine.libraryInputs);
  for (const one of ways) {
    if (!one) continue;
    for (const site of one.sites) if (passesSource(site)) starts.add(site.callee);
    if (one.created.size > 0 && sharesSource(engine, one.scope))
      for (const func of one.created.keys()) starts.add(func);
  }
  return transitive(starts, ways.length, (func) => {
    const one = ways[func];
    return one ? [...one.sites.map(({ callee }) => callee), ...one.created.keys()] : [];
  });
}

function sharesSource({ cells }: ProgramView, scope: Scope): boolean {
  for (const [cell, value] of scope.cells) if (!cells.isModules(cell) && holdsSource(value)) return true;
  return false;
}

function passesSource({ args, receiver, results }: CallSite): boolean {
  if (holdsSource(receiver) || args.some(holdsSource)) return true;
  for (const result of results.values()) if (holdsSource(result)) return true;
  return false;
}

function usersOf(ways: readonly (SinkFlows | undefined)[]): readonly (Users | undefined)[] {
  const users: (Users | undefined)[] = ways.map(() => undefined);
  const of = (func: number): Users => (users[func] ??= { sites: [], creators: [] });
  for (const one of ways) {
    if (!one) continue;
    for (const site of one.sites) of(site.callee).sites.push(site);
    for (const [func, proven] of one.created) of(func).creators.push({ scope: one.scope, proven });
  }
  return users;
}

/** The name and the span of the step that a path shows where a closure is created. */
function creationOf({ func }: FuncInfo): { readonly name: string; readonly span: CallSite['span'] } {
  return { name: `${func.name || 'a function'}()`, span: { at: func.at, end: func.at + 1 } };
}

/**
 * Reports a flow from a parameter of a library's public function, or from a field that holds such a parameter: the callers of the
 * library may pass anything.
 */
function reportLibraryInput(
  engine: ProgramView,
  func: number,
  use: SinkUse,
  found: (func: number, sink: Sink, taint: Taint) => void,
): void {
  const given = libraryParam(engine, func, use.origin);
  if (!given || !isHarmfulInput(engine.linked, use, given.names)) return;
  const { param, names } = given;
  const name = names.join('.');
  const value = engine.linked.program.functions[given.func]?.params[given.index] ?? 0;
  const source = engine.origins.source('caller', given.func, value, name);
  const span = { at: param.at, end: param.at + param.name.length };
  const trace = step(given.func, span, `is passed in by callers: ${name}`, undefined, use.trace);
  found(func, use.sink, { origin: source, exact: false, clean: use.clean, weak: use.weak, trace });
}

function libraryParam({ linked }: ProgramView, func: number, origin: Origin): LibraryParam | undefined {
  if (origin.kind !== 'param') return undefined;
  if (origin.index === -1) return paramInField(linked, func, origin.path);
  const param = linked.program.functions[func]?.func.params[origin.index];
  if (!param || isNumberOrBoolean(param)) return undefined;
  // The keys of an object are in the path under a name that no field has.
  const fields = origin.path.filter((name) => !name.startsWith('\0'));
  return { func, index: origin.index, param, names: [param.name, ...fields] };
}

/**
 * Carries a flow into a sink from a callee to one of its callers: calls `arrive` for each taint of the passed value `it` that is
 * not sanitised for the sink.
 */
function arriveThrough(
  caller: number,
  span: CallSite['span'],
  name: string,
  use: SinkUse,
  it: Abstract,
  arrive: Arrive,
): void {
  if (it.shape === 'number' || it.shape === 'boolean') return;
  if (sinkKind(use.sink.kind).takes === 'object' && !use.sink.takesText && it.shape === 'text') return;
  const bit = harmlessIn(use.sink.kind, use.sink.isDirect);
  const taints = use.exact && !sinkKind(use.sink.kind).readsNested ? it.taints : deepTaints(it);
  for (const taint of taints) {
    if (taint.clean.union(use.clean).meets(bit)) continue;
    arrive(
      caller,
      use.sink,
      {
        origin: taint.origin,
        exact: taint.exact && use.exact,
        clean: taint.clean.union(use.clean),
        weak: taint.weak || use.weak,
      },
      () => step(caller, span, `is passed to ${name}`, taint.trace, use.trace),
    );
  }
}
