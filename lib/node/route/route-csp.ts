import type { ServerResponse } from 'node:http';
import { type Csp, csp } from '../../csp/csp.ts';
import type { CspOptions } from '../../csp/csp-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { stateOf } from '../head/response-state.ts';
import { sendPolicy } from '../head/start-response.ts';

/**
 * Changes the Content-Security-Policy of a response. The changes apply to the policy of `bulwark()` or of an earlier `routeCsp`;
 * `false` sends none. After `bulwark({ csp: false })` they apply to the strict policy. Make it at startup, and call it before the body
 * is written.
 *
 * @throws Misuse at startup, as `csp` does; at a request `bulwark/invalid-option` without `bulwark()` before it
 *
 * @example
 * ```ts
 * import { bulwark, routeCsp } from 'bulwark/node';
 *
 * const withMap = routeCsp({ extend: { 'frame-src': ['https://maps.example.com'] } });
 * bulwark({}, (req, res) => {
 *   if (req.url === '/map') withMap(res);
 *   res.end('...'); // /map: ...; frame-src 'self' https://maps.example.com
 * });
 * ```
 */
export function routeCsp(changes: CspOptions | false): (res: ServerResponse) => void {
  const strict = csp();
  // Report a mistake at startup, not at the first request.
  if (changes !== false) strict.with(changes);
  const changed = new WeakMap<Csp, Csp>();

  return function changeCsp(res) {
    const state = stateOf(res);
    if (!state)
      throw new Misuse('bulwark/invalid-option', 'The request must pass bulwark() before routeCsp.');
    sendPolicy(res, state, changes === false ? undefined : withChanges(state.policy ?? strict));
  };

  function withChanges(base: Csp): Csp {
    const known = changed.get(base);
    if (known) return known;
    const made = base.with(changes as CspOptions);
    changed.set(base, made);
    return made;
  }
}
