/**
 * Looks at `SECURE_REFERRER_POLICY` of the settings that production uses. Django's default is `'same-origin'` since 3.1. Without
 * `SecurityMiddleware` it has no effect, and is not judged.
 *
 * ## Why
 * A browser tells other sites the address of the page that a link was on. That of a link to reset a password is a secret.
 *
 * ## Passes
 * Each value is one that browsers know.
 *
 * ## Fails
 * It is `None`, or a value does not exist: browsers ignore it.
 *
 * ## Unknown
 * The setting, or what it depends on, is computed, read from the environment without a default, or set behind a condition that files
 * do not decide.
 *
 * ## How to fix
 * ```python
 * SECURE_REFERRER_POLICY = 'same-origin'
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { djangoCheck, type Judgement, type Settings } from '../../../python/django/django-check.ts';
import { has, securityMiddleware } from '../../../python/django/middleware.ts';
import { isType, type Plain } from '../../../python/value.ts';

export const check: Check = djangoCheck({
  id: 'django/referrer-policy',
  aspect: 'server/hardening',
  title: 'A referrer policy is sent, and its value exists.',
  why: 'Addresses of pages, with what is secret in them, are sent to other sites.',
  severity: 'low',
  cwe: [200],
  asvs: ['3.4.5'],
  django: ['security.W022', 'security.E023'],
  weight: 'part',
  settings: ['SECURE_REFERRER_POLICY', 'MIDDLEWARE'],
  judge,
});

function judge(settings: Settings): Judgement {
  const isUsed = has(settings, 'MIDDLEWARE', securityMiddleware);
  if (isUsed === false) return { verdict: 'none', summary: 'SecurityMiddleware is not in use.' };
  const value = settings.plain('SECURE_REFERRER_POLICY');
  if (isUsed === undefined)
    return { verdict: 'unknown', summary: 'Whether MIDDLEWARE has SecurityMiddleware is not known.', fix };
  if (value === undefined) return { verdict: 'none', summary: 'This version of Django has no such setting.' };
  if (value === null)
    return { verdict: 'fail', summary: 'SECURE_REFERRER_POLICY is None.', id: 'security.W022', fix };
  const values = valuesOf(value);
  if (!values)
    return { verdict: 'unknown', summary: 'SECURE_REFERRER_POLICY is not known: it is computed.', fix };
  return values.every((one) => policies.has(one))
    ? { verdict: 'pass', summary: `SECURE_REFERRER_POLICY is ${values.join(', ')}.` }
    : {
        verdict: 'fail',
        summary: 'SECURE_REFERRER_POLICY has a value that does not exist.',
        id: 'security.E023',
        fix,
      };
}

const fix = "SECURE_REFERRER_POLICY = 'same-origin'";

/** https://www.w3.org/TR/referrer-policy/#referrer-policies */
const policies: ReadonlySet<string> = new Set([
  'no-referrer',
  'no-referrer-when-downgrade',
  'origin',
  'origin-when-cross-origin',
  'same-origin',
  'strict-origin',
  'strict-origin-when-cross-origin',
  'unsafe-url',
]);

/** Those of `'origin, same-origin'` and of a list. */
function valuesOf(value: Plain): readonly string[] | undefined {
  if (typeof value === 'string') return value.split(',').map((one) => one.trim());
  if (!isType(value, 'list') || value.more !== undefined) return undefined;
  const texts = value.items.flatMap(([{ plain }, ...others]) =>
    typeof plain === 'string' && others.length === 0 ? [plain] : [],
  );
  return texts.length === value.items.length ? texts : undefined;
}
