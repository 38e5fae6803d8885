import ignore, { type Ignore } from 'ignore';

/** The patterns of one `.gitignore`, for paths relative to its folder. */
export interface IgnoreRules {
  /**
   * Whether the last matching pattern ignores the path (true) or includes it again (false). Undefined if none matches.
   */
  test(path: string): boolean | undefined;
  /** Patterns that were left out, because matching them could take too long. */
  readonly refused: readonly string[];
}

const mostPatterns = 5000;
const longestPattern = 500;
/** A star becomes a loop in a regular expression. A few in one segment of a path are cheap, many are exponential. */
const mostStars = 3;

/**
 * Parses the text of a `.gitignore`, or other patterns in its syntax. An attacker may have written them, so patterns that
 * could take too long to match (CWE-1333) are refused: those with too many stars, or longer than `longestPattern`.
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
