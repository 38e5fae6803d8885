// Bounds of the analysis of regular expressions.

// parse-regex.ts: an expression beyond these is not read.

/** Maximum number of characters of a regular expression. A longer one is not analysed. */
export const maxRegexLength = 4000;
/** Maximum depth of nested groups in a regular expression. One with deeper groups is not analysed. */
export const maxGroupDepth = 60;

// draft.ts: an expression with more positions or states is not read.

/**
 * Maximum number of positions at which a regular expression consumes a character, with bounded repetitions unrolled. One
 * with more is not analysed.
 */
export const maxRegexPositions = 400;
/**
 * Maximum number of states of the draft from which the automaton of a regular expression is made. An expression with more
 * is not analysed.
 */
export const maxDraftStates = 3000;
/**
 * Maximum number of optional iterations of a bounded repetition that the automaton has: `a{2,9}` counts as `a{2,5}`.
 * Further ones make no expression slow that is fast with these.
 */
export const maxOptionalIterations = 3;
/**
 * Maximum number of characters that a negative look-ahead excludes, as `(?!["'])` excludes two, for the search for slow
 * texts to avoid them. A look-ahead that excludes more is ignored.
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
 * Maximum number of ambiguities of one kind, exponential or polynomial, that are tried: for each, a text is searched that
 * makes the expression fail. Further ones are ignored.
 */
export const maxTriedAmbiguities = 24;

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
 * Maximum number of repetitions of the pumped text after which the search for a failing suffix begins. It begins earlier if
 * a repetition changes nothing.
 */
export const maxPumpRounds = 12;
