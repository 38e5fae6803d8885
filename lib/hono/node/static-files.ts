import type { Context, MiddlewareHandler } from 'hono';
import { staticFiles as filesIn, type StaticFileOptions } from '../../node/static/static-files.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { answered } from '../answered.ts';
import { begunWith, isNode } from '../begun.ts';

export type { StaticFileOptions };

/**
 * Serves the files of a folder below the path that it is mounted on. What it serves, and what goes on to the next handler, is the same as
 * in `bulwark/express` (CWE-22, CWE-177, CWE-548, CWE-552). Needs `@hono/node-server`.
 *
 * @param root an absolute path
 * @throws Misuse `path/invalid-root`, `bulwark/invalid-option` at startup; at a request `bulwark/invalid-option` on another server, and
 * below a path with parameters
 *
 * @example
 * ```ts
 * import { bulwark } from 'bulwark/hono';
 * import { staticFiles } from 'bulwark/hono/node';
 * import { Hono } from 'hono';
 *
 * const app = new Hono().use(bulwark());
 * app.use('/assets/*', staticFiles('/srv/shop/assets', { cacheControl: 'public, max-age=31536000, immutable' }));
 * ```
 */
export function staticFiles(root: string, options: StaticFileOptions = {}): MiddlewareHandler {
  const files = filesIn(root, options);
  return async function staticFileMiddleware(c, next) {
    const begun = begunWith(c, 'staticFiles');
    if (!isNode(begun)) throw new Misuse('bulwark/invalid-option', 'staticFiles needs @hono/node-server.');
    const { incoming, outgoing } = begun;
    const target = incoming.url ?? '';
    const folder = folderOf(c);
    if (!target.startsWith(`${folder}/`)) return next();
    // As routers pass a request to what is mounted.
    Object.assign(incoming, { originalUrl: target, url: target.slice(folder.length) });
    const wasSent = await files(incoming, outgoing).finally(() => {
      incoming.url = target;
    });
    return wasSent ? answered() : next();
  };
}

/** The path that the middleware is mounted on, without its star. */
function folderOf(c: Context): string {
  const path = c.req.matchedRoutes[c.req.routeIndex]?.path ?? '';
  const folder = path.replace(/\/?\*$/, '');
  if (!/[:*{]/.test(folder)) return folder;
  throw new Misuse('bulwark/invalid-option', 'Mount staticFiles on a path without parameters: /assets/*.');
}
