import { html, type SafeHtml } from 'bulwark/html';
import { codeFrame } from '../code-frame.ts';
import type { Finding, Place, RuleInfo } from '../finding.ts';
import type { LineOf } from '../source-lines.ts';
import { visible } from '../visible.ts';

/** One finding: what reaches what, the way there with its code, what to do. */
export function findingHtml(
  finding: Finding,
  rule: RuleInfo | undefined,
  print: string,
  lineOf: LineOf,
): SafeHtml {
  const { severity, confidence, message, advice, place, steps } = finding;
  return html`
<article class="finding ${severity}" id="f-${print}">
<h3><span class="severity">${severity}</span> <code>${finding.rule}</code> ${rule && visible(rule.title)}</h3>
<p class="soft">line ${place.line}, ${confidence} confidence${references(rule)}</p>
<p>${visible(message)}</p>
${steps.length === 0 ? codeHtml(lineOf, place, 1) : stepsHtml(finding, lineOf)}
<p class="do"><strong>What to do:</strong> ${visible(advice)}</p>
</article>`;
}

function references(rule: RuleInfo | undefined): string {
  if (!rule) return '';
  const named = [...rule.cwe.map((number) => `CWE-${number}`), ...(rule.owasp === '' ? [] : [rule.owasp])];
  return named.map((name) => `, ${name}`).join('');
}

function stepsHtml({ steps, otherWays }: Finding, lineOf: LineOf): SafeHtml {
  const items = steps.map(({ place, message }, index) => {
    const around = index === steps.length - 1 ? 1 : 0;
    return html`<li><code>${visible(place.path)}:${place.line}</code> ${visible(message)}${codeHtml(lineOf, place, around)}</li>
`;
  });
  return html`<ol>
${items}</ol>${othersHtml(otherWays)}`;
}

function othersHtml(ways: Finding['otherWays'] = []): SafeHtml | string {
  const sources = ways.flatMap(([source]) => (source ? [source] : []));
  if (sources.length === 0) return '';
  const items = sources.map(
    ({
      place,
      message,
    }) => html`<li><code>${visible(place.path)}:${place.line}</code> ${visible(message)}</li>
`,
  );
  return html`
<p>Also from:</p>
<ul>
${items}</ul>`;
}

function codeHtml(lineOf: LineOf, place: Place, around: number): SafeHtml | string {
  const frame = codeFrame(lineOf, place, around);
  if (frame.length === 0) return '';
  const width = Math.max(...frame.map(({ line }) => String(line).length));
  const lines = frame.map(({ line, before, marked, after }) => {
    const number = html`<span class="number">${String(line).padStart(width)} </span>`;
    return html`${number}${before}${marked === '' ? '' : html`<mark>${marked}</mark>`}${after}
`;
  });
  return html`<pre>${lines}</pre>`;
}
