/**
 * Looks for `CsrfViewMiddleware` in `MIDDLEWARE` of the settings that production uses.
 *
 * ## Why
 * Browsers send the session cookie with requests that other sites make. This middleware refuses those that lack the token.
 *
 * ## Passes
 * `MIDDLEWARE` has `django.middleware.csrf.CsrfViewMiddleware`.
 *
 * ## Fails
 * It is not there.
 *
 * ## Unknown
 * `MIDDLEWARE` is computed, or the middleware is added behind a condition that files do not decide.
 *
 * ## How to fix
 * ```python
 * MIDDLEWARE = [
 *     'django.middleware.csrf.CsrfViewMiddleware',
 *     ...
 * ]
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { djangoCheck, type Judgement, type Settings } from '../../../python/django/django-check.ts';
import { csrfMiddleware, has } from '../../../python/django/middleware.ts';

export const check: Check = djangoCheck({
  id: 'django/csrf-middleware',
  aspect: 'cookies/session',
  title: '`CsrfViewMiddleware` is in use.',
  why: 'Another site can send requests in the name of a user who has logged in.',
  severity: 'high',
  cwe: [352],
  asvs: ['3.5.1'],
  django: ['security.W003'],
  weight: 'part',
  settings: ['MIDDLEWARE'],
  judge,
});

function judge(settings: Settings): Judgement {
  const isThere = has(settings, 'MIDDLEWARE', csrfMiddleware);
  if (isThere === undefined)
    return { verdict: 'unknown', summary: 'Whether MIDDLEWARE has CsrfViewMiddleware is not known.', fix };
  return isThere
    ? { verdict: 'pass', summary: 'MIDDLEWARE has CsrfViewMiddleware.' }
    : { verdict: 'fail', summary: 'MIDDLEWARE lacks CsrfViewMiddleware.', id: 'security.W003', fix };
}

const fix = `MIDDLEWARE = ['${csrfMiddleware}', ...]`;
