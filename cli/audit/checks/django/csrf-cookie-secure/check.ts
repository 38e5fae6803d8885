/**
 * Looks at `CSRF_COOKIE_SECURE` of the settings that production uses, if `CsrfViewMiddleware` is in use and the token is not kept in
 * the session. Django's default is `False`.
 *
 * ## Why
 * A browser sends a cookie without `Secure` over http too, where it can be read.
 *
 * ## Passes
 * `CSRF_COOKIE_SECURE` is `True`, or `CSRF_USE_SESSIONS` is.
 *
 * ## Fails
 * Neither is.
 *
 * ## Unknown
 * The setting, or what it depends on, is computed, read from the environment without a default, or set behind a condition that files
 * do not decide.
 *
 * ## How to fix
 * ```python
 * CSRF_COOKIE_SECURE = True
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { djangoCheck, type Judgement, type Settings } from '../../../python/django/django-check.ts';
import { csrfMiddleware, has } from '../../../python/django/middleware.ts';

export const check: Check = djangoCheck({
  id: 'django/csrf-cookie-secure',
  aspect: 'cookies/session',
  title: 'The cookie of the CSRF token is sent over https only.',
  why: 'Whoever shares a network with a user can read or set the token, and pass the check of it.',
  severity: 'medium',
  cwe: [614],
  asvs: ['3.3.1'],
  django: ['security.W016'],
  weight: 'part',
  settings: ['CSRF_COOKIE_SECURE', 'CSRF_USE_SESSIONS', 'MIDDLEWARE'],
  judge,
});

function judge(settings: Settings): Judgement {
  const isUsed = has(settings, 'MIDDLEWARE', csrfMiddleware);
  if (isUsed === false) return { verdict: 'none', summary: 'CsrfViewMiddleware is not in use.' };
  const inSession = settings.plain('CSRF_USE_SESSIONS');
  if (isUsed === undefined)
    return { verdict: 'unknown', summary: 'Whether MIDDLEWARE has CsrfViewMiddleware is not known.', fix };
  if (inSession === true) return { verdict: 'pass', summary: 'The token is kept in the session.' };
  return settings.plain('CSRF_COOKIE_SECURE') === true
    ? { verdict: 'pass', summary: 'CSRF_COOKIE_SECURE is True.' }
    : { verdict: 'fail', summary: 'CSRF_COOKIE_SECURE is not True.', id: 'security.W016', fix };
}

const fix = 'CSRF_COOKIE_SECURE = True';
