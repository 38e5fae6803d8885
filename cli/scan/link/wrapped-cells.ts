import type { Func, Module } from '../ir/ir.ts';
import type { Program } from './program.ts';

/**
 * Variables that hold the function that a wrapper was given, as the function sees them that it makes: `view` in
 * `def login_required(view)`. Wrappers are known by their names, as nothing is linked yet: decorators, and what is called
 * with a function that is written out there.
 */
export function wrappedCells({ functions, modules, firstCell, firstFunc }: Program): ReadonlySet<number> {
  const wrappers = wrapperNames(modules);
  const cells = new Set<number>();
  for (const { module, func } of functions) {
    const outer = functions[(firstFunc[module] as number) + func.outer]?.func;
    // What makes a decorator has a function in it that is one.
    if (!wrappers.has(func.name) && !(func.outer >= 0 && outer && wrappers.has(outer.name))) continue;
    for (const inst of func.code)
      if (inst.op === 'cell-store' && func.code[inst.value]?.op === 'param')
        cells.add((firstCell[module] as number) + inst.cell);
  }
  return cells;
}

function wrapperNames(modules: readonly Module[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const module of modules) {
    for (const func of module.functions) {
      for (const inst of func.code) {
        if (inst.op !== 'call') continue;
        if (!inst.isDecorator && !inst.args.some((arg) => func.code[arg]?.op === 'func')) continue;
        const name = calledName(module, func, inst.callee);
        if (name) names.add(name);
      }
    }
  }
  return names;
}

/** The name of what is called, or of what made that: `@role('admin')`. */
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
