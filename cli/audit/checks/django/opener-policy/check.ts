/**
 * Looks at `SECURE_CROSS_ORIGIN_OPENER_POLICY` of the settings that production uses. Django has it since 4.0, with the default
 * `'same-origin'`. Like Django's check, it accepts `None`, which sends no header.
 *
 * ## Why
 * `Cross-Origin-Opener-Policy` cuts the tie between a page and a window of another site that has opened it.
 *
 * ## Passes
 * It is `'same-origin'`, `'same-origin-allow-popups'`, `'unsafe-none'` or `None`.
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
 * SECURE_CROSS_ORIGIN_OPENER_POLICY = 'same-origin'
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { djangoCheck, type Judgement, type Settings } from '../../../python/django/django-check.ts';
import { has, securityMiddleware } from '../../../python/django/middleware.ts';

export const check: Check = djangoCheck({
  id: 'django/opener-policy',
  aspect: 'server/hardening',
  title: 'The policy for windows that open the site is one that exists.',
  why: 'A value that browsers do not know protects nothing.',
  severity: 'low',
  cwe: [693],
  asvs: ['3.4.8'],
  django: ['security.E024'],
  weight: 'part',
  settings: ['SECURE_CROSS_ORIGIN_OPENER_POLICY', 'MIDDLEWARE'],
  judge,
});

function judge(settings: Settings): Judgement {
  const isUsed = has(settings, 'MIDDLEWARE', securityMiddleware);
  if (isUsed === false) return { verdict: 'none', summary: 'SecurityMiddleware is not in use.' };
  const value = settings.plain('SECURE_CROSS_ORIGIN_OPENER_POLICY');
  if (isUsed === undefined)
    return { verdict: 'unknown', summary: 'Whether MIDDLEWARE has SecurityMiddleware is not known.', fix };
  if (value === undefined) return { verdict: 'none', summary: 'This version of Django has no such setting.' };
  return value === null || (typeof value === 'string' && policies.has(value))
    ? { verdict: 'pass', summary: `SECURE_CROSS_ORIGIN_OPENER_POLICY is ${value ?? 'None'}.` }
    : {
        verdict: 'fail',
        summary: 'SECURE_CROSS_ORIGIN_OPENER_POLICY has a value that does not exist.',
        id: 'security.E024',
        fix,
      };
}

const fix = "SECURE_CROSS_ORIGIN_OPENER_POLICY = 'same-origin'";

const policies: ReadonlySet<string> = new Set(['same-origin', 'same-origin-allow-popups', 'unsafe-none']);
