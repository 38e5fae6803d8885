/**
 * Finds hand-written escaping and filtering that misses something: a `replace` that changes only the first occurrence,
 * or nothing, since its expression is in quotes or it puts back what it finds; quotes that are escaped with a backslash while backslashes are not;
 * text such as `../` or `<script` that is removed in a single pass; tag expressions that miss forms which browsers read;
 * escapes in the wrong order; and a value in an attribute whose quotes were not escaped.
 *
 * ## Why
 * Attackers send exactly what is missed: a second quote, `\'` that becomes `\\'`, `....//` that leaves `../`, or
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
 * Where the text comes from the program itself and contains the character at most once. Code that only makes an
 * excerpt of a page, and escapes it for display, has low confidence.
 */
import { inTests } from '../kit/path-kind.ts';
import { noState, type UseReport, type UseRule } from '../kit/rule.ts';
import { calleeName, type Use } from '../kit/use.ts';
import { quotesInAttribute } from './attribute.ts';
import { unescapedBackslash } from './backslash.ts';
import { firstOnly } from './first-only.ts';
import { isMeasured } from './measured.ts';
import { onePass } from './one-pass.ts';
import { wrongOrder } from './order.ts';
import { quotedExpression } from './quoted-expression.ts';
import { replacementOf } from './replacement.ts';
import { sameText } from './same-text.ts';
import { badTagFilter, badTagTest } from './tag-filter.ts';
import type { Weakness } from './weakness.ts';

const replacing = /^(replace|replaceAll|subn?|join)$/;
const testing = /^(test|match|search|fullmatch)$/;

export const rule: UseRule = Object.freeze({
  id: 'text/incomplete-escape',
  title: 'Incomplete escaping or filtering',
  severity: 'medium',
  cwe: [116, 184, 20, 80],
  owasp: 'A05:2025 Injection',
  advice:
    'Use a library function that escapes, or replace every occurrence (`replaceAll`, `/.../g`) and escape the escape character first.',
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
  const found = [
    quotedExpression,
    sameText,
    firstOnly,
    wrongOrder,
    unescapedBackslash,
    onePass,
    badTagFilter,
  ].flatMap((kind) => kind(use, one) ?? []);
  return found.find(({ confidence }) => confidence !== 'low') ?? found[0];
}
