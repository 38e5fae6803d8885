import type { Call, Func } from '../ir/ir.ts';
import { literalText } from '../link/program.ts';
import type { Frame } from './frame.ts';

/** Events that say how a connection fares: what they bring was made by the library, and not sent by others. */
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

/** Of the models: what listeners are handed. */
const listeners = /\.(?:on|once|addListener) argument 1 parameter 0$/;

/** Whether a state says that a parameter is sent by others, and the function listens to what nobody sends. */
export function bringsNoData(frame: Frame, index: number, state: string): boolean {
  if (!listeners.test(state)) return false;
  return errorName.test(frame.func.params[index]?.name ?? '') || isOnlyOfConnection(frame);
}

/** Listeners that are bound, or written elsewhere, say by the name of what they take which event they are for. */
const errorName = /^(?:err|error|\w+Err|\w+Error)$/;

/** A function that is written right where it is registered, for such an event and for nothing else. */
function isOnlyOfConnection({ info, linked, func }: Frame): boolean {
  const { program } = linked;
  const first = program.firstFunc[info.module] ?? 0;
  const around = func.outer < 0 ? undefined : program.functions[first + func.outer]?.func;
  const calls = around && handedIn(around).get(info.id - first);
  if (!around || !calls) return false;
  return calls.every(({ args: [name] }) => {
    const event = name === undefined ? undefined : literalText(around, name);
    return event !== undefined && ofConnections.has(event);
  });
}

const handed = new WeakMap<Func, ReadonlyMap<number, readonly Call[]>>();

/** The calls that are handed functions which are written there, by those: found once for all listeners of a function. */
function handedIn(around: Func): ReadonlyMap<number, readonly Call[]> {
  const known = handed.get(around);
  if (known) return known;
  const calls = new Map<number, Call[]>();
  for (const inst of around.code) {
    if (inst.op !== 'call') continue;
    for (const arg of new Set(inst.args)) {
      const made = around.code[arg];
      if (made?.op !== 'func') continue;
      const all = calls.get(made.func);
      if (all) all.push(inst);
      else calls.set(made.func, [inst]);
    }
  }
  handed.set(around, calls);
  return calls;
}
