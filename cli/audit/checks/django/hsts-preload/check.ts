/**
 * Looks at `SECURE_HSTS_PRELOAD` of the settings that production uses. Django's default is `False`. Without `SecurityMiddleware` it
 * has no effect, and is not judged.
 *
 * ## Why
 * Browsers learn of HSTS by the first answer. Sites in the browsers' list are protected from the first request on; this directive is
 * what the list asks for.
 *
 * ## Passes
 * `SECURE_HSTS_PRELOAD` is `True`.
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
 * SECURE_HSTS_PRELOAD = True
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { djangoCheck, type Judgement, type Settings } from '../../../python/django/django-check.ts';
import { has, securityMiddleware } from '../../../python/django/middleware.ts';

export const check: Check = djangoCheck({
  id: 'django/hsts-preload',
  aspect: 'https/hsts',
  title: 'HSTS may be preloaded.',
  why: 'The very first visit of a browser is not protected.',
  severity: 'low',
  cwe: [319],
  asvs: ['3.4.1'],
  django: ['security.W021'],
  weight: 'note',
  settings: ['SECURE_HSTS_PRELOAD', 'MIDDLEWARE', 'SECURE_HSTS_SECONDS'],
  judge,
});

function judge(settings: Settings): Judgement {
  const isUsed = has(settings, 'MIDDLEWARE', securityMiddleware);
  if (isUsed === false) return { verdict: 'none', summary: 'SecurityMiddleware is not in use.' };
  const seconds = settings.plain('SECURE_HSTS_SECONDS') ?? 0;
  if (seconds === 0 || seconds === false) return { verdict: 'none', summary: 'HSTS is off.' };
  const isOn = settings.plain('SECURE_HSTS_PRELOAD') === true;
  if (isUsed === undefined)
    return { verdict: 'unknown', summary: 'Whether MIDDLEWARE has SecurityMiddleware is not known.', fix };
  return isOn
    ? { verdict: 'pass', summary: 'SECURE_HSTS_PRELOAD is True.' }
    : { verdict: 'fail', summary: 'SECURE_HSTS_PRELOAD is not True.', id: 'security.W021', fix };
}

const fix = 'SECURE_HSTS_PRELOAD = True';
