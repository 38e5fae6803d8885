import type { Linked } from '../../../callgraph/linked.ts';
import { isPartial } from '../../../callgraph/query/bound-arguments.ts';
import { instAt, origin } from '../../../callgraph/query/called-on.ts';
import type { Call } from '../../../ir/ir.ts';
import { hasImport } from './imports-of.ts';

/**
 * Whether the callee of a call is the result of `functools.partial`. If so, the callee also receives the arguments that
 * `partial` bound, which are not among the call's own.
 */
export function isBoundBefore(linked: Linked, func: number, { callee }: Call): boolean {
  if (instAt(linked, { func, value: callee })?.op === 'global' || !hasImport(linked, functools)) return false;
  const place = origin(linked, { func, value: callee });
  const made = instAt(linked, place);
  return made?.op === 'call' && isPartial(linked, place.func, made);
}

const functools = /^functools$/;
