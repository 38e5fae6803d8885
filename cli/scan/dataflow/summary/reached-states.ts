import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import { memoizedPair } from '../../ir/memoized.ts';
import { type Api, isStepOf, type State } from '../../models/api.ts';
import { constantKey } from '../query/constant-key.ts';
import type { FunctionView } from '../view/function-view.ts';

/**
 * The library types that an instruction gives to its result, such as the type of a member that it reads from a request.
 * Empty if the instruction only passes a value on. So a source taints a value only where it is read, not again wherever it
 * is stored and loaded.
 */
export function reachedStates(frame: FunctionView, value: ValueId, inst: Inst): readonly State[] {
  switch (inst.op) {
    case 'member':
    case 'index': {
      const { linked, func, id } = frame;
      // In a method, `this` is an instance of its own class, even if a library calls it elsewhere.
      const isOwn = func.class >= 0 && func.code[inst.object]?.op === 'this';
      const own = isOwn ? none : linked.states(id, inst.object);
      // Runs for every member read, and usually finds nothing.
      let found = own.length === 0 ? none : withMembers(frame, inst, own, none);
      for (const owner of linked.instances(id, inst.object)) {
        const inherited = linked.inherited(owner);
        if (inherited.length > 0) found = withMembers(frame, inst, inherited, found);
      }
      return found;
    }
    case 'element': {
      const states = frame.linked.states(frame.id, inst.value);
      return states.length === 0 ? none : elementsOf(frame, states);
    }
    case 'call': {
      const states = frame.linked.states(frame.id, inst.callee);
      return states.length === 0 ? none : resultsOf(frame, inst, states);
    }
    case 'param':
      return frame.handed.length === 0 ? none : passedFor(frame, inst.index);
    case 'global':
      return globalNamed(frame, inst.name);
    case 'import':
      return frame.linked.moduleOf(frame.info.module, inst.specifier) === undefined
        ? frame.linked.states(frame.id, value)
        : none;
    default:
      return none;
  }
}

function statesOf(frame: FunctionView, ids: readonly number[]): readonly State[] {
  if (ids.length === 0) return none;
  const { states } = frame.engine.apiOf(frame.info.module);
  return ids.flatMap((id) => states[id] ?? []);
}

/** Adds to `others` the types of the member that is read from objects of these types. */
function withMembers(
  frame: FunctionView,
  inst: Inst & { readonly op: 'member' | 'index' },
  states: readonly State[],
  others: readonly State[],
): readonly State[] {
  const name = constantKey(frame, inst);
  let found = others;
  for (const { members, anyMember } of states) {
    const named = name === undefined ? undefined : members.get(name);
    if (named) found = [...found, ...statesOf(frame, named)];
    if (anyMember.length > 0) found = [...found, ...statesOf(frame, anyMember)];
  }
  return found;
}

function elementsOf(frame: FunctionView, states: readonly State[]): readonly State[] {
  return states.flatMap((state) =>
    statesOf(frame, [...state.anyMember, ...(state.members.get('__element__') ?? [])]),
  );
}

function resultsOf(frame: FunctionView, inst: Inst & Call, states: readonly State[]): readonly State[] {
  const made = states.flatMap((state) => statesOf(frame, [...state.returns, ...state.instance]));
  if (!inst.isDecorator) return made;
  // Nest's `@Query('id') id`: the decorated parameter holds what the decorator names.
  return [
    ...made,
    ...states.flatMap((state) =>
      state.args.filter((step) => isStepOf(step, 0, null)).flatMap((step) => statesOf(frame, step.to)),
    ),
  ];
}

function passedFor(frame: FunctionView, at: number): readonly State[] {
  const param = frame.func.params[at];
  const index = at - frame.linked.boundBefore(frame.id);
  if (index < 0) return none;
  return frame.handed
    .flatMap((state) => state.params)
    .filter(
      (step) =>
        isStepOf(step, index, null) ||
        (param !== undefined && isStepOf(step, -2, param.name)) ||
        (param?.rest && (step.from ?? 0) >= index),
    )
    .flatMap((step) => statesOf(frame, step.to));
}

function globalNamed(frame: FunctionView, name: string): readonly State[] {
  const api = frame.engine.apiOf(frame.info.module);
  let found: readonly State[] = none;
  for (const id of api.packages.get('global') ?? none) {
    const members = api.states[id]?.members.get(name);
    if (members) found = found.length === 0 ? statesIn(api, members) : [...found, ...statesIn(api, members)];
  }
  return found;
}

/** Memoized by the list of the model, since there is no bound on the names in scanned code. */
const statesIn: (api: Api, ids: readonly number[]) => readonly State[] = memoizedPair(({ states }, ids) =>
  ids.flatMap((id) => states[id] ?? []),
);

const none: readonly never[] = Object.freeze([]);
