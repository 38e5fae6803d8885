import { literalText } from '../../../callgraph/program.ts';
import type { FunctionView } from '../../../dataflow/view/function-view.ts';
import type { Func, ValueId } from '../../../ir/ir.ts';
import { memoized } from '../../../ir/memoized.ts';
import { electronEvents } from '../../electron/model.ts';

/** Events about a connection's state: the library creates their arguments, and no client sends them. */
const ofConnections: ReadonlySet<string> = new Set([
  'error',
  'wsClientError',
  'clientError',
  'close',
  'end',
  'finish',
  'open',
  'connect',
  'drain',
  'timeout',
  'aborted',
  'listening',
]);

/** The models' states for parameters of listeners. */
const listeners = /\.(?:on|once|addListener) argument 1 parameter 0$/;

/**
 * Whether a listener's parameter carries no data from a client, although a model declares it as untrusted. True if the
 * event only reports on a connection (`close`), or if the parameter is named like an error. A listener of Electron
 * carries data only if it is a function expression in a call for one of `electronEvents`.
 * @param state the model's name for the parameter, such as `socketio.Socket.on argument 1 parameter 0`
 */
export function bringsNoData(frame: FunctionView, index: number, state: string): boolean {
  const events = electronEvents.get(/^[\w]+\.[\w]+/.exec(state)?.[0] ?? '');
  if (events && ofListener.test(state)) return !listensTo(frame, events);
  if (!listeners.test(state)) return false;
  return errorName.test(frame.func.params[index]?.name ?? '') || isOnlyOfConnection(frame);
}

/** The parameter names that identify error listeners that are bound or defined elsewhere. */
const errorName = /^(?:err|error|\w+Err|\w+Error)$/;

/** Any parameter of an event listener, as the models name it. */
const ofListener = /\.(?:on|once|addListener) argument 1 parameter \d+$/;

/** Whether a function is defined where it is registered, only for these events. */
function listensTo(frame: FunctionView, events: ReadonlySet<string>): boolean {
  const calls = callsWith(frame);
  return calls?.of.every((call) => events.has(eventOf(calls.around, call) ?? '')) === true;
}

/** Whether a function is defined where it is registered, only for events of a connection. */
function isOnlyOfConnection(frame: FunctionView): boolean {
  const calls = callsWith(frame);
  if (!calls) return false;
  return calls.of.every((call) => {
    const event = eventOf(calls.around, call);
    return event !== undefined && ofConnections.has(event);
  });
}

/** Returns the name of the event that a call registers a listener for. Undefined if the name is not constant. */
export function eventOf(around: Func, call: ValueId): string | undefined {
  const inst = around.code[call];
  const name = inst?.op === 'call' ? inst.args[0] : undefined;
  return name === undefined ? undefined : literalText(around, name);
}

/**
 * Finds the calls that take the analysed function as an argument, if it is a function expression. Returns these calls
 * (`of`) and the function that contains them (`around`). Undefined if there are none.
 */
export function callsWith({
  info,
  linked,
  func,
}: FunctionView): { readonly around: Func; readonly of: readonly ValueId[] } | undefined {
  const { program } = linked;
  const first = program.firstFunc[info.module] ?? 0;
  const around = func.outer < 0 ? undefined : program.functions[first + func.outer]?.func;
  const of = around && handedIn(around).get(info.id - first);
  return around && of && { around, of };
}

/** For each function expression, the calls that take it as an argument. Computed once per enclosing function. */
const handedIn = memoized((around: Func): ReadonlyMap<number, readonly ValueId[]> => {
  const calls = new Map<number, ValueId[]>();
  for (const [value, inst] of around.code.entries()) {
    if (inst.op !== 'call') continue;
    for (const arg of new Set(inst.args)) {
      const made = around.code[arg];
      if (made?.op !== 'func') continue;
      const all = calls.get(made.func);
      if (all) all.push(value);
      else calls.set(made.func, [value]);
    }
  }
  return calls;
});
