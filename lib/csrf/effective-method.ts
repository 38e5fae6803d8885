import { type AnyRequest, headerOf, methodOf, targetOf } from '../request/any-request.ts';

/** Methods that change nothing (RFC 9110, 9.2.1). Browsers send no TRACE, so that one is checked like the rest. */
const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What frameworks and method-override read. */
const overrides = ['x-http-method-override', 'x-http-method', 'x-method-override'] as const;

/** A link may carry any `_method` in its query; only a method that exists is worth a refusal. */
const unsafe = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * The method that counts: an unsafe one if either the request's own method or an override (`X-HTTP-Method-Override`, `?_method=`) is.
 * A POST that claims to be a GET stays a POST.
 */
export function effectiveMethod(request: AnyRequest): string {
  const method = methodOf(request);
  if (!safe.has(method)) return method;
  for (const name of overrides) {
    const value = headerOf(request, name)?.trim().toUpperCase();
    if (value !== undefined && value !== '' && !safe.has(value)) return value.slice(0, 32);
  }
  return queryOverride(targetOf(request)) ?? method;
}

export function isSafeMethod(method: string): boolean {
  return safe.has(method);
}

function queryOverride(target: string): string | undefined {
  const start = target.indexOf('?');
  // Nearly every target ends here. `%` may hide a letter of the name.
  if (start === -1 || !/_method|%/i.test(target)) return undefined;
  for (const [name, value] of new URLSearchParams(target.slice(start))) {
    const method = value.trim().toUpperCase();
    if (/^_method(?:\[.{0,8}\])?$/i.test(name) && unsafe.has(method)) return method;
  }
  return undefined;
}
