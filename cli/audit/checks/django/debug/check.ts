/**
 * Looks at `DEBUG` of the settings that production uses. Django's default is `False`; `startproject` writes `True`.
 *
 * ## Why
 * In debug mode, an error page shows the code around the error, local variables and most settings. A request for an address that
 * does not exist lists all routes.
 *
 * ## Passes
 * `DEBUG` is false.
 *
 * ## Fails
 * It is true, or true by default where the environment does not say otherwise.
 *
 * ## Unknown
 * The setting, or what it depends on, is computed, read from the environment without a default, or set behind a condition that files
 * do not decide.
 *
 * ## How to fix
 * ```python
 * DEBUG = os.environ.get('DJANGO_DEBUG', '') == '1'
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { djangoCheck, type Judgement, type Settings } from '../../../python/django/django-check.ts';
import { truthOf } from '../../../python/operators.ts';

export const check: Check = djangoCheck({
  id: 'django/debug',
  aspect: 'errors/debug',
  title: 'Debug mode is off in production.',
  why: 'Error pages show code, settings and the values of variables to everybody.',
  severity: 'high',
  cwe: [489, 215],
  asvs: ['13.4.2'],
  django: ['security.W018'],
  settings: ['DEBUG'],
  judge,
});

function judge(settings: Settings): Judgement {
  const plain = settings.plain('DEBUG');
  const isOn = plain === undefined ? false : truthOf(plain);
  if (isOn === undefined) return { verdict: 'unknown', summary: 'DEBUG is not known: it is computed.', fix };
  return isOn
    ? { verdict: 'fail', summary: 'DEBUG is on.', id: 'security.W018', fix }
    : { verdict: 'pass', summary: 'DEBUG is off.' };
}

const fix = "DEBUG = os.environ.get('DJANGO_DEBUG', '') == '1'";
