/**
 * Looks at `X_FRAME_OPTIONS` of the settings that production uses, if `XFrameOptionsMiddleware` is in use. Django's default is
 * `'DENY'`.
 *
 * ## Why
 * In a frame, a page can be laid under another one, so that users click on what they do not see. `SAMEORIGIN` is right for a site
 * that shows its own pages in frames: therefore this is advice.
 *
 * ## Passes
 * `X_FRAME_OPTIONS` is `'DENY'`.
 *
 * ## Fails
 * It is anything else.
 *
 * ## Unknown
 * The setting, or what it depends on, is computed, read from the environment without a default, or set behind a condition that files
 * do not decide.
 *
 * ## How to fix
 * ```python
 * X_FRAME_OPTIONS = 'DENY'
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { djangoCheck, type Judgement, type Settings } from '../../../python/django/django-check.ts';
import { frameMiddleware, has } from '../../../python/django/middleware.ts';

export const check: Check = djangoCheck({
  id: 'django/frame-options',
  aspect: 'server/hardening',
  title: 'No site may show the pages in a frame.',
  why: 'A page of the same site that is under the control of an attacker can show others in a frame.',
  severity: 'low',
  cwe: [1021],
  asvs: ['3.4.6'],
  django: ['security.W019'],
  weight: 'note',
  settings: ['X_FRAME_OPTIONS', 'MIDDLEWARE'],
  judge,
});

function judge(settings: Settings): Judgement {
  const isUsed = has(settings, 'MIDDLEWARE', frameMiddleware);
  if (isUsed === false) return { verdict: 'none', summary: 'XFrameOptionsMiddleware is not in use.' };
  const value = settings.plain('X_FRAME_OPTIONS');
  if (isUsed === undefined)
    return {
      verdict: 'unknown',
      summary: 'Whether MIDDLEWARE has XFrameOptionsMiddleware is not known.',
      fix,
    };
  return value === 'DENY'
    ? { verdict: 'pass', summary: 'X_FRAME_OPTIONS is DENY.' }
    : { verdict: 'fail', summary: 'X_FRAME_OPTIONS is not DENY.', id: 'security.W019', fix };
}

const fix = "X_FRAME_OPTIONS = 'DENY'";
