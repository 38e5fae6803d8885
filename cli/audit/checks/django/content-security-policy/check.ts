/**
 * Looks at the policy that Django (`SECURE_CSP`, since 6.0) or django-csp (`CONTENT_SECURITY_POLICY`, and `CSP_...` up to version 3)
 * sends, in the settings that production uses.
 *
 * ## Why
 * A policy without `'unsafe-inline'` for scripts stops most injected scripts, where escaping was forgotten. A server in front of
 * Django may send it instead.
 *
 * ## Passes
 * The middleware is in use, and scripts are allowed from named places, by nonces or by hashes.
 *
 * ## Fails
 * There is no policy, it only reports, or it allows inline scripts or any host.
 *
 * ## Unknown
 * The policy is computed, some pages are excluded from it, or another middleware may send one.
 *
 * ## How to fix
 * From Django 6.0 on:
 * ```python
 * from django.utils.csp import CSP
 * MIDDLEWARE = ['django.middleware.csp.ContentSecurityPolicyMiddleware', ...]
 * SECURE_CSP = {'default-src': [CSP.SELF], 'script-src': [CSP.SELF, CSP.NONCE], 'object-src': [CSP.NONE], 'base-uri': [CSP.NONE]}
 * ```
 * With django-csp 4:
 * ```python
 * from csp.constants import NONCE, NONE, SELF
 * MIDDLEWARE = ['csp.middleware.CSPMiddleware', ...]
 * CONTENT_SECURITY_POLICY = {
 *     'DIRECTIVES': {'default-src': [SELF], 'script-src': [SELF, NONCE], 'object-src': [NONE], 'base-uri': [NONE]},
 * }
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { scriptWeakness } from '../../../csp/script-weakness.ts';
import { djangoCheck, type Judgement, type Settings } from '../../../python/django/django-check.ts';
import { djangoPolicy } from '../../../python/django/policy.ts';

export const check: Check = djangoCheck({
  id: 'django/content-security-policy',
  aspect: 'csp/policy',
  title: 'Pages are sent with a policy that stops inline scripts.',
  why: 'A script that was injected into a page runs.',
  severity: 'medium',
  cwe: [1021, 79],
  asvs: ['3.4.3'],
  settings: [
    'SECURE_CSP',
    'SECURE_CSP_REPORT_ONLY',
    'CONTENT_SECURITY_POLICY',
    'CONTENT_SECURITY_POLICY_REPORT_ONLY',
    'CSP_DEFAULT_SRC',
    'CSP_SCRIPT_SRC',
    'CSP_SCRIPT_SRC_ELEM',
    'CSP_INCLUDE_NONCE_IN',
    'CSP_REPORT_ONLY',
    'CSP_EXCLUDE_URL_PREFIXES',
    'MIDDLEWARE',
  ],
  judge,
});

function judge(settings: Settings): Judgement {
  const sent = djangoPolicy(settings);
  if (sent.kind !== 'sent') {
    return sent.kind === 'unknown'
      ? { verdict: 'unknown', summary: sent.summary, fix }
      : { verdict: 'fail', summary: sent.summary, fix, isAbsent: true };
  }
  const weakness = scriptWeakness(sent.directives);
  if (weakness !== undefined) return { verdict: 'fail', summary: `The policy ${weakness}.`, fix };
  return { verdict: 'pass', summary: 'A policy stops inline scripts.' };
}

const fix =
  "CONTENT_SECURITY_POLICY = {'DIRECTIVES': {'default-src': [SELF], 'script-src': [SELF, NONCE], 'object-src': [NONE], 'base-uri': [NONE]}}";
