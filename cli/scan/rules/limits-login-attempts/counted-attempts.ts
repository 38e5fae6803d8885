import type { Linked } from '../../callgraph/linked.ts';
import { isOfPackage } from './made-limiter.ts';

const maxDepth = 2;
const maxFunctions = 200;

/**
 * Whether a function, or one that it calls or contains, counts or checks an attempt with a rate limiter from a known
 * package: `limit.reserve(...)`.
 */
export function countsAttempts(linked: Linked, id: number): boolean {
  const seen = new Set([id]);
  let level = [id];
  for (let depth = 0; depth <= maxDepth && level.length > 0; depth++) {
    if (level.some((one) => asksSome(linked, one))) return true;
    const next: number[] = [];
    for (const one of level.flatMap((func) => calledBy(linked, func))) {
      if (seen.size >= maxFunctions) break;
      if (!seen.has(one)) next.push(one);
      seen.add(one);
    }
    level = next;
  }
  return false;
}

function asksSome(linked: Linked, id: number): boolean {
  return linked.program.functions[id]?.func.code.some((_, value) => asksLimiter(linked, id, value)) ?? false;
}

/** Whether a call counts or checks an attempt with a rate limiter from a known package: `limiter.consume(key)`. */
export function asksLimiter(linked: Linked, id: number, call: number): boolean {
  const code = linked.program.functions[id]?.func.code ?? [];
  const inst = code[call];
  const callee = inst?.op === 'call' ? code[inst.callee] : undefined;
  return (
    callee?.op === 'member' &&
    /^(reserve|consume|check|limit|hit|attempt|test|penalty)$/.test(callee.name) &&
    isOfPackage(linked, { func: id, value: callee.object })
  );
}

/** The functions that a function calls or contains. */
export function calledBy(linked: Linked, id: number): readonly number[] {
  const found: number[] = [];
  linked.program.functions[id]?.func.code.forEach((inst, value) => {
    if (inst.op === 'call') for (const { func } of linked.targets(id, value)) found.push(func);
    if (inst.op === 'func') found.push(...linked.functions(id, value));
  });
  return found;
}
