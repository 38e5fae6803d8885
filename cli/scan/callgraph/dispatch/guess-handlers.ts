import { maxHandlerEntries } from '../../budgets/callgraph.ts';
import type { Call, Inst, ValueId } from '../../ir/ir.ts';
import { handTo } from '../calls.ts';
import type { Linker } from '../linker.ts';
import type { FuncInfo } from '../program.ts';
import { nameOf } from './guessed-name.ts';

/**
 * Guesses that a library calls a function, and with which arguments, from how the function is registered: by the
 * decorator `@errorhandler(Exception)`, by the call `add_exception_handler(Exception, f)`, or in a dictionary,
 * `exception_handlers={Exception: f}`.
 */
export function guessHandlers(linker: Linker, info: FuncInfo, inst: Inst & Call): void {
  const { code } = info.func;
  if (inst.isDecorator) {
    const given = code[inst.callee];
    const callee = given?.op === 'call' ? code[given.callee] : undefined;
    const [first] = given?.op === 'call' ? given.args : [];
    if (callee?.op === 'member') handOver(linker, info, callee.name, first, inst.args[0]);
    return;
  }
  const callee = code[inst.callee];
  const [first, handler] = inst.args;
  // `app.add_exception_handler(Exception, on_error)`
  if (callee?.op === 'member') handOver(linker, info, callee.name, first, handler);
  // `Starlette(exception_handlers={Exception: on_error})`
  inst.names?.forEach((name, i) => {
    const table = name === null ? undefined : code[inst.args[i] ?? -1];
    if (name === null || table?.op !== 'object') return;
    for (const [at, key] of table.keys.slice(0, maxHandlerEntries).entries())
      if (key !== null) handOver(linker, info, name, key, table.values[at]);
  });
}

function handOver(
  linker: Linker,
  info: FuncInfo,
  by: string,
  key: ValueId | string | undefined,
  handler: ValueId | undefined,
): void {
  if (key === undefined || handler === undefined) return;
  const states = linker.apiOf(info.module).guesses.get(`@${by}(${keyName(linker, info, key)})`);
  if (!states) return;
  for (const token of linker.graph.tokens(info.firstValue + handler)) {
    const { kind, ref } = linker.tokens.get(token);
    if (kind === 'func') for (const state of states) handTo(linker, ref, state);
  }
}

/** The name of an error class, or a status code. */
function keyName(linker: Linker, info: FuncInfo, key: ValueId | string): string | undefined {
  if (typeof key === 'string') return key;
  const inst = info.func.code[key];
  return inst?.op === 'const' ? String(inst.value) : nameOf(linker, info.module, info.func, key, 0);
}
