import { join } from 'node:path';
import { brand, shared } from '../internal/shared.ts';
import { Misuse } from '../refusal/misuse.ts';

declare const opaque: unique symbol;

/**
 * Guarantee: `relative` consists of plain names. None is a dot segment, contains a separator or a control character, or means something else on
 * Windows. So `absolute` lies below `root` as text. Symbolic links are not checked yet: `openFile`, `writeFile` and the other functions of
 * `bulwark/path` check them when they act.
 *
 * A value is recognised by its identity. A copy, a parsed JSON body or an object with the same shape is not one.
 */
export interface SafePath {
  readonly [opaque]: 'SafePath';
  /** The directory that it stays inside: an absolute path. */
  readonly root: string;
  /** The path from there, with slashes on every platform. Empty for the directory itself. */
  readonly relative: string;
  /** Both joined, in the platform's form. You can pass it to a program or another library: see `realPath`. */
  readonly absolute: string;
  /** The last component. */
  readonly name: string;
}

/** How to walk the path: from `base`, leg by leg. No link leads out of the directory where its leg starts. */
export interface Route {
  readonly base: string;
  readonly legs: readonly (readonly string[])[];
}

const safePaths = brand<SafePath>('path');
/** Shared by all copies of bulwark in the process, because each can walk what another one made. */
const routes = shared('path:routes', () => new WeakMap<SafePath, Route>());

/** True for a value that `inside` or `rootPath` made, in this process. */
export function isSafePath(value: unknown): value is SafePath {
  return safePaths.has(value);
}

/** A path that was checked. Never exported from `bulwark/path`. */
export function trustPath(root: string, components: readonly string[], route: Route): SafePath {
  const path = {
    root,
    relative: components.join('/'),
    absolute: join(root, ...components),
    name: components.at(-1) ?? '',
  } as SafePath;
  routes.set(path, route);
  return safePaths.add(Object.freeze(path));
}

/** @throws Misuse `path/not-a-safe-path` for anything that `inside` didn't make */
export function routeOf(path: SafePath): Route {
  const route = isSafePath(path) ? routes.get(path) : undefined;
  if (route === undefined) throw new Misuse('path/not-a-safe-path');
  return route;
}
