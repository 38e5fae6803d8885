// Bounds of the analysis of regular expressions.

// parse-regex.ts: an expression beyond these is not read.

/** Maximum number of characters of an expression. */
export const maxRegexLength = 4000;
/** Maximum number of groups inside each other. */
export const maxGroupDepth = 60;
/** Maximum number of repetitions in a group whose texts a back-reference is known to be one of. */
export const maxShortRepetitions = 8;

// draft.ts: an expression with more positions or states is not read.

/** Maximum number of positions at which an expression consumes a character. */
export const maxRegexPositions = 400;
/** Maximum number of states of the draft that the automaton is made from. */
export const maxDraftStates = 3000;
/**
 * Maximum number of optional iterations of a bounded repetition. Further ones make no expression slow that is fast with these.
 */
export const maxOptionalIterations = 3;
/**
 * Maximum number of characters that a look-around excludes, such that most other texts satisfy it. With more, it may fail on
 * all of them.
 */
export const maxExcludedCharacters = 8;

// automaton.ts: an expression beyond these is not read.

/** Maximum number of steps through states that consume no character, for one automaton. */
export const maxClosureSteps = 60_000;
/** Maximum number of loops that one path enters without consuming a character. */
export const maxEnteredLoops = 100;

// slowness.ts

/** Maximum number of steps of the search for ambiguities in one expression. The search ends with those found so far. */
export const maxAmbiguitySteps = 60_000;
/** Maximum number of ambiguities of one kind, exponential or polynomial, for which a failing text is searched. */
export const maxTriedAmbiguities = 24;

// earlier-choices.ts

/** Maximum number of expressions without later choices that are made of one. */
export const maxEarlierChoices = 6;

// failing-text.ts

/** Maximum number of characters of the suffix that makes an expression fail. */
export const maxSuffixLength = 3;
/** Maximum number of sets of states that are visited in the search for a suffix. */
export const maxSuffixSets = 250;
/** Times that the pump is repeated before the search for a suffix begins. */
export const maxPumpRounds = 12;
