import type { Param } from '../ir/ir.ts';
import type { ArgStep, State } from '../models/api.ts';

/**
 * Whether a parameter is not what its place may be: a middleware that takes an error first has four parameters, one that takes none
 * three at most. Documentation: https://expressjs.com/en/guide/error-handling.html
 */
export function isOfOtherForm(
  { traits }: State,
  { indices }: ArgStep,
  at: number,
  params: readonly Param[],
): boolean {
  if (!traits.has('may-take-error-first') || indices.length !== 2 || params.some(({ rest }) => rest))
    return false;
  return at !== indices[params.length === 4 ? 1 : 0];
}
