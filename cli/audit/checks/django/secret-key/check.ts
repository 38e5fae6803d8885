/**
 * Looks at `SECRET_KEY` of the settings that production uses, as Django's own check does. Keys that are written in files are found
 * by the checks of secrets as well.
 *
 * ## Why
 * Django signs sessions, messages and links to reset passwords with it. `startproject` writes a key with the prefix
 * `django-insecure-`, which is meant for development.
 *
 * ## Passes
 * It is read from the environment without a default, so that no file has it; or it has at least 50 characters, at least 5 different ones,
 * and not that prefix.
 *
 * ## Fails
 * It is shorter, or has that prefix; or such a key is the default where the environment has none.
 *
 * ## Unknown
 * It is computed, read from a file, or set behind a condition that files do not decide.
 *
 * ## How to fix
 * ```python
 * SECRET_KEY = os.environ['SECRET_KEY']
 * ```
 * and in the environment of production, once, what this command prints:
 * ```sh
 * python -c 'from django.core.management.utils import get_random_secret_key as key; print(key())'
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { djangoCheck, type Judgement, type Settings } from '../../../python/django/django-check.ts';
import { isStrongKey, weaknessOf } from '../../../python/django/secret-key.ts';

export const check: Check = djangoCheck({
  id: 'django/secret-key',
  aspect: 'secrets/tree',
  title: '`SECRET_KEY` is long, random and not in the code by default.',
  why: 'Whoever knows or guesses the key can forge sessions, links to reset passwords and all other signed data.',
  severity: 'high',
  cwe: [321, 1391],
  asvs: ['13.3.1'],
  django: ['security.W009'],
  weight: 'part',
  settings: ['SECRET_KEY'],
  outside: 'SECRET_KEY is read from the environment, and no file has it; how strong it is cannot be seen.',
  judge,
});

function judge(settings: Settings): Judgement {
  const key = settings.plain('SECRET_KEY');
  if (typeof key !== 'string') return { verdict: 'unknown', summary: 'SECRET_KEY is not a text.', fix };
  return isStrongKey(key)
    ? { verdict: 'pass', summary: `SECRET_KEY has ${key.length} characters.` }
    : { verdict: 'fail', summary: `SECRET_KEY ${weaknessOf(key)}.`, id: 'security.W009', fix };
}

const fix = "SECRET_KEY = os.environ['SECRET_KEY']";
