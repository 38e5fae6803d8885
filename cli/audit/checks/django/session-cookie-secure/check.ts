/**
 * Looks at `SESSION_COOKIE_SECURE` of the settings that production uses, if `django.contrib.sessions` or its middleware is in use.
 * Django's default is `False`.
 *
 * ## Why
 * A browser sends a cookie without `Secure` over http too, where it can be read. One request to an `http://` address is enough.
 *
 * ## Passes
 * `SESSION_COOKIE_SECURE` is `True`.
 *
 * ## Fails
 * Sessions are in use, and it is anything else, or is not set.
 *
 * ## Unknown
 * The setting, or what it depends on, is computed, read from the environment without a default, or set behind a condition that files
 * do not decide.
 *
 * ## How to fix
 * ```python
 * SESSION_COOKIE_SECURE = True
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { djangoCheck, type Judgement, type Settings } from '../../../python/django/django-check.ts';
import { has, sessionApp, sessionMiddleware } from '../../../python/django/middleware.ts';

export const check: Check = djangoCheck({
  id: 'django/session-cookie-secure',
  aspect: 'cookies/session',
  title: 'The session cookie is sent over https only.',
  why: 'Whoever shares a network with a user can read the session cookie, and use the session.',
  severity: 'high',
  cwe: [614],
  asvs: ['3.3.1'],
  django: ['security.W010', 'security.W011', 'security.W012'],
  settings: ['SESSION_COOKIE_SECURE', 'INSTALLED_APPS', 'MIDDLEWARE'],
  judge,
});

function judge(settings: Settings): Judgement {
  const app = has(settings, 'INSTALLED_APPS', sessionApp);
  const middleware = has(settings, 'MIDDLEWARE', sessionMiddleware);
  if (app === false && middleware === false) return { verdict: 'none', summary: 'There are no sessions.' };
  if (settings.plain('SESSION_COOKIE_SECURE') === true) {
    return app === true || middleware === true
      ? { verdict: 'pass', summary: 'SESSION_COOKIE_SECURE is True.' }
      : { verdict: 'unknown', summary: 'Whether sessions are in use is not known.', fix };
  }
  if (app === undefined || middleware === undefined)
    return { verdict: 'unknown', summary: 'Whether sessions are in use is not known.', fix };
  const id = app && middleware ? 'security.W012' : app ? 'security.W010' : 'security.W011';
  return { verdict: 'fail', summary: 'SESSION_COOKIE_SECURE is not True.', id, fix };
}

const fix = 'SESSION_COOKIE_SECURE = True';
