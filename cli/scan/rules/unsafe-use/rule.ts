/**
 * Lists calls to the functions of `bulwark/unsafe/*`, which accept data without a check. Each call states a reason why
 * that is right there, and the message shows it.
 *
 * ## Why
 * What passes through such a function is not checked again. A review needs the list, and decides whether each reason
 * still holds.
 *
 * ## Bad
 * ```python
 * # Guards inside of the process are for TypeScript; there is nothing to list.
 * ```
 * ```typescript
 * import { html } from 'bulwark/html';
 * import { trustedHtml } from 'bulwark/unsafe/html';
 *
 * html`<main>${trustedHtml(markup, { because: 'Our renderer drops raw HTML.' })}</main>`;
 * ```
 *
 * ## Good
 * ```python
 * # The same.
 * ```
 * ```typescript
 * html`<main>${sanitize(markup, 'markdown')}</main>`;
 * ```
 *
 * ## When not to use it
 * The findings are information, not mistakes: switch the rule off where nobody reads the list.
 */

import { instOf, madeBy } from '../../callgraph/query/made-by.ts';
import { constText } from '../../dataflow/domain/abstract.ts';
import type { Call } from '../../ir/ir.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { option, type Use } from '../kit/use.ts';
import { hasImport } from '../kit/value/imports-of.ts';

export const rule: UseRule = Object.freeze({
  id: 'unsafe/use',
  title: 'Data accepted without a check by a function of bulwark/unsafe',
  severity: 'low',
  cwe: [1177],
  owasp: 'A06:2025 Insecure Design',
  advice: 'Check that the reason still holds. Use the guard itself where it can do the same.',
  on: ['call'],
  names: /./,
  languages: ['javascript', 'template'],
  // Most programs import nothing unsafe, so their calls aren't followed back.
  needs: (linked) => hasImport(linked, /^bulwark\/unsafe\//),
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const { inst } = use;
  if (inst.op !== 'call') return undefined;
  const name = unsafeName(use, inst);
  if (name === undefined) return undefined;
  const reason = inst.args
    .map((arg) => constText(option(use.frame.values[arg], 'because')))
    .find((text) => text !== undefined);
  return {
    message: reason
      ? `\`${name}\` accepts data without a check. Reason: ${shortened(reason)}`
      : `\`${name}\` accepts data without a check and gives no reason.`,
    confidence: 'high',
  };
}

/** The called function of `bulwark/unsafe/*`, whatever its local name is. */
function unsafeName({ frame }: Use, call: Call): string | undefined {
  const callee = instOf(frame.linked, madeBy(frame.linked, { func: frame.id, value: call.callee }));
  if (callee?.op === 'import') return isUnsafe(callee.specifier) ? callee.name : undefined;
  if (callee?.op !== 'member') return undefined;
  const object = instOf(frame.linked, madeBy(frame.linked, { func: frame.id, value: callee.object }));
  return object?.op === 'import' && isUnsafe(object.specifier) ? callee.name : undefined;
}

function isUnsafe(specifier: string): boolean {
  return specifier.startsWith('bulwark/unsafe/');
}

function shortened(text: string): string {
  return text.length > 160 ? `${text.slice(0, 157)}...` : text;
}
