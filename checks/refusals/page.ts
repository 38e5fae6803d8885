import type { CodeEntry } from '../../lib/refusal/codes.ts';

/** Where a code's page is, below docs/refusals/. */
export function pagePath(code: string): string {
  return `${code}.md`;
}

/** The page of one code: what happened, what the code carries, why, an example, and what to do. */
export function pageOf(code: string, entry: CodeEntry, discussion: string): string {
  return `${[`# ${code}`, entry.message, table(rows(entry)), discussion, '## What to do', entry.hint].join('\n\n')}\n`;
}

/** The list of all codes, by area. */
export function indexOf(codes: Readonly<Record<string, CodeEntry>>): string {
  const names = Object.keys(codes).sort();
  const areas = [...new Set(names.map((name) => name.split('/')[0] ?? name))];
  const sections = areas.map((area) => {
    const lines = names
      .filter((name) => name.startsWith(`${area}/`))
      .map((name) => `- [${name}](${pagePath(name)}): ${codes[name]?.message}`);
    return `## ${area}\n\n${lines.join('\n')}`;
  });
  const opening =
    'Every code that bulwark throws or logs. A refusal is thrown because of untrusted data or a policy, a misuse because of ' +
    'a mistake in the program, and a notice is only logged as an event. A hole is an interpolated expression in a template. ' +
    '`npx --no-install bulwark explain CODE` prints a page.';
  return `${['# Codes', opening, ...sections].join('\n\n')}\n`;
}

function rows(entry: CodeEntry): [string, string][] {
  if (entry.kind === 'misuse')
    return [['thrown as', '`Misuse`, at set-up or at the first use of a call site']];
  const risk: [string, string][] = [
    ['severity', entry.severity],
    ['CWE', `[${entry.cwe}](https://cwe.mitre.org/data/definitions/${entry.cwe}.html)`],
    ['OWASP', entry.owasp],
  ];
  if (entry.kind === 'notice') return [['thrown as', 'nothing: written as an event'], ...risk];
  return [
    ['thrown as', `\`Refusal\`, answered with ${entry.status}`],
    ...risk,
    ['report mode', entry.reportable ? 'can be reported instead, until a date' : 'always enforced'],
  ];
}

/** In columns, so that it reads as well in a terminal as on a page. */
function table(lines: readonly [string, string][]): string {
  const left = Math.max(...lines.map(([name]) => name.length));
  const right = Math.max(...lines.map(([, value]) => value.length));
  const row = (name: string, value: string): string => `| ${name.padEnd(left)} | ${value.padEnd(right)} |`;
  return [
    row('', ''),
    `| ${'-'.repeat(left)} | ${'-'.repeat(right)} |`,
    ...lines.map((line) => row(...line)),
  ].join('\n');
}
