import { Misuse } from '../refusal/misuse.ts';
import type { NextRoute } from './next-options.ts';

/**
 * Finds the changes for a path: an exact path takes precedence over the longest `/...\/*`. The path comes from a URL, without dot segments.
 *
 * @param make prepares the changes, once for each route
 * @throws Misuse `bulwark/invalid-option` for a path that could never match
 */
export function routeChanges<T>(
  routes: Readonly<Record<string, NextRoute>> | undefined,
  make: (route: NextRoute) => T,
): (pathname: string) => T | undefined {
  const exact = new Map<string, T>();
  const below: (readonly [prefix: string, T])[] = [];
  for (const [path, route] of Object.entries(routes ?? {})) {
    checkPath(path, route);
    if (path.endsWith('/*')) below.push([path.slice(0, -1), make(route)]);
    else exact.set(path, make(route));
  }
  below.sort(([one], [other]) => other.length - one.length);
  return (pathname) => {
    const decoded = readable(pathname);
    const path = decoded.length > 1 && decoded.endsWith('/') ? decoded.slice(0, -1) : decoded;
    return exact.get(path) ?? below.find(([prefix]) => path.startsWith(prefix))?.[1];
  };
}

/** For Next.js, `%2f` is part of a segment, so it must not become a separator. */
function readable(pathname: string): string {
  try {
    return decodeURI(pathname);
  } catch {
    return pathname;
  }
}

function checkPath(path: string, route: unknown): void {
  const valid = /^\/(?:[^?#*[\]\s]*[^?#*[\]\s/])?(?:\/\*)?$/.test(path) || path === '/*';
  if (valid && typeof route === 'object' && route !== null) {
    const name = Object.keys(route).find((one) => one !== 'csp' && one !== 'headers');
    if (name === undefined) return;
    throw new Misuse('bulwark/invalid-option', `A route takes csp and headers, not ${JSON.stringify(name)}.`);
  }
  throw new Misuse(
    'bulwark/invalid-option',
    `routes has ${JSON.stringify(path.slice(0, 128))}. Write a path such as '/map', or '/embed/*' for all below it.`,
  );
}
