/**
 * Looks at the policy of flask-talisman, whose default is `default-src 'self'`.
 *
 * ## Why
 * A policy without `'unsafe-inline'` for scripts stops most injected scripts, where escaping was forgotten. A server in front of
 * Flask may send it instead.
 *
 * ## Passes
 * Talisman, or a function of the project with `@app.after_request`, sends a policy with which scripts come from named places, with fresh
 * nonces or hashes.
 *
 * ## Fails
 * The project has templates and nothing sends a policy; or it only reports, or allows inline scripts or any host.
 *
 * ## Unknown
 * The policy is computed, code of the project sends one itself that is not written out or not seen to be sent with every page, or there
 * are no templates.
 *
 * ## How to fix
 * ```python
 * Talisman(
 *     app,
 *     content_security_policy={'default-src': "'self'", 'object-src': "'none'", 'base-uri': "'none'"},
 *     content_security_policy_nonce_in=['script-src'],
 * )
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { absent, fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { scriptWeakness } from '../../../csp/script-weakness.ts';
import { appCheck, readValue } from '../../../python/app/app-check.ts';
import { extension, extensionEvidence, fileWith } from '../../../python/app/extension.ts';
import type { PythonApp } from '../../../python/app/find-apps.ts';
import { directivesOf } from '../../../python/app/talisman-policy.ts';
import { headerSender, policyHeader } from '../../../python/header-sender.ts';
import { truthOf } from '../../../python/operators.ts';
import { evidenceOf, ownPolicy, strongPolicies } from '../../../python/own-headers.ts';
import { ofDecorator } from '../../../python/sent-always.ts';
import type { Subject } from '../../../subject/subject.ts';

export const check: Check = appCheck({
  id: 'python/flask-csp',
  framework: 'flask',
  aspect: 'csp/policy',
  title: 'Pages of Flask are sent with a policy that stops inline scripts.',
  why: 'A script that was injected into a page runs.',
  severity: 'medium',
  cwe: [79, 1021],
  asvs: ['3.4.3'],
  judge,
});

function judge(app: PythonApp, subject: Subject): readonly Outcome[] {
  const evidence = [{ ...app.object.spot }];
  const talisman = extension(app, 'Talisman');
  if (!talisman) {
    const own = ownPolicy(subject, fix);
    if (own) return [own];
    const strong = strongPolicies(subject);
    if (strong?.some(({ middleware }) => middleware === ofDecorator) === true)
      return [
        pass('A function after every request sends a policy that stops inline scripts.', [
          ...evidenceOf(strong),
          ...evidence,
        ]),
      ];
    const sender = headerSender(subject, policyHeader);
    if (sender !== undefined)
      return [
        unknown(`The file ${sender} speaks of a policy, and may send it.`, fix, [
          ...evidence,
          { path: sender, text: 'Content-Security-Policy' },
        ]),
      ];
    const template = fileWith(subject, /\brender_template(_string)?\b/);
    if (template === undefined)
      return [unknown('No policy is sent, and whether pages are sent was not seen.', fix, evidence)];
    return [
      absent(
        'No Content-Security-Policy is sent.',
        [...evidence, { path: template, text: 'render_template' }],
        fix,
      ),
    ];
  }
  const seen = [...extensionEvidence(app, 'Talisman'), ...evidence];
  const isReport = readValue(talisman.named.get('content_security_policy_report_only'), false, app.object);
  if (talisman.isOpen || isReport.plain === undefined)
    return [unknown('The policy of Talisman is computed.', fix, seen)];
  if (truthOf(isReport.plain)) return [fail('The policy only reports.', seen, fix)];
  const value = talisman.named.get('content_security_policy');
  const policy = readValue(value, "default-src 'self'", app.object);
  if (policy.plain === null || policy.plain === false)
    return [fail('The policy of Talisman is switched off.', seen, fix)];
  const directives =
    policy.plain === undefined
      ? undefined
      : directivesOf(policy.plain, talisman.named.get('content_security_policy_nonce_in'));
  if (!directives)
    return [unknown('The policy of Talisman is computed.', fix, [...seen, ...policy.evidence])];
  const weakness = scriptWeakness(directives);
  const all = [...seen, ...policy.evidence];
  return [
    weakness === undefined
      ? pass('Talisman sends a policy that stops inline scripts.', all)
      : fail(`The policy ${weakness}.`, all, fix),
  ];
}

const fix = `Talisman(app, content_security_policy={'default-src': "'self'", 'object-src': "'none'"}, content_security_policy_nonce_in=['script-src'])`;
