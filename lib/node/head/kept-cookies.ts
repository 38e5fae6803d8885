import type { ServerResponse } from 'node:http';
import type { GivenHeaders } from './given-headers.ts';
import { givenCookies, withoutGiven } from './given-headers.ts';

/**
 * Adds the guards' cookies again that a handler has replaced with its own, by `setHeader` or `writeHead`. A log-out whose cookie is not
 * sent is none. A cookie of the same name that the handler has set itself is left.
 *
 * @param kept `Set-Cookie` lines
 * @returns the headers that were given to `writeHead`, without those that are set instead
 */
export function keepCookies(res: ServerResponse, given: GivenHeaders, kept: Iterable<string>): GivenHeaders {
  const fromHead = givenCookies(given);
  const lines = fromHead.length > 0 ? fromHead : cookieLines(res);
  const missing = [...kept].filter((line) => !lines.some((other) => other.startsWith(nameIn(line))));
  if (missing.length === 0) return given;
  res.setHeader('Set-Cookie', [...lines, ...missing]);
  return withoutGiven(given, (name) => name === 'set-cookie');
}

/** The `Set-Cookie` lines that a response has so far. */
export function cookieLines(res: ServerResponse): readonly string[] {
  const lines = res.getHeader('Set-Cookie') ?? [];
  return Array.isArray(lines) ? lines : [String(lines)];
}

/** The name of a cookie, with the sign behind it. */
export function nameIn(line: string): string {
  return line.slice(0, line.indexOf('=') + 1);
}
