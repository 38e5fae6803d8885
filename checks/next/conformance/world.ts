import type { NextOptions } from '../../../lib/next/index.ts';
import type * as requestContext from '../../conformance/world/request-context.ts';
import type { thrown } from '../../conformance/world/thrown.ts';
import type * as given from '../../conformance/world/world.ts';

/** What the server puts on the process, as Next.js makes bundles of what its handlers import. */
export interface Shared {
  readonly world: given.World;
  /** What the server action was called with. */
  readonly acted: string[];
  readonly given: typeof given;
  readonly thrown: typeof thrown;
  readonly requestContext: typeof requestContext;
}

declare global {
  var conformance: Shared | undefined;
}

/** @throws Error in the build, which has none */
export function shared(): Shared {
  if (globalThis.conformance) return globalThis.conformance;
  throw new Error('The server has not started.');
}

let known: NextOptions | undefined;

/** What the handlers, pages and the server are defended with. */
export function options(): NextOptions {
  const { world } = shared();
  known ??= { ...world.options, onError: world.onError, routes };
  return known;
}

const routes: NonNullable<NextOptions['routes']> = {
  '/csp/map': { csp: { extend: { 'frame-src': ['https://maps.example'] } } },
  '/csp/none': { csp: false },
  '/csp/report-only': { csp: { reportOnly: true } },
  '/widget': { headers: { 'X-Frame-Options': false, 'Cross-Origin-Resource-Policy': 'cross-origin' } },
};
