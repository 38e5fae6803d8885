import type { ServerResponse } from 'node:http';
import { type HeaderOptions, headerChanges } from '../../headers/header-changes.ts';

/**
 * Sets or removes headers of a response; `false` removes one, also if something else has set it. Make it at startup, and call it before
 * the body is written.
 *
 * @throws Misuse at startup: `headers/invalid-header`, `headers/invalid-value`
 *
 * @example
 * ```ts
 * import { clearSiteData } from 'bulwark/headers';
 * import { bulwark, routeHeaders } from 'bulwark/node';
 *
 * const clear = routeHeaders({ 'Clear-Site-Data': clearSiteData(['cookies', 'storage']) });
 * bulwark({}, (req, res) => {
 *   if (req.url === '/log-out') clear(res);
 *   res.end();
 * });
 * ```
 */
export function routeHeaders(changes: HeaderOptions): (res: ServerResponse) => void {
  const checked = headerChanges(changes);
  return function changeHeaders(res) {
    for (const [name, value] of checked) {
      if (value === false) res.removeHeader(name);
      else res.setHeader(name, value);
    }
  };
}
