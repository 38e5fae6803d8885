/**
 * Looks at `SECURE_HSTS_INCLUDE_SUBDOMAINS` of the settings that production uses. Django's default is `False`. Without
 * `SecurityMiddleware` it has no effect, and is not judged.
 *
 * ## Why
 * Cookies of a subdomain count for the whole domain. An attacker in the network can invent a subdomain, answer for it over http, and
 * set them.
 *
 * ## Passes
 * `SECURE_HSTS_INCLUDE_SUBDOMAINS` is `True`.
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
 * SECURE_HSTS_INCLUDE_SUBDOMAINS = True
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { djangoCheck, type Judgement, type Settings } from '../../../python/django/django-check.ts';
import { has, securityMiddleware } from '../../../python/django/middleware.ts';

export const check: Check = djangoCheck({
  id: 'django/hsts-subdomains',
  aspect: 'https/hsts',
  title: 'HSTS includes subdomains.',
  why: 'A subdomain that answers over http can set cookies for the whole site.',
  severity: 'low',
  cwe: [319],
  asvs: ['3.4.1'],
  django: ['security.W005'],
  weight: 'note',
  settings: ['SECURE_HSTS_INCLUDE_SUBDOMAINS', 'MIDDLEWARE', 'SECURE_HSTS_SECONDS'],
  judge,
});

function judge(settings: Settings): Judgement {
  const isUsed = has(settings, 'MIDDLEWARE', securityMiddleware);
  if (isUsed === false) return { verdict: 'none', summary: 'SecurityMiddleware is not in use.' };
  const seconds = settings.plain('SECURE_HSTS_SECONDS') ?? 0;
  if (seconds === 0 || seconds === false) return { verdict: 'none', summary: 'HSTS is off.' };
  const isOn = settings.plain('SECURE_HSTS_INCLUDE_SUBDOMAINS') === true;
  if (isUsed === undefined)
    return { verdict: 'unknown', summary: 'Whether MIDDLEWARE has SecurityMiddleware is not known.', fix };
  return isOn
    ? { verdict: 'pass', summary: 'SECURE_HSTS_INCLUDE_SUBDOMAINS is True.' }
    : { verdict: 'fail', summary: 'SECURE_HSTS_INCLUDE_SUBDOMAINS is not True.', id: 'security.W005', fix };
}

const fix = 'SECURE_HSTS_INCLUDE_SUBDOMAINS = True';
