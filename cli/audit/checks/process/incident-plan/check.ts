/**
 * Looks for files that speak of incidents: SECURITY.md, security.txt, a runbook or a plan. They are shown as evidence and pass nothing:
 * a file can be there that nobody follows.
 *
 * ## Why
 * In an incident nobody has the time to find out who decides, whom to call, and how to revoke keys.
 *
 * ## Passes
 * Never from files. A person attests the plan in `bulwark.attest.toml`, with a role and the day until which it holds.
 *
 * ## Fails
 * Never from files.
 *
 * ## Unknown
 * Always.
 *
 * ## How to fix
 * ```toml
 * [[attested]]
 * aspect = "incident-plan/attested"
 * by = "head of operations"
 * until = "2027-06-30"
 * statement = "The plan was rehearsed in May."
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { unknown } from '../../../check/outcome.ts';

const spoken =
  /(^|\/)(SECURITY(\.(md|rst|txt))?|security\.txt|[^/]*(incident|runbook|playbook|disaster[-_]recovery)[^/]*\.(md|rst|txt|adoc|pdf|docx))$/i;

export const check: Check = {
  id: 'process/incident-plan',
  aspect: 'incident-plan/attested',
  title: 'There is a plan for incidents, and people know it.',
  why: 'In an incident nobody has the time to find out who decides and how to revoke keys.',
  severity: 'low',
  cwe: [],
  asvs: [],
  run: (subject) => {
    const files = subject.paths
      .filter((path) => spoken.test(path) && !/(^|\/)(node_modules|vendor)\//.test(path))
      .slice(0, 10);
    const summary =
      files.length > 0
        ? 'Files speak of security or of incidents, which does not show that a plan is followed.'
        : 'Files do not show whether there is a plan.';
    return [
      unknown(
        summary,
        'Attest it in `bulwark.attest.toml`: aspect `incident-plan/attested`, by a role, until a day.',
        files.map((path) => ({ text: path, path })),
      ),
    ];
  },
};
