/**
 * Looks for `XFrameOptionsMiddleware` in `MIDDLEWARE` of the settings that production uses.
 *
 * ## Why
 * Without it, pages are sent without `X-Frame-Options`, and any site may put them into a frame.
 *
 * ## Passes
 * `MIDDLEWARE` has `django.middleware.clickjacking.XFrameOptionsMiddleware`.
 *
 * ## Fails
 * It is not there.
 *
 * ## Unknown
 * `MIDDLEWARE` is computed, or the middleware is added behind a condition that files do not decide.
 *
 * ## How to fix
 * ```python
 * MIDDLEWARE = [
 *     'django.middleware.clickjacking.XFrameOptionsMiddleware',
 *     ...
 * ]
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { djangoCheck, type Judgement, type Settings } from '../../../python/django/django-check.ts';
import { frameMiddleware, has } from '../../../python/django/middleware.ts';

export const check: Check = djangoCheck({
  id: 'django/clickjacking-middleware',
  aspect: 'server/hardening',
  title: '`XFrameOptionsMiddleware` is in use.',
  why: 'Another site can show the pages in a frame, and lead users to click on what they do not see.',
  severity: 'medium',
  cwe: [1021],
  asvs: ['3.4.6'],
  django: ['security.W002'],
  weight: 'part',
  settings: ['MIDDLEWARE'],
  judge,
});

function judge(settings: Settings): Judgement {
  const isThere = has(settings, 'MIDDLEWARE', frameMiddleware);
  if (isThere === undefined)
    return {
      verdict: 'unknown',
      summary: 'Whether MIDDLEWARE has XFrameOptionsMiddleware is not known.',
      fix,
    };
  return isThere
    ? { verdict: 'pass', summary: 'MIDDLEWARE has XFrameOptionsMiddleware.' }
    : { verdict: 'fail', summary: 'MIDDLEWARE lacks XFrameOptionsMiddleware.', id: 'security.W002', fix };
}

const fix = `MIDDLEWARE = ['${frameMiddleware}', ...]`;
