import type { Param } from '../ir/ir.ts';
import type { ArgStep, State } from '../models/api.ts';

/**
 * Whether the parameter at index `at` of a middleware cannot be the one that `step` describes. This depends on how many
 * parameters the middleware has: Express passes an error first to one with four parameters, and no error to one with
 * fewer. So the request is parameter 1 of the former, and parameter 0 of the latter.
 * Documentation: https://expressjs.com/en/guide/error-handling.html
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
