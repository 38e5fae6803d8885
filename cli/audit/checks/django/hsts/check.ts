/**
 * Looks at `SECURE_HSTS_SECONDS` of the settings that production uses. Django's default is 0: no header. How long it is,
 * `django/hsts-age` says.
 *
 * ## Why
 * `Strict-Transport-Security` makes browsers use https by themselves, so that no later request goes over http. A server in front of
 * Django may send it instead.
 *
 * ## Passes
 * `SECURE_HSTS_SECONDS` is a number above 0.
 *
 * ## Fails
 * It is 0, or is not set.
 *
 * ## Unknown
 * The setting, or what it depends on, is computed, read from the environment without a default, or set behind a condition that files
 * do not decide.
 *
 * ## How to fix
 * ```python
 * SECURE_HSTS_SECONDS = 31536000
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { djangoCheck, type Judgement, type Settings } from '../../../python/django/django-check.ts';
import { has, securityMiddleware } from '../../../python/django/middleware.ts';

export const check: Check = djangoCheck({
  id: 'django/hsts',
  aspect: 'https/hsts',
  title: 'HSTS is on.',
  why: 'A later visit over http can be read and changed by whoever shares the network.',
  severity: 'high',
  cwe: [319],
  asvs: ['3.4.1'],
  django: ['security.W004'],
  settings: ['SECURE_HSTS_SECONDS', 'MIDDLEWARE'],
  judge,
});

function judge(settings: Settings): Judgement {
  const isUsed = has(settings, 'MIDDLEWARE', securityMiddleware);
  if (isUsed === false) return { verdict: 'none', summary: 'SecurityMiddleware is not in use.' };
  const seconds = settings.plain('SECURE_HSTS_SECONDS');
  if (isUsed === undefined)
    return { verdict: 'unknown', summary: 'Whether MIDDLEWARE has SecurityMiddleware is not known.', fix };
  const isOn = typeof seconds === 'number' ? seconds !== 0 : seconds === true;
  return isOn
    ? { verdict: 'pass', summary: `SECURE_HSTS_SECONDS is ${Number(seconds)}.` }
    : {
        verdict: 'fail',
        summary: 'SECURE_HSTS_SECONDS is not set to a number above 0.',
        id: 'security.W004',
        fix,
        isAbsent: !settings.isSet('SECURE_HSTS_SECONDS'),
      };
}

const fix = 'SECURE_HSTS_SECONDS = 31536000';
