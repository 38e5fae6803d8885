/**
 * Looks at `CSRF_FAILURE_VIEW` of the settings that production uses: whether the project has that function, and whether it can be
 * called with a request and `reason`.
 *
 * ## Why
 * Django calls this view when it refuses a request. If it is missing or takes other arguments, each refusal becomes an error 500.
 *
 * ## Passes
 * It is not set, or is a function of the project that takes `request` and `reason`.
 *
 * ## Fails
 * The project has no such function, or it takes other arguments.
 *
 * ## Unknown
 * It is computed, or is a function of a package.
 *
 * ## How to fix
 * ```python
 * def csrf_failure(request, reason=''):
 *     return render(request, 'refused.html', status=403)
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { djangoCheck, type Judgement, type Settings } from '../../../python/django/django-check.ts';
import { findFunction } from '../../../python/django/find-function.ts';

export const check: Check = djangoCheck({
  id: 'django/csrf-failure-view',
  aspect: 'errors/handler',
  title: 'The view for refused requests exists, and takes what Django hands it.',
  why: 'A request that lacks the token ends with an error of the server instead of a refusal.',
  severity: 'low',
  cwe: [755],
  asvs: ['16.5.1'],
  django: ['security.E101', 'security.E102'],
  weight: 'part',
  settings: ['CSRF_FAILURE_VIEW'],
  judge,
});

function judge(settings: Settings): Judgement {
  const view = settings.plain('CSRF_FAILURE_VIEW');
  if (typeof view !== 'string')
    return { verdict: 'unknown', summary: 'CSRF_FAILURE_VIEW is not a text.', fix };
  if (view === 'django.views.csrf.csrf_failure')
    return { verdict: 'pass', summary: "Django's own view is in use." };
  const found = findFunction(settings.subject, view);
  if (found === 'elsewhere')
    return { verdict: 'unknown', summary: 'CSRF_FAILURE_VIEW is in a package, which is not looked at.', fix };
  if (found === 'missing')
    return {
      verdict: 'fail',
      summary: 'CSRF_FAILURE_VIEW is a function that is not there.',
      id: 'security.E102',
      fix,
    };
  if (found === 'unclear')
    return {
      verdict: 'unknown',
      summary: 'Whether CSRF_FAILURE_VIEW takes a request and a reason is not known.',
      fix,
    };
  return found === 'fits'
    ? { verdict: 'pass', summary: 'CSRF_FAILURE_VIEW takes a request and a reason.' }
    : {
        verdict: 'fail',
        summary: 'CSRF_FAILURE_VIEW does not take a request and a reason.',
        id: 'security.E101',
        fix,
      };
}

const fix = "CSRF_FAILURE_VIEW = 'django.views.csrf.csrf_failure'";
