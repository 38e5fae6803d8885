import type { RuleInfo } from '../finding/finding.ts';

/** Rules about the comments that hide findings. They cannot be suppressed themselves. */
export const suppressionRules: readonly RuleInfo[] = [
  {
    id: 'scan/bad-suppression',
    title: 'A suppression that does not say what, or why',
    severity: 'low',
    cwe: [],
    owasp: '',
    page: `# scan/bad-suppression

A comment that hides findings names the rule and gives a reason. Without both it hides nothing, as nobody could tell later
whether it still is right.

    # bulwark-ignore sql/injection: the name is one of the table's own columns
    # bulwark-ignore sql/*: to be replaced with the new importer until 2027-01-31
`,
  },
  {
    id: 'scan/unused-suppression',
    title: 'A suppression that hides nothing',
    severity: 'low',
    cwe: [],
    owasp: '',
    page: `# scan/unused-suppression

The finding that this comment hid is gone. If it stays, it will hide the next one on this line, which nobody has looked at.
Delete it.
`,
  },
];
