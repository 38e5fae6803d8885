import { maxNameSteps } from '../../budgets/callgraph.ts';
import type { Func, Inst } from '../../ir/ir.ts';
import type { Linker } from '../linker.ts';

/** Matches import specifiers that refer to modules of the project itself. */
export const ownModule: RegExp = /^(?:\.|[@~]\/|#|src\/)/;

/**
 * The name that the code suggests for a value: the name of the variable, parameter, member or import that it is read
 * from. For the result of a call, it is the function's name without a prefix such as `get` or `create`: `createPool()`
 * -> `pool`. Undefined for other values, such as literals.
 */
export function nameOf(
  linker: Linker,
  module: number,
  func: Func,
  value: number,
  depth: number,
): string | undefined {
  const inst: Inst | undefined = func.code[value];
  if (!inst || depth > maxNameSteps) return undefined;
  switch (inst.op) {
    case 'param':
      return func.params[inst.index]?.name;
    case 'global':
    case 'member':
      return withoutMarks(inst.name);
    case 'cell-load':
      return linker.program.modules[module]?.cells[inst.cell]?.name;
    case 'import':
      return inst.name === 'default' || inst.name === '*' ? fileName(inst.specifier) : inst.name;
    case 'cell-store':
    case 'effect':
    case 'await':
    case 'typed':
      return nameOf(linker, module, func, inst.value, depth + 1);
    case 'store':
    case 'store-index':
      return nameOf(linker, module, func, inst.object, depth + 1);
    case 'phi':
      return inst.inputs[0] === undefined
        ? undefined
        : nameOf(linker, module, func, inst.inputs[0], depth + 1);
    case 'call': {
      const name = nameOf(linker, module, func, inst.callee, depth + 1);
      const short = name
        ?.replace(/^(get|create|make|open|new|acquire|build)_?(?=[A-Za-z])/, '')
        .toLowerCase();
      return short === 'connect' ? 'connection' : short;
    }
    default:
      return undefined;
  }
}

/** `#pool`, `_pool`. Most names have no such mark, and need no regular expression. */
function withoutMarks(name: string): string {
  return name.startsWith('_') || name.startsWith('#') ? name.replace(/^[#_]+/, '') : name;
}

/** The base name of a module. A module with one export is usually named after it: `import db from './lib/db.js'`. */
function fileName(specifier: string): string | undefined {
  return ownModule.test(specifier) ? /(\w+)(?:\.\w+)?$/.exec(specifier.slice(-60))?.[1] : undefined;
}
