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
  if (!around) return false;
  const made = around.code.findIndex((inst) => inst.op === 'func' && first + inst.func === info.id);
  const calls = around.code.filter((inst) => inst.op === 'call' && inst.args.includes(made));
  return (
    made >= 0 &&
    calls.length > 0 &&
    calls.every((call) => {
      const event = call.op === 'call' && call.args[0] !== undefined && literalText(around, call.args[0]);
      return typeof event === 'string' && ofConnections.has(event);
    })
  );
}
