/**
 * Looks at `SESSION_COOKIE_HTTPONLY` of the settings that production uses, if `django.contrib.sessions` or its middleware is in use.
 * Django's default is `True`.
 *
 * ## Why
 * With `HttpOnly`, a script that was injected into a page cannot read the session cookie and send it elsewhere.
 *
 * ## Passes
 * `SESSION_COOKIE_HTTPONLY` is `True`.
 *
 * ## Fails
 * Sessions are in use, and it is anything else.
 *
 * ## Unknown
 * The setting, or what it depends on, is computed, read from the environment without a default, or set behind a condition that files
 * do not decide.
 *
 * ## How to fix
 * ```python
 * SESSION_COOKIE_HTTPONLY = True
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { djangoCheck, type Judgement, type Settings } from '../../../python/django/django-check.ts';
import { has, sessionApp, sessionMiddleware } from '../../../python/django/middleware.ts';

export const check: Check = djangoCheck({
  id: 'django/session-cookie-httponly',
  aspect: 'cookies/session',
  title: 'Scripts cannot read the session cookie.',
  why: 'One hole for scripts is enough to take over sessions.',
  severity: 'high',
  cwe: [1004],
  asvs: ['3.3.4'],
  django: ['security.W013', 'security.W014', 'security.W015'],
  settings: ['SESSION_COOKIE_HTTPONLY', 'INSTALLED_APPS', 'MIDDLEWARE'],
  judge,
});

function judge(settings: Settings): Judgement {
  const app = has(settings, 'INSTALLED_APPS', sessionApp);
  const middleware = has(settings, 'MIDDLEWARE', sessionMiddleware);
  if (app === false && middleware === false) return { verdict: 'none', summary: 'There are no sessions.' };
  if (settings.plain('SESSION_COOKIE_HTTPONLY') === true) {
    return app === true || middleware === true
      ? { verdict: 'pass', summary: 'SESSION_COOKIE_HTTPONLY is True.' }
      : { verdict: 'unknown', summary: 'Whether sessions are in use is not known.', fix };
  }
  if (app === undefined || middleware === undefined)
    return { verdict: 'unknown', summary: 'Whether sessions are in use is not known.', fix };
  const id = app && middleware ? 'security.W015' : app ? 'security.W013' : 'security.W014';
  return { verdict: 'fail', summary: 'SESSION_COOKIE_HTTPONLY is not True.', id, fix };
}

const fix = 'SESSION_COOKIE_HTTPONLY = True';
