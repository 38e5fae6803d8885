import type { CspOptions } from '../csp/csp-options.ts';
import { type AnyRequest, headerOf, methodOf, targetOf } from '../request/any-request.ts';

/** Neither is among the types that a form, or a script without CORS, of another site can send. */
const reportType = /^application\/(?:reports\+json|csp-report) ?(?:;|$)/i;

/** The path that `csp({ reportTo })` names; undefined without one. */
export function reportPathOf(options: CspOptions | false | undefined): string | undefined {
  // An own property only: a polluted prototype must not exempt a path.
  if (!options || !Object.hasOwn(options, 'reportTo') || options.reportTo === undefined) return undefined;
  return new URL(options.reportTo, 'http://localhost').pathname;
}

/**
 * Whether a request is a browser's report to this path. Browsers send reports by themselves, some without the headers that say where a
 * request comes from, and nobody acts on their cookies.
 */
export function isReport(request: AnyRequest, path: string | undefined): boolean {
  if (path === undefined || methodOf(request) !== 'POST') return false;
  return (
    targetOf(request).replace(/[?#].*$/s, '') === path &&
    reportType.test(headerOf(request, 'content-type') ?? '')
  );
}
