/**
 * Looks for `SecurityMiddleware` in `MIDDLEWARE` of the settings that production uses.
 *
 * ## Why
 * Django redirects to https, and sends HSTS, `X-Content-Type-Options`, `Referrer-Policy` and `Cross-Origin-Opener-Policy`, only by
 * this middleware.
 *
 * ## Passes
 * `MIDDLEWARE` has `django.middleware.security.SecurityMiddleware`.
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
 *     'django.middleware.security.SecurityMiddleware',
 *     ...
 * ]
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { djangoCheck, type Judgement, type Settings } from '../../../python/django/django-check.ts';
import { has, securityMiddleware } from '../../../python/django/middleware.ts';

export const check: Check = djangoCheck({
  id: 'django/security-middleware',
  aspect: 'https/redirect',
  title: '`SecurityMiddleware` is in use.',
  why: 'Without it, none of the `SECURE_...` settings has any effect.',
  severity: 'medium',
  cwe: [319, 693],
  asvs: ['4.1.2', '3.4.1'],
  django: ['security.W001'],
  weight: 'part',
  settings: ['MIDDLEWARE'],
  judge,
});

function judge(settings: Settings): Judgement {
  const isThere = has(settings, 'MIDDLEWARE', securityMiddleware);
  if (isThere === undefined)
    return { verdict: 'unknown', summary: 'Whether MIDDLEWARE has SecurityMiddleware is not known.', fix };
  return isThere
    ? { verdict: 'pass', summary: 'MIDDLEWARE has SecurityMiddleware.' }
    : { verdict: 'fail', summary: 'MIDDLEWARE lacks SecurityMiddleware.', id: 'security.W001', fix };
}

const fix = `MIDDLEWARE = ['${securityMiddleware}', ...]`;
