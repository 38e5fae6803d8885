import type { Func, Module } from '../ir/ir.ts';
import type { Program } from './program.ts';

/**
 * Variables that hold the function that a wrapper was given, as the function sees them that it makes: `view` in
 * `def login_required(view)`. Wrappers are known by their names, as nothing is linked yet: decorators, and what is called
 * with a function that is written out there.
 */
export function wrappedCells(program: Program): ReadonlySet<number> {
  const { functions, firstCell, firstFunc } = program;
  const wrappers = wrapperNames(program);
  const cells = new Set<number>();
  program.instructions.each('cell-store', ({ value, cell }, { module, func }) => {
    if (func.code[value]?.op !== 'param') return;
    const outer = functions[(firstFunc[module] as number) + func.outer]?.func;
    // What makes a decorator has a function in it that is one.
    if (wrappers.has(func.name) || (func.outer >= 0 && outer && wrappers.has(outer.name)))
      cells.add((firstCell[module] as number) + cell);
  });
  return cells;
}

function wrapperNames({ instructions, modules }: Program): ReadonlySet<string> {
  const names = new Set<string>();
  instructions.each('call', ({ isDecorator, args, callee }, { module, func }) => {
    if (!isDecorator && !args.some((arg) => func.code[arg]?.op === 'func')) return;
    const name = calledName(modules[module] as Module, func, callee);
    if (name) names.add(name);
  });
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
