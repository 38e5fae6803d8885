import type { RuleInfo } from '../../finding/finding.ts';

/** Rules about suppression comments. They cannot be suppressed themselves. */
export const suppressionRules: readonly RuleInfo[] = [
  {
    id: 'scan/bad-suppression',
    title: 'Suppression without a rule or a reason',
    severity: 'low',
    cwe: [],
    owasp: '',
    page: `# scan/bad-suppression

A comment that hides findings must name the rule and give a reason. Otherwise it hides nothing: nobody could
tell later whether it still applies.

    # bulwark-ignore sql/injection: the name is one of the table's own columns
    # bulwark-ignore sql/*: to be replaced with the new importer until 2027-01-31
`,
  },
  {
    id: 'scan/unused-suppression',
    title: 'Unused suppression',
    severity: 'low',
    cwe: [],
    owasp: '',
    page: `# scan/unused-suppression

The finding that this comment hid is gone. Delete the comment, or it will hide the next finding on this line, which nobody
has reviewed.
`,
  },
];
