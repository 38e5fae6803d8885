/**
 * Finds templates of bulwark's `html` tag that would be refused at their first use: a value in an attribute without
 * quotes, in a handler, in a comment, behind a host without a slash. They are compiled as the tag compiles them.
 *
 * ## Why
 * Such a template is a `Misuse` when the page is first shown. The scanner says so before.
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
 * There is no reason to: what it reports does not run.
 */
import { checkTemplates } from 'bulwark/html';
import type { UseReport, UseRule } from '../../rule/rule.ts';
import { isA, type Use } from '../../rule/use.ts';

export const rule: UseRule = Object.freeze({
  id: 'html/template-site',
  title: 'Template that would be refused',
  severity: 'medium',
  cwe: [79, 1177],
  owasp: 'A05:2025 Injection',
  advice: 'Write the template so that each value stands where the tag can escape it; the message says how.',
  on: ['call'],
  modelled: /^use\.(BulwarkHtml)$/,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const { inst } = use;
  if (inst.op !== 'call' || !inst.quasis || !isA(use, inst.callee, 'use.BulwarkHtml')) return undefined;
  const [finding] = checkTemplates([{ strings: inst.quasis }]);
  if (!finding) return undefined;
  // Where it is in the text of the template, and the caret, say nothing beside the finding's own place.
  const message = finding.message.replace(/ Line \d+, column \d+:[\s\S]*$/, '');
  return { message: `${finding.code}: ${message} ${finding.fix}`, confidence: 'high' };
}
