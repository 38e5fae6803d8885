import { html, type SafeHtml } from 'bulwark/html';
import type { Check } from '../check/check.ts';
import type { Evidence, Fix, Outcome } from '../check/outcome.ts';
import type { CheckResult, JudgedAspect, JudgedLine } from '../line/judge-lines.ts';
import {
  bounded,
  evidenceText,
  fixLines,
  labelOf,
  missingOf,
  namesOf,
  openOutcomes,
  shown,
} from './shown.ts';

const mostEvidence = 20;
const mostOutcomes = 30;
const mostFixLines = 200;

/** A line of the checklist, with all that its verdict rests on. */
export function lineHtml({ id, line, verdict, aspects }: JudgedLine, known: ReadonlySet<Outcome>): SafeHtml {
  return html`<article class="line ${verdict}" id="${id}">
<h3><span class="verdict">${verdict}</span> ${line.title}</h3>
<p class="soft">OWASP ${line.owasp}</p>
${aspects.map((aspect) => aspectHtml(aspect, known))}</article>
`;
}

function aspectHtml(aspect: JudgedAspect, known: ReadonlySet<Outcome>): SafeHtml {
  const { id, verdict, results } = aspect;
  return html`<section class="${verdict}">
<h4><span class="verdict">${verdict}</span> <code>${id}</code></h4>
${saidHtml(aspect)}
${results.map((result) => checkHtml(aspect, result, known))}</section>
`;
}

function saidHtml(aspect: JudgedAspect): SafeHtml | string {
  const { attested } = aspect;
  if (attested) {
    return html`<p>Attested by ${shown(attested.by)} until ${attested.until}: ${shown(attested.statement)}</p>`;
  }
  const missing = missingOf(aspect);
  if (!missing) return '';
  return html`<p>${missing.reason}</p>
<p><strong>It needs:</strong> ${missing.needs}</p>`;
}

function checkHtml(aspect: JudgedAspect, result: CheckResult, known: ReadonlySet<Outcome>): SafeHtml {
  const { check, outcomes } = result;
  const sorted = [...openOutcomes(result), ...outcomes.filter(({ verdict }) => verdict === 'pass')];
  const { first, more } = bounded(sorted, mostOutcomes);
  const fails = sorted[0]?.verdict === 'fail';
  return html`${first.map((outcome) => outcomeHtml(labelOf(check, outcome.verdict, aspect), check, outcome, known.has(outcome)))}${more > 0 ? html`<p>And ${more} more of <code>${check.id}</code>.</p>` : ''}${fails ? html`<p><strong>Why:</strong> ${shown(check.why)}</p>` : ''}
<p class="soft">${namesOf(check)}</p>
`;
}

function outcomeHtml(
  label: string,
  check: Check,
  { verdict, summary, evidence, fix }: Outcome,
  isKnown: boolean,
): SafeHtml {
  const { first, more } = bounded(evidence, mostEvidence);
  return html`<div class="${verdict}">
<p><span class="verdict">${label}</span> <code>${check.id}</code> ${shown(summary)}${isKnown ? ' (in the baseline)' : ''}</p>
${evidenceHtml(first, more)}${fix.map((one) => fixHtml(one, verdict))}</div>
`;
}

function evidenceHtml(evidence: readonly Evidence[], more: number): SafeHtml | string {
  if (evidence.length === 0) return '';
  const rest =
    more > 0
      ? html`<li>and ${more} more</li>
`
      : '';
  return html`<ul>
${evidence.map(
  (one) => html`<li><code>${evidenceText(one)}</code></li>
`,
)}${rest}</ul>
`;
}

function fixHtml({ kind, text }: Fix, verdict: Outcome['verdict']): SafeHtml {
  const word = verdict === 'fail' ? 'How to fix it:' : 'How to get a verdict:';
  const lines = fixLines(text, mostFixLines);
  if (kind === 'text' && lines.length === 1)
    return html`<p><strong>${word}</strong> ${lines[0] ?? ''}</p>
`;
  return html`<p><strong>${word}</strong></p>
<pre>${lines.join('\n')}</pre>
`;
}
