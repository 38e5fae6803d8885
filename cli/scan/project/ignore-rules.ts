import ignore, { type Ignore } from 'ignore';

/** The patterns of one `.gitignore`, for paths relative to its folder. */
export interface IgnoreRules {
  /** Whether the last pattern that matches ignores the path (true) or takes it back (false). */
  test(path: string): boolean | undefined;
  /** Patterns that were left out, as matching them could take too long. */
  readonly refused: readonly string[];
}

const mostPatterns = 5000;
const longestPattern = 500;
/** A star is a loop in a regular expression; a few in one part of a path cost little, many never end. */
const mostStars = 3;

/**
 * Reads a `.gitignore`, or patterns of the same kind. Its patterns become regular expressions, and the file may be an
 * attacker's (CWE-1333), so that those with too many stars are left out.
 */
export function ignoreRules(text: string): IgnoreRules {
  const patterns: string[] = [];
  const refused: string[] = [];
  for (const line of text.split(/\r?\n/, mostPatterns)) {
    const pattern = line.replace(/\*{3,}/g, '**');
    if (pattern.trim() === '' || pattern.startsWith('#')) continue;
    (isQuick(pattern) ? patterns : refused).push(pattern);
  }
  const rules: Ignore = ignore({ allowRelativePaths: true, ignorecase: false }).add(patterns);
  return {
    refused,
    test(path) {
      if (patterns.length === 0) return undefined;
      const { ignored, unignored } = rules.test(path);
      return ignored ? true : unignored ? false : undefined;
    },
  };
}

function isQuick(pattern: string): boolean {
  if (pattern.length > longestPattern) return false;
  const parts = pattern.split('/');
  const deep = parts.filter((part) => part === '**').length;
  return (
    deep <= mostStars &&
    parts.every((part) => (part.match(/\*+|\?/g) ?? []).length <= mostStars * 2 && stars(part) <= mostStars)
  );
}

function stars(part: string): number {
  return (part.match(/\*+/g) ?? []).length;
}
