import { html, render, type SafeHtml } from 'bulwark/html';
import type { Finding } from '../finding.ts';
import { severities } from '../finding-order.ts';
import { fingerprints } from '../fingerprint.ts';
import { type FileGroup, groupByFile } from '../group-by-file.ts';
import type { Report } from '../report.ts';
import { type LineOf, sourceLines } from '../source-lines.ts';
import { summary } from '../summary.ts';
import { visible } from '../visible.ts';
import { findingHtml } from './finding-html.ts';
import { reportStyle } from './style.ts';

/**
 * One file that can be passed on: it loads nothing, runs nothing, and its policy forbids both. The hash in the policy is
 * that of the sheet; a test compares them.
 */
export function writeHtml(report: Report): string {
  const lineOf = sourceLines(report.sources);
  const all = [...report.findings, ...report.suppressed.map(({ finding }) => finding)];
  const prints = fingerprints(all, report.sources);
  const files = groupByFile(report.findings);
  return `${render(
    html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-8VPNFT+/7BksJh/Fpv3sc340LHG0AwJg0QtXmIzxoOg='; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>bulwark scan: ${report.findings.length} findings</title>
<style>${reportStyle}</style>
</head>
<body>
<header>
<h1>bulwark scan</h1>
<p class="${report.findings.length === 0 ? 'none' : 'soft'}">${summary(report)}. bulwark ${visible(report.version)}.</p>
</header>
<main>
${overview(report, prints)}
${files.map((file) => fileHtml(file, report, prints, lineOf))}
${suppressedHtml(report)}
${noticesHtml(report)}
</main>
</body>
</html>`,
    { nonce: false },
  )}\n`;
}

/** Which rule found how much, the worst first, with a link to each finding. */
function overview(report: Report, prints: ReadonlyMap<Finding, string>): SafeHtml | string {
  if (report.findings.length === 0) return '';
  const files = groupByFile(report.findings).flatMap(({ findings }) => findings);
  const rows = severities.flatMap((severity) => {
    const of = files.filter((finding) => finding.severity === severity);
    const rules = [...new Set(of.map(({ rule }) => rule))].sort();
    return rules.map((rule) => {
      const found = of.filter((finding) => finding.rule === rule);
      const links = found.map(
        (finding, index) =>
          html`${index === 0 ? '' : ', '}<a href="#f-${prints.get(finding) ?? ''}">${visible(finding.place.path)}:${finding.place.line}</a>`,
      );
      return html`<tr class="${severity}"><td class="severity">${severity}</td><td><code>${rule}</code></td><td class="count">${found.length}</td><td><details><summary>show</summary>${links}</details></td></tr>
`;
    });
  });
  return html`<table>
<thead><tr><th scope="col">Severity</th><th scope="col">Rule</th><th scope="col">Findings</th><th scope="col">Places</th></tr></thead>
<tbody>
${rows}</tbody>
</table>`;
}

function fileHtml(
  { path, findings }: FileGroup,
  { rules }: Report,
  prints: ReadonlyMap<Finding, string>,
  lineOf: LineOf,
): SafeHtml {
  const items = findings.map((finding) => {
    const rule = rules.find(({ id }) => id === finding.rule);
    return findingHtml(finding, rule, prints.get(finding) ?? '', lineOf);
  });
  return html`<section>
<h2>${visible(path)}</h2>
${items}
</section>
`;
}

function suppressedHtml({ suppressed }: Report): SafeHtml | string {
  if (suppressed.length === 0) return '';
  const reasons = new Map(suppressed.map((one) => [one.finding, one]));
  const ordered = groupByFile([...reasons.keys()]).flatMap(({ findings }) => findings);
  const items = ordered.map(
    (finding) =>
      html`<li><code>${visible(finding.place.path)}:${finding.place.line}</code> <code>${finding.rule}</code> by ${reasons.get(finding)?.by ?? ''}: ${visible(reasons.get(finding)?.reason ?? '')}</li>
`,
  );
  return html`<section>
<h2>Suppressed</h2>
<ul>
${items}</ul>
</section>`;
}

function noticesHtml({ notices }: Report): SafeHtml | string {
  if (notices.length === 0) return '';
  const items = notices.map(({ level, code, message, place }) => {
    const where = place ? html`<code>${visible(place.path)}:${place.line}</code> ` : '';
    return html`<li>${level} <code>${code}</code>: ${where}${visible(message)}</li>
`;
  });
  return html`<section>
<h2>Notices</h2>
<ul>
${items}</ul>
</section>`;
}
