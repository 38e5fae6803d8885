import type { Linked } from '../link/linked.ts';
import type { Abstract } from './abstract.ts';
import type { Frame } from './frame.ts';
import type { Taint } from './taint.ts';

/**
 * What is live in a function: the data of others, and the parameters for which some caller passes some, or what may
 * be some. -1 is `this`; this stands for the variables of the functions around it.
 */
export const cellsParam = -3;

export function isLive({ live }: Frame, { origin }: Taint): boolean {
  switch (origin.kind) {
    case 'param':
      return live.has(origin.index);
    case 'cell':
      return live.has(cellsParam);
    default:
      return true;
  }
}

/** Whether a value is, or holds, what is live. */
export function holdsLive(frame: Frame, it: Abstract): boolean {
  for (const taint of it.taints) if (isLive(frame, taint)) return true;
  if (it.rest && holdsLive(frame, it.rest)) return true;
  if (it.fields) for (const field of it.fields.values()) if (holdsLive(frame, field)) return true;
  return false;
}

/** Whether functions that are created in it see something live. */
export function sharesLive(frame: Frame): boolean {
  if (frame.isPlain || frame.created.size === 0) return false;
  if (frame.live.has(cellsParam)) return true;
  for (const [cell, value] of frame.cells)
    if (!frame.engine.cells.isModules(cell) && holdsLive(frame, value)) return true;
  return false;
}

/** Whether a function reads variables, or makes functions that may: of its own, or of those around it. */
export function closesOver(linked: Linked, func: number): boolean {
  const code = linked.program.functions[func]?.func.code ?? [];
  return code.some(({ op }) => op === 'cell-load' || op === 'func' || op === 'class');
}
