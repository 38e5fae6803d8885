import { isAbsolute, resolve } from 'node:path';
import { refuse } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';
import { Misuse } from '../refusal/misuse.ts';
import { judgePath } from './judge-path.ts';
import { isSafePath, type Route, routeOf, type SafePath, trustPath } from './safe-path.ts';

/** The limit of Linux, without the NUL at the end (PATH_MAX). */
const mostBytes = 4_095;
const mostComponents = 64;

/**
 * Checks a path from a request, and binds it to a directory. `input` is relative and uses forward slashes, on every platform. This is a check of
 * the text: it does not touch the disk, and the file need not exist.
 *
 * @param root an absolute path of your own, or a `SafePath` for a directory below it, which then can't be left either
 * @param input untrusted: a string, or it is refused
 * @throws Refusal `path/outside-root`, `path/unsafe-name`, `path/too-long`
 * @throws Misuse `path/invalid-root`
 *
 * @example
 * ```ts
 * import { inside } from 'bulwark/path';
 *
 * inside('/srv/photos', '2026/sea.jpg').absolute; // '/srv/photos/2026/sea.jpg'
 * inside('/srv/photos', '100% sea.jpg').name; // '100% sea.jpg'
 * // inside('/srv/photos', '../../etc/passwd') throws the Refusal path/outside-root.
 * // inside('/srv/photos', '%2e%2e/secret') does so too, and 'CON.txt' throws path/unsafe-name.
 * ```
 */
export function inside(root: string | SafePath, input: unknown): SafePath {
  const folder = isSafePath(root) ? root : rootPath(root);
  const components = judgePath(input);
  if ('allow' in components) refuse(components);
  const { base, legs } = routeOf(folder);
  const route: Route = { base, legs: [...legs, components] };
  const path = trustPath(folder.absolute, components, route);
  const depth = route.legs.reduce((sum, leg) => sum + leg.length, 0);
  if (depth > mostComponents || Buffer.byteLength(path.absolute) > mostBytes) {
    const reason =
      depth > mostComponents ? `more than ${mostComponents} levels` : `more than ${mostBytes} bytes`;
    refuse(deny('path/too-long', { input: path.relative.slice(0, 512), reason }));
  }
  return path;
}

/**
 * The directory itself as a `SafePath`, to list it or to unpack an archive into it.
 *
 * @param root an absolute path of your own, never untrusted
 * @throws Misuse `path/invalid-root`
 *
 * @example
 * ```ts
 * import { listDirectory, rootPath } from 'bulwark/path';
 *
 * for (const entry of await listDirectory(rootPath('/srv/photos'))) entry.name; // 'sea.jpg'
 * ```
 */
export function rootPath(root: string): SafePath {
  if (typeof root !== 'string' || !isAbsolute(root) || /\p{Cc}/u.test(root))
    throw new Misuse('path/invalid-root');
  const base = resolve(root);
  return trustPath(base, [], { base, legs: [] });
}
