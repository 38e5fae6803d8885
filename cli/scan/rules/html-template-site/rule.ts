/**
 * Finds templates of Bulwark's `html` tag that the tag would refuse at first use: a value in an unquoted attribute, in
 * an event handler, in a comment, or after a host without a slash. The scanner compiles them as the tag does.
 *
 * ## Why
 * Such a template throws a `Misuse` when the page is first rendered. The scanner reports it earlier.
 *
 * ## Bad
 * ```python
 * # The tag is for TypeScript; there is nothing to find.
 * ```
 * ```typescript
 * import { html } from 'bulwark/html';
 *
 * html`<input value=${value}>`;
 * ```
 *
 * ## Good
 * ```python
 * # The same.
 * ```
 * ```typescript
 * html`<input value="${value}">`;
 * ```
 *
 * ## When not to use it
 * There is no reason to: what it reports cannot run.
 */
import { checkTemplates } from 'bulwark/html';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { isA, type Use } from '../kit/use.ts';

export const rule: UseRule = Object.freeze({
  id: 'html/template-site',
  title: 'Value in a place of an HTML template where no escaping is safe',
  severity: 'medium',
  cwe: [79, 1177],
  owasp: 'A05:2025 Injection',
  advice: 'Put each value where the tag can escape it. The message says how.',
  on: ['call'],
  modelled: /^use\.(BulwarkHtml)$/,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const { inst } = use;
  if (inst.op !== 'call' || !inst.quasis || !isA(use, inst.callee, 'use.BulwarkHtml')) return undefined;
  const [finding] = checkTemplates([{ strings: inst.quasis }]);
  if (!finding) return undefined;
  // The position in the template and the caret add nothing to the finding's own place.
  const message = finding.message.replace(/ Line \d+, column \d+:[\s\S]*$/, '');
  return { message: `${finding.code}: ${message} ${finding.fix}`, confidence: 'high' };
}
