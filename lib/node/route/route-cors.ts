import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Cors, CorsOptions } from '../../cors/cors.ts';
import { record } from '../../event/record.ts';
import { corsOf } from '../../web/guard-options.ts';
import { answerPreflight } from '../answer-preflight.ts';
import { addVary } from '../head/add-vary.ts';

/**
 * Lets other sites read the responses of a route. Make it at startup, and call it before the route's handler runs.
 *
 * @returns a function that is true for a preflight: it is answered already
 * @throws Misuse at startup, as `cors` does
 *
 * @example
 * ```ts
 * import { bulwark, routeCors } from 'bulwark/node';
 *
 * const shared = routeCors({ origins: ['https://app.example.com'] });
 * bulwark({}, (req, res) => {
 *   if (req.url?.startsWith('/api/') && shared(req, res)) return;
 *   res.end('{}');
 * });
 * ```
 */
export function routeCors(
  options: CorsOptions | Cors,
): (req: IncomingMessage, res: ServerResponse) => boolean {
  const guard = corsOf(options);
  return function shareRoute(req, res) {
    const { headers, preflight, refused } = guard.answer(req);
    for (const [name, value] of headers) {
      if (name === 'Vary') addVary(res, value);
      else res.setHeader(name, value);
    }
    if (refused) record(refused.code, 'blocked', refused.detail);
    if (preflight) answerPreflight(preflight, res);
    return preflight !== undefined;
  };
}
