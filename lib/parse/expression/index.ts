/**
 * Evaluates expressions that users write, without `eval`: with own data properties, listed functions, and limits.
 *
 * @module
 */

export { type Expression, expression } from './expression.ts';
export type { ExpressionLimits, ExpressionOptions, ListedFunction } from './expression-options.ts';
export type { PlainData } from './plain-copy.ts';
export { ruleFunctions } from './rule-functions.ts';
