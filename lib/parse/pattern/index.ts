/**
 * Matches patterns that users write in linear time, and escapes users' text for use in a pattern. Needs the package `re2js`.
 *
 * @module
 */
export { escapePattern } from './escape-pattern.ts';
export type { PatternLimits, PatternOptions } from './pattern-options.ts';
export { type PatternMatch, type SafePattern, safePattern } from './safe-pattern.ts';
