import { type Csp, csp } from '../csp/csp.ts';
import { type HeaderOptions, headerChanges } from '../headers/header-changes.ts';
import { securityHeaders } from '../headers/headers.ts';
import type { NextOptions, NextRoute } from './next-options.ts';
import { routeChanges } from './route-changes.ts';

export type HeaderLine = readonly [name: string, value: string];

/** The headers of a path. */
export interface PathPolicy {
  readonly headers: readonly HeaderLine[];
  readonly policy: Csp | undefined;
}

/**
 * The headers and the policy of each path. While Next.js develops, its pages need `eval` for the errors that they show, so the policy
 * allows it then, and only then.
 *
 * @throws Misuse `bulwark/invalid-option`, and what `csp` and `securityHeaders` throw
 */
export function pagePolicy(
  options: Pick<NextOptions, 'headers' | 'csp' | 'routes'>,
): (path: string) => PathPolicy {
  const headers = options.headers === false ? [] : securityHeaders(options.headers);
  const policy = options.csp === false ? undefined : inDevelopment(csp(options.csp));
  const usual: PathPolicy = { headers, policy };
  const changesOf = routeChanges(options.routes, (route) => changed(usual, route));
  return (path) => changesOf(path) ?? usual;
}

/** All headers of a response, the policy's with this nonce. */
export function linesOf({ headers, policy }: PathPolicy, nonce: string): readonly HeaderLine[] {
  if (!policy) return headers;
  const own = headers.find(([name]) => name.toLowerCase() === 'reporting-endpoints')?.[1];
  if (own === undefined) return [...headers, ...policy.headers(nonce)];
  const joined = policy
    .headers(nonce)
    .map(([name, value]): HeaderLine => [name, name === 'Reporting-Endpoints' ? `${own}, ${value}` : value]);
  return [...headers.filter(([name]) => name.toLowerCase() !== 'reporting-endpoints'), ...joined];
}

function changed(usual: PathPolicy, route: NextRoute): PathPolicy {
  const changes = route.csp;
  const policy =
    changes === undefined
      ? usual.policy
      : changes === false
        ? undefined
        : (usual.policy ?? csp()).with(changes);
  return { headers: withChanges(usual.headers, route.headers), policy };
}

function withChanges(
  before: readonly HeaderLine[],
  changes: HeaderOptions | undefined,
): readonly HeaderLine[] {
  if (changes === undefined) return before;
  const lines = new Map(before.map((line) => [line[0].toLowerCase(), line]));
  for (const [name, value] of headerChanges(changes)) {
    if (value === false) lines.delete(name.toLowerCase());
    else lines.set(name.toLowerCase(), [name, value]);
  }
  return [...lines.values()];
}

function inDevelopment(policy: Csp): Csp {
  if (globalThis.process?.env?.['NODE_ENV'] !== 'development') return policy;
  return policy.with({
    extend: { 'script-src': ["'unsafe-eval'"], 'connect-src': ['ws:', 'wss:'] },
    allowUnsafeScripts: true,
    trustedTypes: false,
  });
}
