/**
 * Finds character ranges that match more than they seem to: from an upper-case letter to a lower-case one (`[A-z]`),
 * from a digit to a letter (`[0-z]`), and from one symbol across digits and letters to another, where the `-` was
 * meant as a character (`[\w.-_]`, `[a-z$-_]`).
 *
 * ## Why
 * Six symbols lie between `Z` and `a`, the backslash among them. Between `.` and `_` lie all digits, the upper-case
 * letters and `/`, `:`, `<`, `>`, `@`. A check of a name then accepts what it should reject.
 *
 * ## Bad
 * ```python
 * import re
 *
 * NAME = re.compile(r"^[A-z]+$")
 * ```
 * ```typescript
 * const name = /^[\w.-_]+$/;
 * ```
 *
 * ## Good
 * ```python
 * import re
 *
 * NAME = re.compile(r"^[A-Za-z]+$")
 * ```
 * ```typescript
 * const name = /^[\w._-]+$/;
 * ```
 *
 * ## When not to use it
 * Where a grammar names a block of the character table on purpose. Ranges of all printable characters (`[ -~]`), of
 * symbols alone (`[!-/]`) and of character codes (`[\x00-\x1f]`) are not reported.
 */

import { constText } from '../../dataflow/domain/abstract.ts';
import type { Call } from '../../ir/ir.ts';
import { hasTrait } from '../../models/state-traits.ts';
import { inTests } from '../kit/path-kind.ts';
import { noState, type UseReport, type UseRule } from '../kit/rule.ts';
import { argument, calleeName, given, type Use } from '../kit/use.ts';
import { wideRange } from './wide-ranges.ts';

const reading = /^(compile|match|search|fullmatch|sub|subn|split|findall|finditer)$/;
/** Django's `_lazy_re_compile`, and other wrappers of `re.compile`. */
const wrapping = /^\w*re_compile$/;
/** Validators of fields that take an expression: pydantic's, Django's, WTForms' and marshmallow's. */
const fields = /^(Field|constr|StringConstraints|Query|Path|Body|Form|RegexValidator|RegexField|Regexp)$/;

export const rule: UseRule = Object.freeze({
  id: 'regex/wide-range',
  title: 'Overly permissive regular expression range',
  severity: 'low',
  cwe: [20],
  owasp: 'A05:2025 Injection',
  advice:
    'Write `[A-Za-z]`. Put a `-` that is meant as a character at the end of the class, or a backslash before it.',
  on: ['regex', 'call'],
  names:
    /^(RegExp|\w*re_compile|compile|match|search|fullmatch|subn?|split|findall|finditer|Field|constr|StringConstraints|Query|Path|Body|Form|RegexValidator|RegexField|Regexp)$/,
  modelled: noState,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const { inst } = use;
  const source = inst.op === 'regex' ? inst.source : inst.op === 'call' ? sourceOf(use, inst) : undefined;
  if (source === undefined) return undefined;
  const wide = wideRange(source, use.language.regexDialect);
  if (!wide) return undefined;
  return {
    message: `The range \`${wide.text}\` also matches \`${wide.also}\`.`,
    confidence: inTests(use) ? 'low' : 'medium',
  };
}

/** The expression in `new RegExp(text)`, and in the first argument of functions of Python's `re`. */
function sourceOf(use: Use, call: Call): string | undefined {
  const name = calleeName(use, call);
  const { patternsAreTexts } = use.language;
  if (patternsAreTexts && fields.test(name)) {
    const isFirst = /^Rege/.test(name);
    return constText(given(use, call, isFirst ? 0 : -1, 'pattern', 'regex'));
  }
  const isOfPython =
    patternsAreTexts &&
    (reading.test(name) || wrapping.test(name)) &&
    (wrapping.test(name) || hasTrait(use.frame.linked.states(use.frame.id, call.callee), 'reads-pattern'));
  if (!isOfPython && (patternsAreTexts || name !== 'RegExp')) return undefined;
  return constText(argument(use, call, 0, 'pattern'));
}
