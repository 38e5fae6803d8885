import type { BlockId, Func } from '../../ir/ir.ts';
import type { Linked } from '../linked.ts';

/** Functions that declare or parse the arguments of a command line. */
const parsing = /^(?:ArgumentParser|OptionParser|parse_args|parse_known_args)$/;

/**
 * Whether a module parses command-line arguments whenever it is imported. Such a module is a program, and nobody imports
 * it as a library. Code behind `if __name__ == '__main__'` does not count.
 */
export function parsesArguments({ program }: Linked, module: number): boolean {
  const func = program.functions[program.firstFunc[module] ?? -1]?.func;
  return (
    func !== undefined &&
    importedBlocks(func).some((block) =>
      (func.blocks[block]?.code ?? []).some((value) => {
        const inst = func.code[value];
        const callee = inst?.op === 'call' ? func.code[inst.callee] : undefined;
        return (callee?.op === 'member' || callee?.op === 'import') && parsing.test(callee.name);
      }),
    )
  );
}

/** The blocks that run when a module is imported. */
function importedBlocks(func: Func): readonly BlockId[] {
  const reached: BlockId[] = [0];
  const seen = new Set(reached);
  // The list grows during the loop.
  for (const block of reached) {
    const end = func.blocks[block]?.end;
    const next =
      end?.kind === 'jump'
        ? [end.to]
        : end?.kind === 'branch'
          ? isMainTest(func, end.test)
            ? [end.else]
            : [end.then, end.else]
          : [];
    for (const one of next) {
      if (seen.has(one)) continue;
      seen.add(one);
      reached.push(one);
    }
  }
  return reached;
}

/** `__name__ == '__main__'` */
function isMainTest({ code }: Func, test: number): boolean {
  const inst = code[test];
  if (inst?.op !== 'binary' || inst.operator !== '==') return false;
  const name = code[inst.left];
  return name?.op === 'global' && name.name === '__name__';
}
