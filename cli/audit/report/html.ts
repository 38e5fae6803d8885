import { html, render, type SafeHtml } from 'bulwark/html';
import { type Audit, summaryOf } from '../audit.ts';
import type { JudgedLine } from '../line/judge-lines.ts';
import { groups, groupTitles } from './groups.ts';
import { lineHtml } from './line-html.ts';
import { shown, stackNames } from './shown.ts';
import { auditStyle } from './style.ts';

/**
 * One file that can be passed on and printed: it loads nothing, runs nothing, and its policy forbids both. The hash in the policy is
 * that of the sheet; a test compares them.
 */
export function writeHtml(audit: Audit): string {
  const { project, day, version, files } = audit;
  const names = stackNames(audit.stacks);
  return `${render(
    html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-Fo7ETkiHJsbEprD5nFisS0dxwlcB004en3kXlX/U5uw='; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>bulwark audit of ${shown(project)}: ${summaryOf(audit)}</title>
<style>${auditStyle}</style>
</head>
<body>
<header>
<h1>bulwark audit of ${shown(project)}</h1>
<p class="score">${summaryOf(audit)}</p>
<p class="soft">${day}, ${files} files, ${names === '' ? '' : `${names}, `}bulwark ${shown(version)}</p>
</header>
<main>
${overview(audit)}
${groups.map((group) => groupHtml(groupTitles[group], linesOf(audit, group), audit))}
${gapsHtml(audit)}
</main>
</body>
</html>`,
    { nonce: false },
  )}\n`;
}

function linesOf({ lines }: Audit, group: string): readonly JudgedLine[] {
  return lines.filter(({ line }) => line.group === group);
}

function overview(audit: Audit): SafeHtml {
  const rows = groups.flatMap((group) =>
    linesOf(audit, group).map(
      ({
        id,
        line,
        verdict,
      }) => html`<tr class="${verdict}"><td class="verdict">${verdict}</td><td><a href="#${id}">${line.title}</a></td><td>${groupTitles[group]}</td><td>${line.owasp}</td></tr>
`,
    ),
  );
  return html`<table>
<thead><tr><th scope="col">Verdict</th><th scope="col">Line</th><th scope="col">Group</th><th scope="col">OWASP Top 10</th></tr></thead>
<tbody>
${rows}</tbody>
</table>`;
}

function groupHtml(title: string, lines: readonly JudgedLine[], { known }: Audit): SafeHtml {
  return html`<section>
<h2>${title}</h2>
${lines.map((line) => lineHtml(line, known))}
</section>
`;
}

function gapsHtml({ gaps }: Audit): SafeHtml | string {
  if (gaps.length === 0) return '';
  return html`<section>
<h2>Not read</h2>
<ul>
${gaps.map(
  (gap) => html`<li>${shown(gap)}</li>
`,
)}</ul>
</section>`;
}
