import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** The headers that are given to `writeHead`: a record, or names and values in turn. */
export type GivenHeaders = OutgoingHttpHeaders | readonly unknown[] | undefined;

export type WriteHead = (
  this: ServerResponse,
  status: number,
  reason?: string | GivenHeaders,
  headers?: GivenHeaders,
) => ServerResponse;

/** The value of a header among those that were given to `writeHead`: a record, or names and values in turn. */
export function givenHeader(given: GivenHeaders, name: string): string | undefined {
  if (given === undefined || given === null) return undefined;
  const values = pairsOf(given)
    .filter(([key]) => key.toLowerCase() === name)
    .map(([, value]) => String(value));
  return values.length === 0 ? undefined : values.join(', ');
}

/** The cookies among the headers that were given to `writeHead`. */
export function givenCookies(given: GivenHeaders): readonly string[] {
  return pairsOf(given)
    .filter(([name]) => name.toLowerCase() === 'set-cookie')
    .flatMap(([, value]) => (Array.isArray(value) ? value.map(String) : [String(value)]));
}

/** The names of the headers that were given to `writeHead`. */
export function namesOf(given: GivenHeaders): readonly string[] {
  return pairsOf(given).map(([name]) => name);
}

/** The same headers without those that `leaves` names; the very same where there are none of them. */
export function withoutGiven(
  given: GivenHeaders,
  leaves: (name: string, value: string) => boolean,
): GivenHeaders {
  const pairs = pairsOf(given);
  const kept = pairs.filter(([name, value]) => !leaves(name.toLowerCase(), String(value)));
  if (kept.length === pairs.length) return given;
  return Array.isArray(given) ? kept.flat() : Object.fromEntries(kept as [string, string][]);
}

function pairsOf(given: GivenHeaders): readonly (readonly [string, unknown])[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) return Object.entries(given);
  const pairs: [string, unknown][] = [];
  for (let i = 0; i + 1 < given.length; i += 2) pairs.push([String(given[i]), given[i + 1]]);
  return pairs;
}
