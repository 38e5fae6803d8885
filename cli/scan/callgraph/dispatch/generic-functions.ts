import { maxStackedDecorators } from '../../budgets/callgraph.ts';
import type { Call, Func, ValueId } from '../../ir/ir.ts';
import type { Linker } from '../linker.ts';
import { field } from '../members.ts';
import type { FuncInfo } from '../program.ts';

const makers: ReadonlySet<string> = new Set(['singledispatch', 'singledispatchmethod']);

/** Implementations for these types are not linked: a number is no payload. */
const numbers: ReadonlySet<string> = new Set(['int', 'float', 'bool', 'complex']);

/**
 * Links calls of generic functions, `functools.singledispatch` in Python, to their implementations: `@run.register def
 * _(line: str)`. Each implementation counts as a target, as the type of the argument is unknown. Implementations for
 * numbers are left out.
 */
export function linkGenericFunctions(linker: Linker): void {
  const { program, graph, tokens } = linker;
  /** By decorated function: the node of its implementations. */
  const registered = new Map<number, number>();
  program.instructions.calls(makers, (inst, info, value) => {
    const base =
      inst.isDecorator && isMaker(info.func, inst.callee) ? decorated(linker, info, inst.args[0]) : -1;
    if (base < 0) return;
    const node = graph.node();
    const { func, module } = linker.func(base);
    registered.set(base, node);
    graph.edge(node, info.firstValue + value);
    if (func.class < 0) return;
    const owner = tokens.of('instance', (program.firstClass[module] as number) + func.class);
    graph.edge(node, field(linker, owner, func.name));
  });
  if (registered.size === 0) return;
  program.instructions.each('call', (inst, info) => {
    const found = registration(linker, info, inst);
    if (!found) return;
    graph.listen(info.firstValue + found.generic, (token) => {
      const { kind, ref } = tokens.get(token);
      const node = kind === 'func' || kind === 'unbound' ? registered.get(ref) : undefined;
      if (node !== undefined) graph.edge(info.firstValue + found.implementation, node);
    });
  });
}

function isMaker({ code }: Func, callee: ValueId): boolean {
  const inst = code[callee];
  const from = inst?.op === 'member' ? code[inst.object] : inst;
  if ((inst?.op !== 'member' && inst?.op !== 'import') || from?.op !== 'import') return false;
  return makers.has(inst.name) && from.specifier === 'functools';
}

interface Found {
  readonly generic: ValueId;
  readonly implementation: ValueId;
}

/** `@run.register`, `@run.register(str)`, `run.register(str, run_text)` */
function registration(linker: Linker, info: FuncInfo, inst: Call): Found | undefined {
  const { code } = info.func;
  const callee = code[inst.callee];
  const inner = inst.isDecorator && callee?.op === 'call' ? callee : inst;
  const method = code[inner.callee];
  const implementation = inst.isDecorator ? inst.args[0] : inst.args[1];
  if (method?.op !== 'member' || method.name !== 'register' || implementation === undefined) return undefined;
  const type = inner === inst && inst.isDecorator ? undefined : code[inner.args[0] ?? -1];
  const name = type?.op === 'global' ? type.name : type ? '' : declared(linker, info, implementation);
  return numbers.has(name) ? undefined : { generic: method.object, implementation };
}

/** The name of the first parameter's type, if it is a type of the language. */
function declared(linker: Linker, info: FuncInfo, implementation: ValueId): string {
  const func = decorated(linker, info, implementation);
  const type = func < 0 ? undefined : linker.func(func).func.params[0]?.type;
  return type && 'name' in type ? type.name : '';
}

/** The function below the decorators, by its global number, or -1. */
function decorated({ program }: Linker, info: FuncInfo, value: ValueId | undefined): number {
  let inst = info.func.code[value ?? -1];
  for (let i = 0; inst?.op === 'call' && inst.isDecorator && i < maxStackedDecorators; i++)
    inst = info.func.code[inst.args[0] ?? -1];
  return inst?.op === 'func' ? (program.firstFunc[info.module] as number) + inst.func : -1;
}
