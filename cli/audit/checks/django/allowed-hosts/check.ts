/**
 * Looks at `ALLOWED_HOSTS` of the settings that production uses. Django's default is an empty list.
 *
 * ## Why
 * Django makes links of the `Host` header, such as those to reset passwords. The list keeps a header that somebody invents out of
 * them.
 *
 * ## Passes
 * The list is not empty.
 *
 * ## Fails
 * It is empty.
 *
 * ## Unknown
 * The setting, or what it depends on, is computed, read from the environment without a default, or set behind a condition that files
 * do not decide.
 *
 * ## How to fix
 * ```python
 * ALLOWED_HOSTS = ['shop.example']
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { djangoCheck, type Judgement, type Settings } from '../../../python/django/django-check.ts';
import { truthOf } from '../../../python/operators.ts';

export const check: Check = djangoCheck({
  id: 'django/allowed-hosts',
  aspect: 'server/hardening',
  title: 'The host names of the site are listed.',
  why: 'Without them Django answers no request, or any.',
  severity: 'medium',
  cwe: [644],
  asvs: [],
  django: ['security.W020'],
  weight: 'part',
  settings: ['ALLOWED_HOSTS'],
  judge,
});

function judge(settings: Settings): Judgement {
  const plain = settings.plain('ALLOWED_HOSTS');
  const isFilled = plain === undefined ? false : truthOf(plain);
  if (isFilled === undefined)
    return { verdict: 'unknown', summary: 'ALLOWED_HOSTS is not known: it is computed.', fix };
  return isFilled
    ? { verdict: 'pass', summary: 'ALLOWED_HOSTS is not empty.' }
    : { verdict: 'fail', summary: 'ALLOWED_HOSTS is empty.', id: 'security.W020', fix };
}

const fix = "ALLOWED_HOSTS = ['shop.example']";
