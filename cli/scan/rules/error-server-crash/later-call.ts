import type { Linked } from '../../callgraph/linked.ts';
import { instOf, type Place } from '../../callgraph/query/made-by.ts';
import type { Call, Func, Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { usersOf } from '../../ir/query/users.ts';

/**
 * A call that receives a function as a callback and runs it later, when the code around the call has returned and can no longer
 * catch its errors: `setTimeout(f)`, `stream.on('data', f)`.
 */
export interface LaterCall {
  readonly call: ValueId;
  readonly name: string;
  /** The callback handles all requests of a Node server, and nothing around it catches its errors. */
  readonly isServer: boolean;
}

const timers = /^(setTimeout|setInterval|setImmediate|nextTick|queueMicrotask)$/;
const servers = /^(node:)?(http|https|http2)$/;
const listening = /^(on|once|addListener|prependListener)$/;
/** Events of streams, sockets and processes. No caller can catch errors of their listeners. */
const events =
  /^(data|end|error|close|finish|response|timeout|connect|connection|message|readable|line|row|file|field|exit|drain|upgrade)$/;
/** The first parameter of callbacks that receive an error. */
const errors = /^_?(e|er|err|error)$/i;
/** Functions that run their callback at once, while the caller can still catch. */
const atOnce =
  /^(verify|sign|decode|render|authenticate|authorize|log_?in|log_?out|next|done|cb|callback|catch|then|each|map|filter|parse|parseString|catchError|subscribe|tap|pipe|handle|finally|describe|it|test|transform|minify|compile)$/i;

/**
 * Finds the call that a function is passed to as a callback, if that call runs it later. The function is given by the
 * place that creates it. Undefined if there is no such call.
 */
export function laterCall(linked: Linked, { func, value }: Place): LaterCall | undefined {
  const outer = linked.program.functions[func]?.func;
  const made = outer?.code[value];
  if (!outer || made?.op !== 'func') return undefined;
  const inner = linked.program.modules[linked.program.functions[func]?.module ?? 0]?.functions[made.func];
  for (const user of usersOf(outer).of[value] ?? []) {
    const call = outer.code[user];
    const found = call?.op === 'call' && inner ? ofCall(outer, call, value, inner) : undefined;
    if (found) return { ...found, call: user };
  }
  return undefined;
}

function ofCall(
  { code }: Func,
  call: Call,
  value: ValueId,
  inner: Func,
): Omit<LaterCall, 'call'> | undefined {
  const callee = code[call.callee];
  const name = nameOf(callee);
  const module = moduleOf(code, callee);
  if (call.isNew || call.isDecorator) return undefined;
  if (name === 'createServer' && servers.test(module)) return { name, isServer: true };
  if (timers.test(name) && call.args[0] === value) return { name, isServer: false };
  if (callee?.op === 'member' && listening.test(name)) {
    const [event] = call.args.map((arg) => code[arg]);
    return event?.op === 'const' && events.test(String(event.value)) ? { name, isServer: false } : undefined;
  }
  if (/^(get|request)$/.test(name) && servers.test(module)) return { name, isServer: false };
  const isLast = call.args.length > 1 || name === 'exec' ? call.args.at(-1) === value : false;
  const first = inner.params[0];
  if (!isLast || !first || !errors.test(first.name) || atOnce.test(name)) return undefined;
  // A function of the project may run its callback at any time.
  return callee?.op === 'member' || module !== '' ? { name, isServer: false } : undefined;
}

function nameOf(callee: Inst | undefined): string {
  return callee?.op === 'member' || callee?.op === 'global' || callee?.op === 'import' ? callee.name : '';
}

/** The package that a function is imported from, as far as it is not one of the project's own files. */
function moduleOf(code: readonly Inst[], callee: Inst | undefined): string {
  const from = callee?.op === 'member' ? code[callee.object] : callee;
  return from?.op === 'import' && !from.specifier.startsWith('.') ? from.specifier : '';
}

/**
 * Finds the call that a function is passed to as a callback, if that call runs it later. The function is given by its
 * number. Undefined if there is no such call.
 */
export function runnerOf(linked: Linked, id: number): Place | undefined {
  const info = linked.program.functions[id];
  const outer = info?.func.outer ?? -1;
  if (!info || outer < 0) return undefined;
  const first = linked.program.firstFunc[info.module] ?? 0;
  const func = first + outer;
  const value = createdIn(linked, func).get(id - first);
  const later = value === undefined ? undefined : laterCall(linked, { func, value });
  return later && { func, value: later.call };
}

/** The values in which a function creates its inner functions, by their numbers in the module. */
function createdIn(linked: Linked, id: number): ReadonlyMap<number, ValueId> {
  const func = linked.program.functions[id]?.func;
  return func ? functionsIn(func) : new Map();
}

const functionsIn = memoized((func: Func): ReadonlyMap<number, ValueId> => {
  const found = new Map<number, ValueId>();
  func.code.forEach((inst, value) => {
    if (inst.op === 'func') found.set(inst.func, value);
  });
  return found;
});

/** Whether a value is exactly this text. */
export function isText(linked: Linked, place: Place, text: string): boolean {
  const inst = instOf(linked, place);
  return inst?.op === 'const' && inst.value === text;
}
