import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Csp, csp } from '../csp/csp.ts';
import type { CspOptions } from '../csp/csp-options.ts';
import { Misuse } from '../refusal/misuse.ts';
import { sendPolicy, stateOf } from './response-state.ts';

/**
 * Changes the Content-Security-Policy of the routes behind it. The changes apply to the policy of `bulwark()` or of an earlier
 * `routeCsp`; `false` sends none. After `bulwark({ csp: false })` they apply to the strict policy.
 *
 * @throws Misuse at start, as `csp` does; at a request `bulwark/invalid-option` without `bulwark()` before it
 *
 * @example
 * ```ts
 * import { bulwark, routeCsp } from 'bulwark/express';
 * import express from 'express';
 *
 * const app = express().use(bulwark());
 * app.get('/map', routeCsp({ extend: { 'frame-src': ['https://maps.example.com'] } }), (req, res) => {
 *   res.send('...'); // ...; frame-src 'self' https://maps.example.com
 * });
 * app.get('/widget', routeCsp({ directives: { 'frame-ancestors': ['https://partner.example.com'] } }), (req, res) => {
 *   res.send('...');
 * });
 * ```
 */
export function routeCsp(
  changes: CspOptions | false,
): (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) => void {
  const strict = csp();
  // Report a mistake at start, not at the first request.
  if (changes !== false) strict.with(changes);
  const changed = new WeakMap<Csp, Csp>();

  return function routeCspMiddleware(_req, res, next) {
    const state = stateOf(res);
    if (!state) throw new Misuse('bulwark/invalid-option', 'Call app.use(bulwark()) before routeCsp.');
    sendPolicy(res, {
      ...state,
      policy: changes === false ? undefined : withChanges(state.policy ?? strict),
    });
    next();
  };

  function withChanges(base: Csp): Csp {
    const known = changed.get(base);
    if (known) return known;
    const made = base.with(changes as CspOptions);
    changed.set(base, made);
    return made;
  }
}
