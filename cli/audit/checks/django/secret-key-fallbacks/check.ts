/**
 * Looks at `SECRET_KEY_FALLBACKS` of the settings that production uses: keys that were replaced, and still verify what they have
 * signed. Django has them since 4.1.
 *
 * ## Why
 * A weak key in this list is as good for an attacker as a weak `SECRET_KEY`.
 *
 * ## Passes
 * The list is empty, or each key has at least 50 characters, at least 5 different ones, and not the prefix `django-insecure-`.
 *
 * ## Fails
 * A key is shorter, or has that prefix.
 *
 * ## Unknown
 * The setting, or what it depends on, is computed, read from the environment without a default, or set behind a condition that files
 * do not decide.
 *
 * ## How to fix
 * Remove the key, or read it from the environment:
 * ```python
 * SECRET_KEY_FALLBACKS = []
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { djangoCheck, type Judgement, type Settings } from '../../../python/django/django-check.ts';
import { isStrongKey, weaknessOf } from '../../../python/django/secret-key.ts';
import { isType } from '../../../python/value.ts';

export const check: Check = djangoCheck({
  id: 'django/secret-key-fallbacks',
  aspect: 'secrets/tree',
  title: 'Old keys that still count are long and random.',
  why: 'Whoever knows or guesses an old key can forge signed data as long as it counts.',
  severity: 'high',
  cwe: [321, 1391],
  asvs: ['13.3.1'],
  django: ['security.W025'],
  weight: 'part',
  settings: ['SECRET_KEY_FALLBACKS'],
  judge,
});

function judge(settings: Settings): Judgement {
  const keys = settings.plain('SECRET_KEY_FALLBACKS');
  if (keys === undefined) return { verdict: 'none', summary: 'This version of Django has no such setting.' };
  if (!isType(keys, 'list'))
    return { verdict: 'unknown', summary: 'SECRET_KEY_FALLBACKS is not a list.', fix };
  const plains = keys.items.flatMap((item) => item.map(({ plain }) => plain));
  const weak = plains.find((key) => typeof key === 'string' && !isStrongKey(key));
  if (typeof weak === 'string')
    return {
      verdict: 'fail',
      summary: `A key of SECRET_KEY_FALLBACKS ${weaknessOf(weak)}.`,
      id: 'security.W025',
      fix,
    };
  if (keys.more !== undefined || plains.some((key) => typeof key !== 'string'))
    return { verdict: 'unknown', summary: 'A key of SECRET_KEY_FALLBACKS is not known.', fix };
  const summary =
    plains.length === 0 ? 'SECRET_KEY_FALLBACKS is empty.' : 'All keys of SECRET_KEY_FALLBACKS are long.';
  return { verdict: 'pass', summary };
}

const fix = 'SECRET_KEY_FALLBACKS = []';
