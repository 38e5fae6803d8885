import type { ServerResponse } from 'node:http';
import { addVary } from './add-vary.ts';
import type { GivenHeaders } from './given-headers.ts';
import { givenHeader, withoutGiven } from './given-headers.ts';

/**
 * Keeps the names in `Vary` that guards have set, also where other ones are given to `writeHead`: without `Origin` a cache would answer one
 * site with the response for another.
 *
 * @returns the headers that were given, without those that are set instead
 */
export function keepVary(res: ServerResponse, given: GivenHeaders): GivenHeaders {
  const names = givenHeader(given, 'vary');
  if (names === undefined) return given;
  if (names.trim() === '*') return given;
  addVary(res, names);
  return withoutGiven(given, (name) => name === 'vary');
}
