/**
 * Patterns that users write, matched in linear time, and text of users as a literal part of a pattern. Needs the package `re2js`.
 *
 * @module
 */
export { escapePattern } from './escape-pattern.ts';
export type { PatternLimits, PatternOptions } from './pattern-options.ts';
export { type PatternMatch, type SafePattern, safePattern } from './safe-pattern.ts';
