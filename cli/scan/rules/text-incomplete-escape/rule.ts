/**
 * Finds escaping and filtering of one's own that leaves something out: a `replace` that takes the first occurrence alone,
 * quotes that are escaped by a backslash while backslashes are not, pieces such as `../` or `<script` that are removed in
 * one pass, expressions for tags that miss forms which browsers read, escapes in the wrong order, and a text in an
 * attribute whose quotes were not escaped.
 *
 * ## Why
 * What is left out is what an attacker sends: a second quote, `\'` that becomes `\\'`, `....//` of which `../` is left, or
 * `</script >`. The code looks safe, so nobody looks again.
 *
 * ## Bad
 * ```python
 * import re
 *
 * def clean(name, page):
 *     name = name.replace("../", "")
 *     return name, re.sub(r"<script.*?>.*?</script>", "", page)
 * ```
 * ```typescript
 * const sql = `select * from t where name = '${name.replace("'", "''")}'`;
 * const text = html.replace(/&amp;/g, '&').replace(/&lt;/g, '<');
 * const quoted = '"' + value.replace(/"/g, '\\"') + '"';
 * ```
 *
 * ## Good
 * ```python
 * import html
 *
 * def shown(page):
 *     return html.escape(page)
 * ```
 * ```typescript
 * const sql = `select * from t where name = '${name.replace(/'/g, "''")}'`;
 * const text = html.replace(/&lt;/g, '<').replace(/&amp;/g, '&');
 * const quoted = JSON.stringify(value);
 * ```
 *
 * ## When not to use it
 * Where a text comes from the program itself and holds the sign once at most. Code that only makes an excerpt of a page,
 * and escapes it when it is shown, is a hint of low confidence.
 */
import { inTests } from '../../rule/path-kind.ts';
import { noState, type UseReport, type UseRule } from '../../rule/rule.ts';
import { calleeName, type Use } from '../../rule/use.ts';
import { quotesInAttribute } from './attribute.ts';
import { unescapedBackslash } from './backslash.ts';
import { firstOnly } from './first-only.ts';
import { isMeasured } from './measured.ts';
import { onePass } from './one-pass.ts';
import { wrongOrder } from './order.ts';
import { replacementOf } from './replacement.ts';
import { badTagFilter, badTagTest } from './tag-filter.ts';
import type { Weakness } from './weakness.ts';

const replacing = /^(replace|replaceAll|subn?|join)$/;
const testing = /^(test|match|search|fullmatch)$/;

export const rule: UseRule = Object.freeze({
  id: 'text/incomplete-escape',
  title: 'Escaping that leaves something out',
  severity: 'medium',
  cwe: [116, 184, 20, 80],
  owasp: 'A05:2025 Injection',
  advice:
    'Use an escaping function of a library, or replace all occurrences (`/.../g`, `replaceAll`), the sign that escapes first.',
  pythonAdvice:
    "Use a library's escape function, such as `html.escape` or `shlex.quote`, or escape the escape character first.",
  on: ['call', 'text', 'binary'],
  operators: ['+', '%'],
  names: /^(replace|replaceAll|subn?|join|test|match|search|fullmatch)$/,
  modelled: noState,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const found = weaknessOf(use);
  if (!found) return undefined;
  return inTests(use) || isMeasured(use, use.value) ? { ...found, confidence: 'low' } : found;
}

function weaknessOf(use: Use): Weakness | undefined {
  const { inst } = use;
  if (inst.op !== 'call') return quotesInAttribute(use);
  const name = calleeName(use, inst);
  if (testing.test(name)) return badTagTest(use, inst);
  const one = replacing.test(name) ? replacementOf(use, use.value) : undefined;
  if (!one) return undefined;
  const found = [firstOnly, wrongOrder, unescapedBackslash, onePass, badTagFilter].flatMap(
    (kind) => kind(use, one) ?? [],
  );
  return found.find(({ confidence }) => confidence !== 'low') ?? found[0];
}
