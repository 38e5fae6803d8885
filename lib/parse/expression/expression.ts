import { Misuse } from '../../refusal/misuse.ts';
import { evaluateSyntax } from './evaluate.ts';
import { invalidExpression, tooCostly } from './expression-errors.ts';
import { type ExpressionOptions, readExpressionOptions } from './expression-options.ts';
import type { PlainData } from './plain-copy.ts';
import { readSyntax } from './read-syntax.ts';

export interface Expression {
  /**
   * Evaluates the expression with the own data properties of `data`. It changes nothing, and the result is a copy.
   *
   * @throws Refusal `parse/expression-failed` for an unknown name, or an operation on the wrong type
   * @throws Refusal `parse/expression-too-costly`
   */
  evaluate(data: object): PlainData;
}

/**
 * Compiles an expression that a user wrote, such as a pricing rule or a filter. It can read the data that `evaluate` gets, calculate,
 * compare, and call the functions that you list. It can't reach a prototype, a constructor, a global or a function that isn't listed
 * (CWE-95), and it always ends.
 *
 * @throws Refusal `parse/invalid-expression` for what isn't part of the language
 * @throws Refusal `parse/expression-too-costly` if it is too long or nests too deep
 * @throws Misuse `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { expression, ruleFunctions } from 'bulwark/parse/expression';
 *
 * const rule = expression("total > 100 && country in ['DE', 'FR'] ? round(total * 0.9) : total", { functions: ruleFunctions });
 * rule.evaluate({ total: 150, country: 'DE' }); // 135
 * rule.evaluate({ total: 150, country: 'US' }); // 150
 * ```
 */
export function expression(text: string, options: ExpressionOptions = {}): Expression {
  const { limits, functions } = readExpressionOptions(options);
  if (typeof text !== 'string') return invalidExpression('not a string', 0);
  if (text.length > limits.maxLength) return tooCostly('maxLength', limits.maxLength);
  const syntax = readSyntax(text, new Set(functions.keys()), limits.maxDepth);
  return Object.freeze({
    evaluate(data: object): PlainData {
      if (typeof data !== 'object' || data === null) {
        throw new Misuse(
          'bulwark/invalid-option',
          'evaluate takes an object with the data, such as { price: 10 }.',
        );
      }
      return evaluateSyntax(syntax, data, functions, limits);
    },
  });
}
