export interface ParseExpressionDetail {
  'parse/invalid-expression': { readonly reason: string; readonly at: number };
  'parse/expression-failed': { readonly reason: string; readonly at: number };
  'parse/expression-too-costly': { readonly limit: string; readonly most: number };
  'parse/invalid-pattern': { readonly reason: string };
  'parse/pattern-too-costly': { readonly limit: string; readonly most: number };
}

export const parseExpressionCodes = {
  /**
   * An expression contains something that isn't part of the language of `bulwark/parse/expression`, such as an assignment, `new`, a method call,
   * a function that isn't listed, or a template literal. An evaluator that accepts these runs the attacker's code (CWE-95, CVE-2025-12735,
   * CVE-2024-21534). `reason` says what was found, and `at` is its position in the text.
   *
   * ```ts
   * import { expression } from 'bulwark/parse/expression';
   *
   * expression('price > 10 && !sold'); // accepted
   * expression("x.constructor.constructor('return process')()"); // refused
   * ```
   */
  'parse/invalid-expression': {
    kind: 'refusal',
    status: 400,
    severity: 'medium',
    cwe: 95,
    owasp: 'A05:2025',
    message:
      'An expression was refused, because it contains something that is not part of the expression language.',
    hint: 'If the expression is legitimate, list the function that it needs in `functions`, or rewrite it with operators.',
  },
  /**
   * An expression reads a name that isn't in the data, or applies an operator to a value of the wrong type. Nothing is converted, so a missing
   * price can't become 0. The expression also can't read a getter, or a name such as `constructor` or `__proto__` that the data doesn't have
   * itself. `reason` says what happened, and `at` is the position in the text.
   *
   * ```ts
   * import { expression } from 'bulwark/parse/expression';
   *
   * expression('price * 2').evaluate({ price: 10 }); // 20
   * expression('price * 2').evaluate({ price: '10' }); // refused: the price is a string
   * ```
   */
  'parse/expression-failed': {
    kind: 'refusal',
    status: 422,
    severity: 'low',
    cwe: 95,
    owasp: 'A05:2025',
    message:
      'An expression was not evaluated, because a name in it is unknown, or a value has the wrong type.',
    hint: 'Check the data that `evaluate` gets. In the expression, use `??` and `?.` for values that may be missing.',
  },
  /**
   * An expression is longer than `maxLength`, is nested deeper than `maxDepth`, takes more operations than `maxSteps`, or reads or builds a
   * string longer than `maxStringLength` (CWE-400). `limit` names the option.
   *
   * ```ts
   * import { expression } from 'bulwark/parse/expression';
   *
   * expression('1 + 2', { maxLength: 500, maxSteps: 1_000 });
   * ```
   */
  'parse/expression-too-costly': {
    kind: 'refusal',
    status: 422,
    severity: 'low',
    cwe: 400,
    owasp: 'A06:2025',
    message: 'An expression was refused, because it exceeds a limit.',
    hint: 'If the expression is legitimate, raise the limit that the event names.',
  },
  /**
   * A pattern is malformed, or uses lookahead, lookbehind or a backreference, which no linear-time engine supports (CWE-1333). `reason` says
   * which.
   *
   * ```ts
   * import { safePattern } from 'bulwark/parse/pattern';
   *
   * safePattern('^(a+)+$').test('aaaaaaaaaaaaaaaaaaaaaaaaaaaa!'); // false, at once
   * safePattern('(?=a)b'); // refused
   * ```
   */
  'parse/invalid-pattern': {
    kind: 'refusal',
    status: 400,
    severity: 'low',
    cwe: 1333,
    owasp: 'A06:2025',
    message:
      'A pattern was refused, because it is malformed, or has syntax that cannot be matched in linear time.',
    hint: 'Write the pattern without lookaround and backreferences. If it is plain text, use `escapePattern`.',
  },
  /**
   * A pattern is longer than `maxLength`, compiles to more than `maxInstructions`, or is matched against a text longer than `maxInputLength`
   * (CWE-1333). The time of a match grows with the product of the last two, so both are limited. `limit` names the option.
   *
   * ```ts
   * import { safePattern } from 'bulwark/parse/pattern';
   *
   * safePattern('[a-z]{1,50}', { maxInstructions: 500, maxInputLength: 1_000 });
   * ```
   */
  'parse/pattern-too-costly': {
    kind: 'refusal',
    status: 422,
    severity: 'low',
    cwe: 1333,
    owasp: 'A06:2025',
    message: 'A pattern was refused, because it, or the text that it is matched against, exceeds a limit.',
    hint: 'If the pattern is legitimate, raise the limit that the event names.',
  },
  /**
   * The text of an `xpath` template is not valid XPath 1.0, or a value is where XPath accepts none: in quotes, or instead of a name. A query
   * that was built as a string is refused too, because a value could have become part of it (CWE-643).
   *
   * ```ts
   * import { parseXml } from 'bulwark/parse/xml';
   * import { xpath } from 'bulwark/parse/xpath';
   *
   * const users = parseXml('<users><user name="ada"/></users>');
   * xpath`//user[@name = ${'ada'}]`.elements(users); // without quotes around the value
   * ```
   */
  'parse/invalid-xpath': {
    kind: 'misuse',
    message: 'An XPath query is invalid.',
    hint: 'Write the query as one template literal, and put values only where XPath accepts a string or a number.',
  },
} as const;
