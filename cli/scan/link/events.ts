import { passTo } from './calls.ts';
import { cellOfImport } from './imported-cell.ts';
import type { Linker } from './linker.ts';
import { type FuncInfo, literalText } from './program.ts';

const listens: ReadonlySet<string> = new Set([
  'on',
  'once',
  'addListener',
  'prependListener',
  'subscribe',
  'addEventListener',
  'connect',
]);
const emits: ReadonlySet<string> = new Set(['emit', 'publish', 'dispatch']);

/** More listeners of one event than this are hardly those of one emitter. */
const maxListeners = 12;

/**
 * Events: what is emitted under a name arrives at the functions that listen to that name on the same kind of
 * value. Emitters of libraries whose events are modelled (sockets, requests) bring their own data.
 */
export function linkEvents(linker: Linker): void {
  const listeners = new Map<
    string,
    { readonly info: FuncInfo; readonly receiver: number; readonly callback: number }[]
  >();
  for (const info of linker.program.functions) {
    for (const { name, receiver, args } of methodCalls(info)) {
      const [event, callback] = args;
      if (!listens.has(name) || event === undefined || callback === undefined) continue;
      const text = literalText(info.func, event);
      if (text === undefined) continue;
      const known = listeners.get(text) ?? [];
      listeners.set(text, known);
      known.push({ info, receiver, callback: info.firstValue + callback });
    }
  }
  if (listeners.size === 0) return;
  for (const info of linker.program.functions) {
    for (const { name, receiver, args, call } of methodCalls(info)) {
      const [event, ...passed] = args;
      if (!emits.has(name) || event === undefined) continue;
      const known = listeners.get(literalText(info.func, event) ?? '') ?? [];
      const same = known.filter((one) => isSame(linker, one, { info, receiver }));
      if (same.length > maxListeners) continue;
      for (const { callback } of same) {
        linker.graph.listen(callback, (token) => {
          const { kind, ref } = linker.tokens.get(token);
          if (
            kind !== 'func' ||
            !linker.addTarget(info.firstValue + call, { func: ref, makes: -1, shift: 1 })
          )
            return;
          passed.forEach((value, i) => {
            passTo(linker, linker.func(ref), info.firstValue + value, i, null, false);
          });
        });
      }
    }
  }
}

interface MethodCall {
  readonly name: string;
  readonly receiver: number;
  readonly args: readonly number[];
  readonly call: number;
}

function methodCalls(info: FuncInfo): MethodCall[] {
  const calls: MethodCall[] = [];
  info.func.code.forEach((inst, call) => {
    if (inst.op !== 'call') return;
    const callee = info.func.code[inst.callee];
    if (callee?.op === 'member')
      calls.push({ name: callee.name, receiver: callee.object, args: inst.args, call });
  });
  return calls;
}

/** A value of a function that events are sent through. */
interface Emitter {
  readonly info: FuncInfo;
  readonly receiver: number;
}

/** Whether two values can be the same emitter: what is known of them, or the variable or field that holds them. */
function isSame(linker: Linker, a: Emitter, b: Emitter): boolean {
  const tokens = linker.graph.tokens(b.info.firstValue + b.receiver);
  if (linker.graph.tokens(a.info.firstValue + a.receiver).some((token) => tokens.includes(token)))
    return true;
  const home = homeOf(linker, a.info, a.receiver, 0);
  return home !== undefined && home === homeOf(linker, b.info, b.receiver, 0);
}

/** The variable that a value is read from, or the field of its own class. */
function homeOf(linker: Linker, info: FuncInfo, value: number, depth: number): string | undefined {
  const inst = info.func.code[value];
  if (!inst || depth > 6) return undefined;
  switch (inst.op) {
    case 'cell-load':
    case 'cell-store':
      return `${(linker.program.firstCell[info.module] as number) + inst.cell}`;
    case 'import': {
      const cell = cellOfImport(linker, info.module, inst.specifier, inst.name);
      return cell === undefined ? undefined : `${cell}`;
    }
    case 'member': {
      if (info.func.code[inst.object]?.op !== 'this' || info.func.class < 0) return undefined;
      return `${info.module} ${info.func.class} ${inst.name}`;
    }
    case 'effect':
    case 'typed':
      return homeOf(linker, info, inst.value, depth + 1);
    default:
      return undefined;
  }
}
