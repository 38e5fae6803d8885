import { passTo } from './calls.ts';
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
  const listeners = new Map<string, { readonly receiver: number; readonly callback: number }[]>();
  for (const info of linker.program.functions) {
    for (const { name, receiver, args } of methodCalls(info)) {
      const [event, callback] = args;
      if (!listens.has(name) || event === undefined || callback === undefined) continue;
      const text = literalText(info.func, event);
      if (text === undefined) continue;
      const known = listeners.get(text) ?? [];
      listeners.set(text, known);
      known.push({ receiver: info.firstValue + receiver, callback: info.firstValue + callback });
    }
  }
  if (listeners.size === 0) return;
  for (const info of linker.program.functions) {
    for (const { name, receiver, args, call } of methodCalls(info)) {
      const [event, ...passed] = args;
      if (!emits.has(name) || event === undefined) continue;
      const known = listeners.get(literalText(info.func, event) ?? '') ?? [];
      const same = known.filter((one) => sharesToken(linker, one.receiver, info.firstValue + receiver));
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

function sharesToken(linker: Linker, a: number, b: number): boolean {
  const tokens = linker.graph.tokens(b);
  return linker.graph.tokens(a).some((token) => tokens.includes(token));
}
