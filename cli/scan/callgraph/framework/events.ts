import { maxEmitterSteps, maxEventListeners } from '../../budgets/callgraph.ts';
import type { Func, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { passTo } from '../calls.ts';
import { cellOfImport } from '../imported-cell.ts';
import type { Linker } from '../linker.ts';
import { type FuncInfo, literalText } from '../program.ts';

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

/**
 * Links events: the arguments of `emit` flow to the functions that listen for the same event name on the same emitter.
 * Events of library objects, such as sockets and requests, are not linked here: the models describe them as sources.
 */
export function linkEvents(linker: Linker): void {
  const listeners = new Map<string, { readonly emitter: Emitter; readonly callback: number }[]>();
  for (const { info, receiver, args } of methodCalls(linker, listens)) {
    const [event, callback] = args;
    if (event === undefined || callback === undefined) continue;
    const text = literalText(info.func, event);
    if (text === undefined) continue;
    const known = listeners.get(text) ?? [];
    listeners.set(text, known);
    known.push({ emitter: emitterOf(linker, info, receiver), callback: info.firstValue + callback });
  }
  if (listeners.size === 0) return;
  for (const { info, receiver, args, call } of methodCalls(linker, emits)) {
    const [event, ...passed] = args;
    if (event === undefined) continue;
    const known = listeners.get(literalText(info.func, event) ?? '') ?? [];
    if (known.length === 0) continue;
    const emitter = emitterOf(linker, info, receiver);
    const same = known.filter((one) => isSame(linker, one.emitter, emitter));
    if (same.length > maxEventListeners) continue;
    for (const { callback } of same) {
      linker.graph.listen(callback, (token) => {
        const { kind, ref } = linker.tokens.get(token);
        if (kind !== 'func' || !linker.addTarget(info.firstValue + call, { func: ref, makes: -1, shift: 1 }))
          return;
        passed.forEach((value, i) => {
          passTo(linker, linker.func(ref), info.firstValue + value, i, null, false);
        });
      });
    }
  }
}

interface MethodCall {
  readonly info: FuncInfo;
  readonly receiver: number;
  readonly args: readonly number[];
  readonly call: number;
}

function methodCalls({ program }: Linker, names: ReadonlySet<string>): MethodCall[] {
  const calls: MethodCall[] = [];
  program.instructions.calls(names, ({ callee, args }, info, call) => {
    const method = info.func.code[callee];
    if (method?.op === 'member') calls.push({ info, receiver: method.object, args, call });
  });
  return calls;
}

/** An emitter of events: a value, and the variable, field or export that holds it. */
interface Emitter {
  readonly node: number;
  readonly home: string | undefined;
}

function emitterOf(linker: Linker, info: FuncInfo, value: number): Emitter {
  return { node: info.firstValue + value, home: homeOf(linker, info, value, 0) };
}

/** Whether two values may be the same emitter: they have a token in common, or the same variable, field or export holds them. */
function isSame(linker: Linker, a: Emitter, b: Emitter): boolean {
  if (a.home !== undefined && a.home === b.home) return true;
  const tokens = linker.graph.tokens(b.node);
  return linker.graph.tokens(a.node).some((token) => tokens.includes(token));
}

function homeOf(linker: Linker, info: FuncInfo, value: number, depth: number): string | undefined {
  const { program } = linker;
  const inst = info.func.code[value];
  if (!inst || depth > maxEmitterSteps) return undefined;
  switch (inst.op) {
    case 'cell-load':
    case 'cell-store':
      return `${(program.firstCell[info.module] as number) + inst.cell}`;
    case 'import':
      return homeOfImport(linker, info.module, inst.specifier, inst.name);
    case 'member': {
      const object = info.func.code[inst.object];
      if (object?.op === 'import' && object.name === '*')
        return homeOfImport(linker, info.module, object.specifier, inst.name);
      if (object?.op === 'this')
        return info.func.class >= 0 ? `${info.module} ${info.func.class} ${inst.name}` : undefined;
      // A member of such an object: `hub.orders`.
      const outer = homeOf(linker, info, inst.object, depth + 1);
      return outer === undefined ? undefined : `${outer} .${inst.name}`;
    }
    case 'effect':
    case 'typed':
      return homeOf(linker, info, inst.value, depth + 1);
    case 'store':
      return homeOf(linker, info, inst.object, depth + 1);
    // `const bus = new EventEmitter()`: in a variable that functions share, or else local to this function.
    case 'call':
    case 'object': {
      const cell = keptIn(info.func).get(value);
      if (cell !== undefined) return `${(program.firstCell[info.module] as number) + cell}`;
      return `value ${info.firstValue + value}`;
    }
    default:
      return undefined;
  }
}

/** By value: the shared variable that this function stores it in. */
const keptIn = memoized((func: Func): ReadonlyMap<ValueId, number> => {
  const cells = new Map<ValueId, number>();
  for (const inst of func.code) if (inst.op === 'cell-store') cells.set(inst.value, inst.cell);
  return cells;
});

/** A variable of another module, or a value that the module exports without a variable. */
function homeOfImport(linker: Linker, module: number, specifier: string, name: string): string | undefined {
  const cell = cellOfImport(linker, module, specifier, name);
  if (cell !== undefined) return `${cell}`;
  const from = linker.resolve(module, specifier).module;
  const named = name === '*' || name === 'default' ? '=' : name;
  const found = (from === undefined ? undefined : linker.program.modules[from]?.exports)?.find(
    (one) => 'value' in one && one.name === named,
  );
  return found && 'value' in found ? `${from} ${found.func} ${found.value}` : undefined;
}
