/**
 * Looks at `SESSION_COOKIE_SAMESITE` of the settings that production uses, if sessions are in use. Django's default is `'Lax'`.
 *
 * ## Why
 * With `SameSite=Lax` or `Strict`, browsers do not add the cookie to forms that other sites send. It stands behind the token of
 * `CsrfViewMiddleware`, should a view lack that.
 *
 * ## Passes
 * `SESSION_COOKIE_SAMESITE` is `'Lax'` or `'Strict'`.
 *
 * ## Fails
 * It is `'None'`, `None` or `False`.
 *
 * ## Unknown
 * The setting, or what it depends on, is computed, read from the environment without a default, or set behind a condition that files
 * do not decide.
 *
 * ## How to fix
 * ```python
 * SESSION_COOKIE_SAMESITE = 'Lax'
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { djangoCheck, type Judgement, type Settings } from '../../../python/django/django-check.ts';
import { has, sessionApp, sessionMiddleware } from '../../../python/django/middleware.ts';

export const check: Check = djangoCheck({
  id: 'django/session-cookie-samesite',
  aspect: 'cookies/session',
  title: 'The session cookie is not sent with requests that other sites make.',
  why: 'Another site can send requests with the session of a user who has logged in.',
  severity: 'medium',
  cwe: [1275],
  asvs: ['3.3.2'],
  settings: ['SESSION_COOKIE_SAMESITE', 'INSTALLED_APPS', 'MIDDLEWARE'],
  judge,
});

function judge(settings: Settings): Judgement {
  const app = has(settings, 'INSTALLED_APPS', sessionApp);
  const middleware = has(settings, 'MIDDLEWARE', sessionMiddleware);
  if (app === false && middleware === false) return { verdict: 'none', summary: 'There are no sessions.' };
  const value = settings.plain('SESSION_COOKIE_SAMESITE');
  if (app !== true && middleware !== true)
    return { verdict: 'unknown', summary: 'Whether sessions are in use is not known.', fix };
  if (typeof value === 'string' && /^(lax|strict)$/i.test(value))
    return { verdict: 'pass', summary: `SESSION_COOKIE_SAMESITE is ${value}.` };
  return { verdict: 'fail', summary: 'SESSION_COOKIE_SAMESITE is neither Lax nor Strict.', fix };
}

const fix = "SESSION_COOKIE_SAMESITE = 'Lax'";
