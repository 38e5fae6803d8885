/**
 * Looks at how long browsers keep to https: `SECURE_HSTS_SECONDS` of the settings that production uses. Where HSTS is off,
 * `django/hsts` says so.
 *
 * ## Why
 * A browser forgets the header after its age. With a short one, users who come rarely send their first request over http again.
 *
 * ## Passes
 * `SECURE_HSTS_SECONDS` is at least 15552000, which is 180 days.
 *
 * ## Fails
 * It is a smaller number.
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
  id: 'django/hsts-age',
  aspect: 'https/hsts',
  title: 'HSTS lasts for at least 180 days.',
  why: 'A user who comes back after the age of the header is not protected.',
  severity: 'medium',
  cwe: [319],
  asvs: ['3.4.1'],
  settings: ['SECURE_HSTS_SECONDS', 'MIDDLEWARE'],
  judge,
});

function judge(settings: Settings): Judgement {
  const isUsed = has(settings, 'MIDDLEWARE', securityMiddleware);
  if (isUsed === false) return { verdict: 'none', summary: 'SecurityMiddleware is not in use.' };
  const seconds = settings.plain('SECURE_HSTS_SECONDS');
  if (!seconds) return { verdict: 'none', summary: 'HSTS is off.' };
  if (isUsed === undefined || typeof seconds !== 'number')
    return { verdict: 'unknown', summary: 'Whether HSTS is sent, and for how long, is not known.', fix };
  return seconds >= 15_552_000
    ? { verdict: 'pass', summary: `HSTS lasts for ${Math.floor(seconds / 86_400)} days.` }
    : { verdict: 'fail', summary: `HSTS lasts for ${Math.floor(seconds / 86_400)} days only.`, fix };
}

const fix = 'SECURE_HSTS_SECONDS = 31536000';
