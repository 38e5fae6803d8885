/**
 * Looks at `SECURE_SSL_REDIRECT` of the settings that production uses. Django's default is `False`. Without `SecurityMiddleware` it
 * has no effect, and is not judged.
 *
 * ## Why
 * The first request of a browser often goes over http. If it is answered there, an attacker in the network sees it, and can change
 * the answer. A server in front of Django may redirect instead: then its configuration passes the line.
 *
 * ## Passes
 * `SECURE_SSL_REDIRECT` is `True`.
 *
 * ## Fails
 * It is anything else, or is not set.
 *
 * ## Unknown
 * The setting, or what it depends on, is computed, read from the environment without a default, or set behind a condition that files
 * do not decide.
 *
 * ## How to fix
 * ```python
 * SECURE_SSL_REDIRECT = True
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { djangoCheck, type Judgement, type Settings } from '../../../python/django/django-check.ts';
import { has, securityMiddleware } from '../../../python/django/middleware.ts';

export const check: Check = djangoCheck({
  id: 'django/ssl-redirect',
  aspect: 'https/redirect',
  title: 'Requests over http are redirected to https.',
  why: 'Whoever shares a network with a user can read and change what is sent over http.',
  severity: 'high',
  cwe: [319],
  asvs: ['4.1.2', '12.2.1'],
  django: ['security.W008'],
  settings: ['SECURE_SSL_REDIRECT', 'MIDDLEWARE'],
  judge,
});

function judge(settings: Settings): Judgement {
  const isUsed = has(settings, 'MIDDLEWARE', securityMiddleware);
  if (isUsed === false) return { verdict: 'none', summary: 'SecurityMiddleware is not in use.' };
  const isOn = settings.plain('SECURE_SSL_REDIRECT') === true;
  if (isUsed === undefined)
    return { verdict: 'unknown', summary: 'Whether MIDDLEWARE has SecurityMiddleware is not known.', fix };
  return isOn
    ? { verdict: 'pass', summary: 'SECURE_SSL_REDIRECT is True.' }
    : {
        verdict: 'fail',
        summary: 'SECURE_SSL_REDIRECT is not True.',
        id: 'security.W008',
        fix,
        isAbsent: !settings.isSet('SECURE_SSL_REDIRECT'),
      };
}

const fix = 'SECURE_SSL_REDIRECT = True';
