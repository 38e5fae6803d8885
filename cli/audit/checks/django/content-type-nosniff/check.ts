/**
 * Looks at `SECURE_CONTENT_TYPE_NOSNIFF` of the settings that production uses. Django's default is `True`. Without
 * `SecurityMiddleware` it has no effect, and is not judged.
 *
 * ## Why
 * Without `X-Content-Type-Options: nosniff`, a browser may treat a text or an image that a user uploaded as a script or a page.
 *
 * ## Passes
 * `SECURE_CONTENT_TYPE_NOSNIFF` is `True`.
 *
 * ## Fails
 * It is set to anything else.
 *
 * ## Unknown
 * The setting, or what it depends on, is computed, read from the environment without a default, or set behind a condition that files
 * do not decide.
 *
 * ## How to fix
 * ```python
 * SECURE_CONTENT_TYPE_NOSNIFF = True
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { djangoCheck, type Judgement, type Settings } from '../../../python/django/django-check.ts';
import { has, securityMiddleware } from '../../../python/django/middleware.ts';

export const check: Check = djangoCheck({
  id: 'django/content-type-nosniff',
  aspect: 'server/hardening',
  title: 'Browsers are told not to guess the type of content.',
  why: 'A browser may run an uploaded file as a script or a page.',
  severity: 'medium',
  cwe: [693],
  asvs: ['3.4.4'],
  django: ['security.W006'],
  weight: 'part',
  settings: ['SECURE_CONTENT_TYPE_NOSNIFF', 'MIDDLEWARE'],
  judge,
});

function judge(settings: Settings): Judgement {
  const isUsed = has(settings, 'MIDDLEWARE', securityMiddleware);
  if (isUsed === false) return { verdict: 'none', summary: 'SecurityMiddleware is not in use.' };
  const isOn = settings.plain('SECURE_CONTENT_TYPE_NOSNIFF') === true;
  if (isUsed === undefined)
    return { verdict: 'unknown', summary: 'Whether MIDDLEWARE has SecurityMiddleware is not known.', fix };
  return isOn
    ? { verdict: 'pass', summary: 'SECURE_CONTENT_TYPE_NOSNIFF is True.' }
    : { verdict: 'fail', summary: 'SECURE_CONTENT_TYPE_NOSNIFF is not True.', id: 'security.W006', fix };
}

const fix = 'SECURE_CONTENT_TYPE_NOSNIFF = True';
