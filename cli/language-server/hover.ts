import { type Hover, MarkupKind } from 'vscode-languageserver/node';
import type { Finding, RuleInfo } from '../finding/finding.ts';
import { visible } from '../finding/visible.ts';
import { rangeOf } from './finding-range.ts';

/** What to do about the findings at one place, and the page of each rule. `undefined` without any. */
export function hoverOf(
  findings: readonly Finding[],
  rules: readonly RuleInfo[],
  kind: MarkupKind,
): Hover | undefined {
  const [first] = findings;
  if (!first) return undefined;
  const quoted = kind === MarkupKind.Markdown ? markdown : visible;
  const parts = findings.map(
    ({ rule, severity, confidence, message, advice }) =>
      `**${rule}** (${severity}, ${confidence} confidence)\n\n${quoted(message)}\n\n**Do:** ${visible(advice)}`,
  );
  const pages = [...new Set(findings.map(({ rule }) => rule))].flatMap((id) => {
    const page = rules.find((rule) => rule.id === id)?.page.trim() ?? '';
    return page === '' ? [] : [page];
  });
  return { range: rangeOf(first.place), contents: { kind, value: [...parts, ...pages].join('\n\n---\n\n') } };
}

/** Text as Markdown that shows it: names come from the code, and could load a picture or be a link. */
function markdown(text: string): string {
  return visible(text)
    .replace(/[\\`*_[\]<>&|~!#]/g, '\\$&')
    .replace(/:(?=\/\/)|(?<=\bwww)\./gi, '\\$&');
}
