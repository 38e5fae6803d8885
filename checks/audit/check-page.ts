import type { Check } from '../../cli/audit/check/check.ts';
import type { Line } from '../../cli/audit/line/lines.ts';
import { pagePath } from '../../cli/audit/report/json.ts';

/** What a list and a page say of a check. */
export type CheckHeading = Omit<Check, 'run'>;

/** The sections that the comment of each check has, after a paragraph that says what it looks at. */
const sections: readonly string[] = ['Why', 'Passes', 'Fails', 'Unknown', 'How to fix'];

/** The page of a check: what it is called elsewhere, and its comment. */
export function checkPage(check: CheckHeading, line: Line, comment: string): string {
  const { id, title, aspect, severity, cwe, asvs, django = [] } = check;
  const facts = [
    `Line: ${line.title} (\`${aspect}\`)`,
    `Severity: ${severity}`,
    ...cwe.map((one) => `[CWE-${one}](https://cwe.mitre.org/data/definitions/${one}.html)`),
    `OWASP ${line.owasp}`,
    ...(asvs.length > 0 ? [`ASVS 5.0: ${asvs.join(', ')}`] : []),
    ...(django.length > 0 ? [`Django: ${django.map((one) => `\`${one}\``).join(', ')}`] : []),
  ];
  const parts = [
    `# ${id}`,
    `**${title}**`,
    `${facts.join('. ')}.`,
    weights[check.weight ?? 'whole'],
    comment,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const weights = {
  whole: '',
  part: 'It speaks of a part: a pass alone does not pass the line.',
  note: 'It is advice: it is shown, and does not change the verdict of the line.',
} as const;

/** What is missing in a check's comment, in words; nothing where all is there. */
export function gapsOf(comment: string): string[] {
  const [intro = ''] = comment.split(/^## /m);
  const gaps = intro.trim() === '' ? ['a paragraph that says what it looks at'] : [];
  for (const section of sections) {
    const body =
      new RegExp(`^## ${section}\\n([\\s\\S]*?)(?=^## |(?![\\s\\S]))`, 'm').exec(comment)?.[1] ?? '';
    if (body.trim() === '') gaps.push(`## ${section}`);
  }
  return gaps;
}

/** The list of all checks, as docs/audit/README.md. */
export function checkList(checks: readonly CheckHeading[]): string {
  const rows = [...checks]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, title, aspect, cwe, asvs, django = [] }) => {
      const page = pagePath(id).replace(/^docs\/audit\//, '');
      const names = [...cwe.map((one) => `CWE-${one}`), ...asvs.map((one) => `ASVS ${one}`), ...django];
      return `| [${id}](${page}) | ${title.replaceAll('|', '\\|')} | \`${aspect}\` | ${names.join(', ')} |`;
    });
  return `# Checks of bulwark audit

What [\`bulwark audit\`](../commands/audit.md) looks at: ${checks.length} checks, each with a page that says what passes, what fails, what leaves it
unknown, and how to fix it. ASVS is OWASP's Application Security Verification Standard 5.0.

| check | passes if | line | also known as |
|---|---|---|---|
${rows.join('\n')}
`;
}
