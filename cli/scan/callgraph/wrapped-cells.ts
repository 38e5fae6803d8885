import { maxWrapperRounds } from '../budgets/callgraph.ts';
import type { Func, Inst, Module, ValueId } from '../ir/ir.ts';
import type { FuncInfo, Program } from './program.ts';

/**
 * The variables, by global number, in which a wrapper keeps the function that it wraps: `view` in
 * `def login_required(view)`, which the returned closure uses. This runs before linking, so a function counts as a
 * wrapper if its name is that of a decorator in use, or of a callee that receives a function literal.
 */
export function wrappedCells(program: Program): ReadonlySet<number> {
  const wrappers = wrapperNames(program);
  const cells = new Set<number>();
  program.instructions.each('cell-store', ({ value, cell }, info) => {
    if (info.func.code[value]?.op === 'param' && isWrapper(program, wrappers, info))
      cells.add((program.firstCell[info.module] as number) + cell);
  });
  return cells;
}

/** The maker of a decorator contains the decorator as an inner function. */
function isWrapper({ functions, firstFunc }: Program, names: ReadonlySet<string>, info: FuncInfo): boolean {
  const { func, module } = info;
  const outer = functions[(firstFunc[module] as number) + func.outer]?.func;
  return names.has(func.name) || (func.outer >= 0 && outer !== undefined && names.has(outer.name));
}

function wrapperNames(program: Program): ReadonlySet<string> {
  const { instructions, functions, modules } = program;
  const names = new Set<string>();
  instructions.each('call', ({ isDecorator, args, callee }, { module, func }) => {
    if (!isDecorator && !takes(func, args, 'func')) return;
    const name = calledName(modules[module] as Module, func, callee);
    if (name) names.add(name);
  });
  // A wrapper may pass its argument to another wrapper: `fn = requires(scopes)(func)`.
  for (let round = 0, before = -1; round < maxWrapperRounds && names.size > before; round++) {
    before = names.size;
    for (const info of functions) {
      if (!isWrapper(program, names, info)) continue;
      for (const inst of info.func.code) {
        if (inst.op !== 'call' || !takes(info.func, inst.args, 'param')) continue;
        const name = calledName(modules[info.module] as Module, info.func, inst.callee);
        if (name) names.add(name);
      }
    }
  }
  return names;
}

/** Whether an instruction of this kind makes one of the arguments. */
function takes({ code }: Func, args: readonly ValueId[], op: Inst['op']): boolean {
  for (const arg of args) if (code[arg]?.op === op) return true;
  return false;
}

/** The name of the callee, or of the function that made the callee: `@role('admin')`. */
function calledName(module: Module, func: Func, callee: number): string | undefined {
  let inst = func.code[callee];
  if (inst?.op === 'call') inst = func.code[inst.callee];
  switch (inst?.op) {
    case 'import':
    case 'member':
    case 'global':
      return inst.name;
    case 'cell-load':
      return module.cells[inst.cell]?.name;
    case 'func':
      return module.functions[inst.func]?.name;
    default:
      return undefined;
  }
}
