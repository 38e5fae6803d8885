import type { Param } from '../ir/ir.ts';
import type { ArgStep, State } from '../models/api.ts';

/**
 * Whether a middleware receives the argument that `step` describes in another parameter than the one at index `at`.
 * Express passes an error first to a middleware with four parameters, and no error to one with fewer. So the request is
 * parameter 1 or 0. Documentation: https://expressjs.com/en/guide/error-handling.html
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
