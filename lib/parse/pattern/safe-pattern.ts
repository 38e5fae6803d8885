import type { RE2JS } from 're2js';
import { enforce, refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { optionalLibrary } from '../optional-library.ts';
import { judgePattern } from './judge-pattern.ts';
import { type PatternLimits, type PatternOptions, readPatternOptions } from './pattern-options.ts';

export interface PatternMatch {
  /** The matched text. */
  readonly text: string;
  /** Where it starts, in UTF-16 code units. */
  readonly index: number;
  /** The text that each pair of parentheses matched, or null. */
  readonly groups: readonly (string | null)[];
  /** The same for named groups, `(?<year>\d{4})`. A record without a prototype. */
  readonly named: Readonly<Record<string, string | null>>;
}

/** Every method takes time in proportion to the text, and throws the Refusal `parse/pattern-too-costly` if the text is too long. */
export interface SafePattern {
  /** Whether the pattern matches anywhere in the text. */
  test(input: string): boolean;
  /** Whether it matches the whole text. */
  testWhole(input: string): boolean;
  /** The first match, or undefined. */
  match(input: string): PatternMatch | undefined;
}

/**
 * Compiles a regular expression that a user wrote. It is matched in time proportional to the text, whatever the pattern: no pattern can hang the
 * process (ReDoS, CWE-1333). The syntax is that of RE2: JavaScript's, without lookaround and backreferences.
 *
 * @throws Refusal `parse/invalid-pattern` if it is malformed or has such syntax
 * @throws Refusal `parse/pattern-too-costly` if it is too long, or compiles to too much
 * @throws Misuse `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { safePattern } from 'bulwark/parse/pattern';
 *
 * const pattern = safePattern('^(?<year>\\d{4})-(\\d\\d)$');
 * pattern.test('2026-12'); // true
 * pattern.match('2026-12')?.named['year']; // '2026'
 * safePattern('^(a+)+$').test(`${'a'.repeat(5_000)}!`); // false, at once
 * ```
 */
export function safePattern(text: string, options: PatternOptions = {}): SafePattern {
  const { flags, ...limits } = readPatternOptions(options);
  enforce(judgePattern(text, limits));
  const compiled = compile(text, flags);
  if (compiled.programSize() > limits.maxInstructions) {
    refuse(deny('parse/pattern-too-costly', { limit: 'maxInstructions', most: limits.maxInstructions }));
  }
  if (compiled.groupCount() > mostGroups) {
    refuse(deny('parse/pattern-too-costly', { limit: 'groups', most: mostGroups }));
  }
  const checked = (input: string): string => checkInput(input, limits);
  return Object.freeze({
    test: (input: string) => compiled.test(checked(input)),
    testWhole: (input: string) => compiled.testExact(checked(input)),
    match: (input: string) => firstMatch(compiled, checked(input)),
  });
}

/** While groups are captured, each step copies the positions of all of them. */
const mostGroups = 100;

const loadRe2js: () => typeof import('re2js') = optionalLibrary('re2js');

function compile(text: string, flags: string): RE2JS {
  const { RE2JS } = loadRe2js();
  const flagValues: Readonly<Record<string, number>> = {
    ...{ i: RE2JS.CASE_INSENSITIVE, m: RE2JS.MULTILINE, s: RE2JS.DOTALL },
  };
  try {
    return RE2JS.compile(
      withCodePoints(text),
      [...flags].reduce((sum, flag) => sum | (flagValues[flag] ?? 0), 0),
    );
  } catch (cause) {
    // The library's message quotes the pattern.
    refuse(deny('parse/invalid-pattern', { reason: descriptionOf(cause) }), cause);
  }
}

/** JavaScript's `\u00e9`, `\ud83d\ude00` and `\u{1f600}`, as RE2 writes them. */
function withCodePoints(text: string): string {
  return text.replace(
    /\\(?:u([\da-f]{4})(?:\\u(d[c-f][\da-f]{2}))?|u\{([\da-f]{1,6})\}|[\s\S])/gi,
    (unit: string, first?: string, second?: string, point?: string) => {
      if (point !== undefined) return `\\x{${point}}`;
      if (first === undefined) return unit;
      if (second === undefined) return `\\x{${first}}`;
      const pair = String.fromCharCode(Number.parseInt(first, 16), Number.parseInt(second, 16));
      return pair.isWellFormed()
        ? `\\x{${pair.codePointAt(0)?.toString(16)}}`
        : `\\x{${first}}\\x{${second}}`;
    },
  );
}

function descriptionOf(error: unknown): string {
  const described = (error as { getDescription?: () => unknown }).getDescription?.();
  return typeof described === 'string' && /^[a-zA-Z ()[\]-]{1,60}$/.test(described) ? described : 'malformed';
}

function checkInput(input: unknown, { maxInputLength }: PatternLimits): string {
  if (typeof input !== 'string') {
    refuse(deny('parse/invalid-text', { format: 'pattern', reason: 'the input is not a string' }));
  }
  if (input.length > maxInputLength) {
    refuse(deny('parse/pattern-too-costly', { limit: 'maxInputLength', most: maxInputLength }));
  }
  return input;
}

function firstMatch(compiled: RE2JS, input: string): PatternMatch | undefined {
  const matcher = compiled.matcher(input);
  if (!matcher.find()) return undefined;
  const groups = Array.from({ length: matcher.groupCount() }, (_, index) => matcher.group(index + 1));
  const named: Record<string, string | null> = Object.create(null);
  for (const [name, index] of Object.entries(compiled.namedGroups())) named[name] = groups[index - 1] ?? null;
  return Object.freeze({
    text: matcher.group() ?? '',
    index: matcher.start(),
    groups: Object.freeze(groups),
    named: Object.freeze(named),
  });
}
