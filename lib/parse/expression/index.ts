/**
 * Expressions that users write, evaluated without `eval`: over own data properties, with listed functions, and with limits.
 *
 * @module
 */
export type { ListedFunction } from './evaluate.ts';
export { type Expression, expression } from './expression.ts';
export type { ExpressionLimits, ExpressionOptions } from './expression-options.ts';
export type { PlainData } from './plain-copy.ts';
export { ruleFunctions } from './rule-functions.ts';
