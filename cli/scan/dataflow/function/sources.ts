import type { Linked } from '../../callgraph/linked.ts';
import { languageAt } from '../../callgraph/program.ts';
import { instAt, origin } from '../../callgraph/query/called-on.ts';
import { isConvertedParam } from '../../frameworks/routes/route-params.ts';
import { isCallbackError } from '../../frameworks/traits/component/callback-errors.ts';
import { bringsNoData } from '../../frameworks/traits/component/listened-event.ts';
import { admittedKinds, withPathParts } from '../../frameworks/traits/request/admitted-kinds.ts';
import { withRouteFields } from '../../frameworks/traits/request/route-fields.ts';
import { calledBy } from '../../ir/default-calls.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';
import { servicer } from '../../libraries/python/http/remote-calls.ts';
import type { State } from '../../models/api.ts';
import { isCheckedType, isOwnInstance } from '../../schemas/checked-types.ts';
import { pipeKinds } from '../../schemas/custom-pipes.ts';
import { declaringCalls } from '../../schemas/declaring-calls.ts';
import { isOfNumberColumns } from '../../schemas/listed-columns.ts';
import { isPiped, whitelistedKinds } from '../../schemas/validated.ts';
import { type Abstract, cleaned, withTaints } from '../domain/abstract.ts';
import { allKinds, kinds } from '../domain/kinds.ts';
import { cleanKinds, holds } from '../models/condition.ts';
import { isMadeForAnswer, isOwnError } from '../query/own-errors.ts';
import { hasOwnMessage } from '../query/own-messages.ts';
import { throwsOwnSentences } from '../query/own-throws.ts';
import { reachedStates } from '../summary/reached-states.ts';
import { addSource } from '../summary/source-taint.ts';
import type { FunctionView } from '../view/function-view.ts';

/**
 * Adds to a value the taints of the sources that it comes from: those that models list, caught exceptions, and
 * parameters that a framework fills. Leaves out what a framework validates. The taints are sanitised for the kinds of
 * sinks that the models list.
 */
export function withSources(frame: FunctionView, value: ValueId, inst: Inst, it: Abstract): Abstract {
  switch (inst.op) {
    case 'member':
    case 'index':
    case 'call':
    case 'global':
    case 'import':
    case 'element': {
      const states = reachedStates(frame, value, inst);
      const isStatus = inst.op === 'member' && it.taints.length > 0 && statuses.has(inst.name);
      if (states.length === 0 && !isStatus) return it;
      return withModelled(frame, value, inst, isStatus ? cleaned(it, toldByErrors) : it, states);
    }
    case 'param': {
      const states = reachedStates(frame, value, inst);
      if (isMessage(frame, inst.index))
        return addSource(frame, value, inst, it, 'remote', 'the message of a gRPC call');
      if (isCallbackError(frame, inst.index, states.length > 0))
        return addSource(frame, value, inst, it, 'error', 'the error passed to the callback');
      return withModelled(frame, value, inst, it, states);
    }
    case 'caught':
      return isOwnError(frame, inst.type) ? it : caughtError(frame, value, inst, it);
    default:
      return it;
  }
}

const toldByErrors = kinds('leak');

/** Names of members that hold the status of an error: a number or a fixed word, and no description. */
const statuses: ReadonlySet<string> = new Set(
  'status status_code statusCode http_status httpStatus code errno returncode exit_code exitCode'.split(' '),
);

function withModelled(
  frame: FunctionView,
  value: ValueId,
  inst: Inst,
  it: Abstract,
  states: readonly State[],
): Abstract {
  if (states.length === 0) return it;
  let all = it;
  for (const state of states) {
    for (const { kind: source, when } of state.sources) {
      if (when && !holds(frame, inst, when)) continue;
      if (source === 'remote' && (isChecked(frame, value, inst) || isOwnRequest(frame, inst, state)))
        continue;
      if (source === 'stored' && isOfNumberColumns(frame, value)) {
        all = cleaned(all, allKinds);
        continue;
      }
      if (source === 'error' && inst.op === 'member' && isMadeForAnswer(frame, inst.object)) continue;
      if (source === 'page' && setsAll(frame, inst, state)) continue;
      if (inst.op === 'param' && bringsNoData(frame, inst.index, nameOf(state))) continue;
      const isKnown = all.taints.some(
        ({ origin, weak }) => origin.kind === 'source' && origin.source === source && !weak,
      );
      // The content of an archive or of an upload part matters more than its sender: the specific source replaces the general
      // one.
      if (isKnown && (state.traits.has('in-archive') || state.traits.has('in-form-field')))
        all = withTaints(
          all,
          all.taints.filter(({ origin }) => origin.kind !== 'source' || origin.source !== source),
        );
      else if (isKnown) continue;
      if (all.shape === 'number' || all.shape === 'boolean' || (all.shape === 'text' && all.consts)) continue;
      all = addSource(frame, value, inst, all, source, nameOf(state), state);
    }
  }
  for (const state of states) all = cleaned(all, cleanKinds(frame, inst, state));
  if (all !== it)
    all = withPathParts(frame, inst, cleaned(all, admittedKinds(frame, value, inst, states)), states);
  // What a middleware stores in the request is a source as well.
  if (!frame.isConstantPass && states.some(({ sources }) => sources.length > 0))
    all = withRouteFields(frame, value, inst, all);
  if (inst.op === 'param' && all !== it && isDeclaredText(frame, inst.index)) all = { ...all, shape: 'text' };
  // Behind Nest's decorator: a parameter of a class whose fields are validated.
  const [decorated] = inst.op === 'call' && inst.isDecorator ? inst.args : [];
  if (decorated === undefined || inst.op !== 'call') return all;
  const clean = whitelistedKinds(frame.linked, frame.linked.instances(frame.id, decorated));
  return cleaned(all, clean.union(pipeKinds(frame, inst)));
}

/** Whether a parameter is the first one of a gRPC method: a message, or a stream of messages, from the client. */
function isMessage({ linked, id, func }: FunctionView, index: number): boolean {
  const owner = index === 0 && func.params.length === 2 ? linked.classOf(id) : -1;
  return (
    owner >= 0 &&
    !func.name.startsWith('_') &&
    linked.basesOf(owner).some((base) => typeof base === 'string' && servicer.test(base))
  );
}

/** Whether a parameter is declared as a string, as in `page: str`. The framework then passes one. */
function isDeclaredText({ func, linked, info }: FunctionView, index: number): boolean {
  const type = func.params[index]?.type;
  return (
    type !== undefined &&
    'name' in type &&
    type.name === 'str' &&
    languageAt(linked.program, info.module).typesExistAtRunTime
  );
}

/** Whether a call only sets members, as `$(link).attr({ name, value })` does. It reads nothing, so it is no source. */
function setsAll(frame: FunctionView, inst: Inst, state: State): boolean {
  if (inst.op !== 'call' || !state.traits.has('sets-by-object')) return false;
  const [first] = inst.args;
  return first !== undefined && frame.inst(first).op === 'object';
}

/**
 * Whether a member is read from a request that the program builds itself: `new Request(url, { headers })`. Such a request is
 * tainted only by its arguments.
 */
function isOwnRequest(frame: FunctionView, inst: Inst, state: State): boolean {
  if (!state.traits.has('may-be-made-here')) return false;
  const read = inst.op === 'call' ? frame.inst(inst.callee) : inst;
  if (read.op !== 'member') return false;
  const place = origin(frame.linked, { func: frame.id, value: read.object });
  const made = instAt(frame.linked, place);
  if (made?.op !== 'call' || !made.isNew) return false;
  const maker = instAt(frame.linked, { func: place.func, value: made.callee });
  if (maker?.op !== 'global' && maker?.op !== 'member') return false;
  return maker.name === 'Request';
}

/** The value of a caught exception, with the taint of a source. The taint is weak if the project wrote the message itself. */
function caughtError(
  frame: FunctionView,
  value: ValueId,
  inst: Inst & { op: 'caught' },
  it: Abstract,
): Abstract {
  const error = addSource(frame, value, inst, it, 'error', 'the exception');
  const isOwn = frame.language.catchesByType ? hasOwnMessage : throwsOwnSentences;
  if (error === it || !isOwn(frame, value, inst)) return error;
  const taints = error.taints.map((taint) =>
    taint.origin.kind === 'source' && taint.origin.source === 'error' ? { ...taint, weak: true } : taint,
  );
  return withTaints(error, taints);
}

/**
 * Whether a parameter needs no taint of a remote source: a framework validates it by its declared type or pipe, or it is no part of
 * the request. `value` may also be the call in the parameter's default (`= Query(...)`).
 */
function isChecked(frame: FunctionView, value: ValueId, inst: Inst): boolean {
  const { module } = frame.info;
  if (!frame.language.typesExistAtRunTime) return isPiped(frame, inst);
  if (inst.op === 'param')
    return (
      isCheckedType(frame, module, frame.func.params[inst.index]?.type) ||
      isOwnInstance(frame, value) ||
      isConvertedParam(frame.linked, frame.id, inst.index) ||
      isOfLibrary(frame, value) ||
      isDependency(frame, value)
    );
  if (inst.op !== 'call') return false;
  const phi = frame.func.code.find((one) => one.op === 'phi' && one.inputs.includes(value));
  const param =
    phi?.op === 'phi'
      ? phi.inputs.map((input) => frame.inst(input)).find((one) => one.op === 'param')
      : undefined;
  return param?.op === 'param' && isCheckedType(frame, module, frame.func.params[param.index]?.type);
}

function nameOf(state: State): string {
  return state.name.replaceAll('new ', '');
}

/** Whether a parameter has a library type, as `request: Request` has. The models say which of its members are untrusted. */
function isOfLibrary({ linked, id }: FunctionView, param: ValueId): boolean {
  return linked.states(id, param).some(({ type, traits }) => type !== undefined && !traits.has('is-guessed'));
}

/**
 * Whether the framework fills a parameter with the result of a function or a class, and not with a part of the request: `user:
 * User = Depends(current_user)`, `page: Page = Depends()`.
 */
function isDependency(frame: FunctionView, param: ValueId): boolean {
  const { linked, id } = frame;
  return declaringCalls(frame, param).some(({ func, call }) => {
    if (!/^(?:Depends|Security)$/.test(calledBy(func.func, call) ?? '')) return false;
    const [given] = call.args;
    return (
      linked.instances(id, param).some((owner) => hasConstructor(linked, owner)) ||
      (given !== undefined && linked.functions(func.id, given).length > 0)
    );
  });
}

/** Whether a class declares a constructor itself. An inherited one does not count. */
export function hasConstructor({ program }: Linked, owner: number): boolean {
  return program.classes[owner]?.class.methods.some(({ name }) => name === 'constructor') ?? false;
}
