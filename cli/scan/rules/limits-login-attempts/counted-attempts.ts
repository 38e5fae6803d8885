import type { Linked } from '../../link/linked.ts';
import { isOfPackage } from './made-limiter.ts';

const maxDepth = 2;

/** Whether a function, or one that it calls, asks a limiter of a package: `limit.reserve(...)`. */
export function countsAttempts(linked: Linked, id: number, depth = 0): boolean {
  const code = linked.program.functions[id]?.func.code ?? [];
  const asks = code.some((inst) => {
    const callee = inst.op === 'call' ? code[inst.callee] : undefined;
    return (
      callee?.op === 'member' &&
      /^(reserve|consume|check|limit|hit|attempt|test|penalty)$/.test(callee.name) &&
      isOfPackage(linked, { func: id, value: callee.object })
    );
  });
  return (
    asks ||
    (depth < maxDepth &&
      calledBy(linked, id).some((one) => one !== id && countsAttempts(linked, one, depth + 1)))
  );
}

/** The functions that a function calls or holds. */
export function calledBy(linked: Linked, id: number): readonly number[] {
  const found: number[] = [];
  linked.program.functions[id]?.func.code.forEach((inst, value) => {
    if (inst.op === 'call') for (const { func } of linked.targets(id, value)) found.push(func);
    if (inst.op === 'func') found.push(...linked.functions(id, value));
  });
  return found;
}
