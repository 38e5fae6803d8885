import type { IncomingMessage, ServerResponse } from 'node:http';
import { type HeaderOptions, headerChanges } from '../headers/header-changes.ts';

/**
 * Sets or removes headers of the routes behind it; `false` removes one, also if something else has set it.
 *
 * @throws Misuse at start: `headers/invalid-header`, `headers/invalid-value`
 *
 * @example
 * ```ts
 * import { bulwark, routeHeaders } from 'bulwark/express';
 * import { clearSiteData } from 'bulwark/headers';
 * import express from 'express';
 *
 * const app = express().use(bulwark());
 * app.use('/public', routeHeaders({ 'Cross-Origin-Resource-Policy': 'cross-origin' }), express.static('public'));
 * app.post('/log-out', routeHeaders({ 'Clear-Site-Data': clearSiteData(['cookies', 'storage']) }), (req, res) => {
 *   res.redirect('/');
 * });
 * ```
 */
export function routeHeaders(
  changes: HeaderOptions,
): (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) => void {
  const checked = headerChanges(changes);
  return function routeHeadersMiddleware(_req, res, next) {
    for (const [name, value] of checked) {
      if (value === false) res.removeHeader(name);
      else res.setHeader(name, value);
    }
    next();
  };
}
