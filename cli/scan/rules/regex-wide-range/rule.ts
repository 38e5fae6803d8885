/**
 * Finds ranges in the classes of regular expressions that hold more than it seems: from a letter in upper case to one in
 * lower case (`[A-z]`), from a digit to a letter (`[0-z]`), and from a sign over digits and letters to another one where
 * the `-` was to be a sign itself (`[\w.-_]`, `[a-z$-_]`).
 *
 * ## Why
 * Between `Z` and `a` stand six signs, the backslash among them, and between `.` and `_` all digits, upper case letters
 * and `/`, `:`, `<`, `>`, `@`. A check of a name then lets pass what it was to keep out.
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
 * Where a grammar names a block of the table of characters on purpose. Ranges of all that can be printed (`[ -~]`), of
 * signs alone (`[!-/]`) and of numbers of characters (`[\x00-\x1f]`) are not reported.
 */
import type { Call } from '../../ir/ir.ts';
import { inTests } from '../../rule/path-kind.ts';
import { regexLanguage } from '../../rule/regex-language.ts';
import { noState, type UseReport, type UseRule } from '../../rule/rule.ts';
import { argument, calleeName, given, type Use } from '../../rule/use.ts';
import { constText } from '../../taint/abstract.ts';
import { wideRange } from './wide-ranges.ts';

const reading = /^(compile|match|search|fullmatch|sub|subn|split|findall|finditer)$/;
/** Django's `_lazy_re_compile`, and others that hand their text on. */
const wrapping = /^\w*re_compile$/;
/** Checks of fields that take an expression: pydantic's, Django's, WTForms' and marshmallow's. */
const fields = /^(Field|constr|StringConstraints|Query|Path|Body|Form|RegexValidator|RegexField|Regexp)$/;

export const rule: UseRule = Object.freeze({
  id: 'regex/wide-range',
  title: 'Range in a regular expression that holds more than meant',
  severity: 'low',
  cwe: [20],
  owasp: 'A05:2025 Injection',
  advice:
    'Write [A-Za-z], and put a `-` that is meant as a sign at the end of the class, or a backslash before it.',
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
  const wide = wideRange(source, regexLanguage(use));
  if (!wide) return undefined;
  return {
    message: `The range \`${wide.text}\` holds \`${wide.also}\` too`,
    confidence: inTests(use) ? 'low' : 'medium',
  };
}

/** The text of `new RegExp(text)`, and of the first argument of the functions of Python's `re`. */
function sourceOf(use: Use, call: Call): string | undefined {
  const name = calleeName(use, call);
  if (use.language === 'python' && fields.test(name)) {
    const isFirst = /^Rege/.test(name);
    return constText(given(use, call, isFirst ? 0 : -1, 'pattern', 'regex'));
  }
  const isOfPython =
    use.language === 'python' &&
    (reading.test(name) || wrapping.test(name)) &&
    (wrapping.test(name) ||
      use.frame.linked
        .states(use.frame.id, call.callee)
        .some((state) => /^(re|regex)\.\w+$/.test(state.name)));
  if (!isOfPython && (use.language === 'python' || name !== 'RegExp')) return undefined;
  return constText(argument(use, call, 0, 'pattern'));
}
