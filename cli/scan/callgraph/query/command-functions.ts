import { maxCommandDepth } from '../../budgets/callgraph.ts';
import type { Call, Func } from '../../ir/ir.ts';
import type { Linked } from '../linked.ts';
import { decoratorsOf } from './decorators.ts';

/** Whether a function is a command of a command-line tool, or is inside one: `@click.command()`, `@cli.command("show")`. */
export function isInCommand(linked: Linked, id: number): boolean {
  const { functions, firstFunc } = linked.program;
  for (let one = id, depth = 0; depth < maxCommandDepth; depth++) {
    if (isCommand(linked, one)) return true;
    const info = functions[one];
    if (!info || info.func.outer < 0) return false;
    one = (firstFunc[info.module] ?? 0) + info.func.outer;
  }
  return false;
}

/** Whether a function is a command of a command-line tool: its parameters come from the command line. */
export function isCommand(linked: Linked, id: number): boolean {
  const { functions } = linked.program;
  return decoratorsOf(linked, id).some(({ func, call }) => {
    const name = calledName(functions[func]?.func, call);
    return name === 'command' || name === 'group';
  });
}

function calledName(func: Func | undefined, { callee }: Call): string {
  const inst = func?.code[callee];
  return inst?.op === 'member' || inst?.op === 'import' ? inst.name : '';
}
