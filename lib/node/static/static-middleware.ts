import type { IncomingMessage, ServerResponse } from 'node:http';
import { type StaticFileOptions, staticFiles } from './static-files.ts';

type Middleware = (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) => void;

/**
 * Serves the files of a folder: pages, style sheets, scripts and images of your own, which may run. Never point it at uploads, or at
 * the folder of the application itself; use `sendFile` for those files that users may have.
 *
 * Whatever is not a file to serve goes on to the next handler, as `staticFiles` of `bulwark/node` decides: a folder without an index, a name
 * with a dot in front, a path that leaves the folder, another method than GET and HEAD, a path that hides its name behind encodings. Folders
 * are never listed (CWE-22, CWE-177, CWE-548, CWE-552).
 *
 * @param root an absolute path
 * @throws Misuse `path/invalid-root`, `bulwark/invalid-option` at startup
 *
 * @example
 * ```ts
 * import { bulwark, staticFiles } from 'bulwark/express';
 * import express from 'express';
 *
 * const app = express().use(bulwark());
 * app.use('/assets', staticFiles('/srv/shop/assets', { cacheControl: 'public, max-age=31536000, immutable' }));
 * ```
 */
export function staticMiddleware(root: string, options: StaticFileOptions = {}): Middleware {
  const serve = staticFiles(root, options);
  return function staticFileMiddleware(req, res, next) {
    // In a turn of its own, so that what `next` throws is no rejection of this promise.
    serve(req, res).then(
      (wasSent) => void (wasSent || process.nextTick(next)),
      (error: unknown) => process.nextTick(next, error),
    );
  };
}
