import { html, render, type SafeHtml } from 'bulwark/html';
import { trustedStyle } from 'bulwark/unsafe/html';
import { styleText } from '../web/style-sheets.ts';
import { runChart } from '../web/view/run-chart.ts';
import { runTable } from '../web/view/run-table.ts';
import { tiles } from '../web/view/tiles.ts';
import type { AblationLine, AttackLine, Summary } from './summary.ts';

/** A run as one file that needs no other: no script, and a policy that lets none run. */
export function htmlReport(summary: Summary): string {
  const css = styleText();
  const { problems, legitimate, ablations, attacks } = summary;
  return render(html`<!doctype html>
<html lang="en" data-theme="auto">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Bulwark Lab: a run</title>
<style>${trustedStyle(css, { because: 'the style sheets of the page, from files of this repository' })}</style>
</head>
<body>
<main id="main">
<section class="hero"><p class="eyebrow">Bulwark Lab</p>
<h1>${problems.length === 0 ? 'The defended shop held.' : 'Something is wrong.'}</h1>
${problems.length > 0 ? html`<ul class="problems">${problems.map((problem) => html`<li>${problem}</li>`)}</ul>` : undefined}
${summary.chromium ? undefined : html`<p class="note">Without Chromium, attacks on a browser could not be confirmed.</p>`}
</section>
${tiles(summary)}
<div class="column">
<section class="panel"><h2>Every attack of the run, in order</h2>${runChart(summary)}${runTable(summary)}</section>
<section class="panel"><h2>With one guard taken out</h2>${ablationTable(ablations)}</section>
<section class="panel"><h2>Honest requests</h2><p>Both shops answered ${legitimate.alike} of ${legitimate.of} alike. Only the defended shop answers:</p>
<ul>${legitimate.better.map(({ name, undefendedFails }) => html`<li><b>${name}</b>: ${undefendedFails}</li>`)}</ul></section>
<section class="panel"><h2>Every attack</h2>${attackTable(attacks)}</section>
</div>
</main>
</body>
</html>
`);
}

function ablationTable(ablations: readonly AblationLine[]): SafeHtml {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Ablations"><table><thead><tr><th scope="col">Without</th><th scope="col" class="figure">Stopped before</th><th scope="col" class="figure">Landed again</th><th scope="col">How</th></tr></thead>
<tbody>${ablations.map(
    ({ without, attacks, back, how }) =>
      html`<tr><td>${without}</td><td class="figure">${attacks}</td><td class="figure">${back}</td><td>${how === 'markup' ? 'as markup: the policy still stops its scripts' : 'fully'}</td></tr>`,
  )}</tbody></table></div>`;
}

function attackTable(attacks: readonly AttackLine[]): SafeHtml {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Every attack"><table class="rows wide"><thead><tr><th scope="col">Endpoint</th><th scope="col">Payload</th><th scope="col">Undefended lost</th><th scope="col">Defended answered</th><th scope="col">Events</th></tr></thead>
<tbody>${attacks.map(
    ({ endpoint, payload, confirmed, undefended, defended, events }) =>
      html`<tr><td><code>${endpoint}</code></td><td><code>${payload}</code></td><td class="${{ 'bad-text': undefended.lost !== undefined }}">${confirmed ? (undefended.lost ?? undefended.reason ?? 'nothing') : 'not confirmed'}</td><td class="${{ 'bad-text': defended.lost !== undefined }}">${defended.lost ?? defended.answer}</td><td>${[...new Set(events)].join(' ')}</td></tr>`,
  )}</tbody></table></div>`;
}
