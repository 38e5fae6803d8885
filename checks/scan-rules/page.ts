import type { RuleInfo } from '../../cli/finding/finding.ts';
import { rulePagePath } from '../../cli/scan/rules/kit/rule-page.ts';

/** What the list and the pages say of a rule. */
export type RuleHeading = Omit<RuleInfo, 'page'>;

/** The page of a rule: its name, how bad it is, and its comment. */
export function pageOf(rule: RuleHeading, comment: string): string {
  const facts = [
    `Severity: ${rule.severity}${rule.isHardening ? ' (hardening advice: `--hardening` reports it)' : ''}`,
    ...rule.cwe.map((cwe) => `[CWE-${cwe}](https://cwe.mitre.org/data/definitions/${cwe}.html)`),
    `OWASP ${rule.owasp}`,
  ];
  return `${[`# ${rule.id}`, `**${rule.title}.** ${facts.join(', ')}.`, comment].join('\n\n')}\n`;
}

/** The list of all rules, as docs/rules/README.md. */
export function listOf(rules: readonly RuleHeading[]): string {
  const rows = [...rules]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, title, severity, isHardening, cwe, owasp }) =>
      [
        `[${id}](${rulePagePath(id)})`,
        title,
        isHardening ? `${severity}, advice` : severity,
        cwe.join(', '),
        owasp,
      ].join(' | '),
    );
  return `${[
    '# Rules of bulwark scan',
    'What the scanner looks for, in TypeScript, JavaScript, Python and templates. `npx --no-install bulwark explain RULE` prints a page,\n' +
      '`npx --no-install bulwark scan --only RULE` looks for one rule, and `--skip RULE` leaves one out.\n' +
      'A scan sums up the rules of hardening advice, and reports their findings with `--hardening`.',
    [
      '| rule | finds | severity | CWE | OWASP Top 10 |',
      '|---|---|---|---|---|',
      ...rows.map((row) => `| ${row} |`),
    ].join('\n'),
  ].join('\n\n')}\n`;
}
