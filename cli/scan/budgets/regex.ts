// Bounds of the analysis of regular expressions.

// parse-regex.ts: an expression beyond these is not read.

/** Maximum number of characters of a regular expression. A longer one is not analysed. */
export const maxRegexLength = 4000;
/** Maximum depth of nested groups in a regular expression. One with deeper groups is not analysed. */
export const maxGroupDepth = 60;
/**
 * Maximum count of a repetition inside a group that a back-reference refers to, such as `(a{1,8})\1`. If the count may be
 * higher, as in `(a*)\1`, the text of the back-reference is unknown.
 */
export const maxShortRepetitions = 8;

// draft.ts: an expression with more positions or states is not read.

/**
 * Maximum number of positions at which a regular expression consumes a character, with bounded repetitions unrolled. One
 * with more is not analysed.
 */
export const maxRegexPositions = 400;
/**
 * Maximum number of states of a regular expression's draft: its first automaton, which still has empty transitions. An
 * expression with more is not analysed.
 */
export const maxDraftStates = 3000;
/**
 * Maximum number of optional iterations of a bounded repetition that the automaton has: `a{2,9}` counts as `a{2,5}`. An
 * expression that is slow with more iterations is already slow with these.
 */
export const maxOptionalIterations = 3;
/**
 * Maximum number of characters that a negative look-ahead excludes: `(?!["'])` excludes two. The search for slow texts
 * avoids these characters. It ignores a look-ahead that excludes more.
 */
export const maxExcludedCharacters = 8;

// automaton.ts: an expression beyond these is not read.

/**
 * Maximum number of steps through states that consume no character, in the construction of one automaton. An expression
 * with more is not analysed.
 */
export const maxClosureSteps = 60_000;
/**
 * Maximum number of loops that one path through the automaton enters without consuming a character. An expression with more
 * is not analysed.
 */
export const maxEnteredLoops = 100;

// slowness.ts

/**
 * Maximum number of steps of the search for ambiguities in one regular expression. After them, only the ambiguities found
 * so far count.
 */
export const maxAmbiguitySteps = 60_000;
/**
 * Maximum number of ambiguities of one kind, exponential or polynomial, that are tried: each attempt looks for a text
 * that makes the expression fail. Further ones are ignored.
 */
export const maxTriedAmbiguities = 24;

// earlier-choices.ts

/**
 * Maximum number of variants of one regular expression that are also searched for slow texts. Each variant leaves out the
 * last alternatives of a choice: `a|b|c` -> `a` and `a|b`. Further variants are ignored.
 */
export const maxEarlierChoices = 6;

// failing-text.ts

/**
 * Maximum number of characters of the suffix that makes a regular expression fail after the pumped text. If no suffix this
 * short does, the ambiguity counts as harmless.
 */
export const maxSuffixLength = 3;
/**
 * Maximum number of sets of states that are visited in the search for a suffix that makes a regular expression fail. If
 * none is found in them, the ambiguity counts as harmless.
 */
export const maxSuffixSets = 250;
/**
 * Maximum number of times that the pumped text is repeated before the search for a failing suffix begins. The repetition
 * ends earlier once it leads to no other states.
 */
export const maxPumpRounds = 12;
