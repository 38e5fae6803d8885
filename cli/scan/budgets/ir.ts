// Bounds of the intermediate representation and of the questions about one function.

// aliases.ts

/** Maximum number of holders that are recorded for one object, and objects for one holder: the first ones. */
export const maxHoldersOfObject = 8;
/** Maximum number of steps from an object outwards to its holders, or inwards through phis. */
export const maxAliasDepth = 3;
/** Maximum number of inputs of a phi that are followed to an object. */
export const maxAliasInputs = 4;
/** Maximum number of changes that are recorded in one function. Generated or hostile code has more. */
export const maxAliasChanges = 2000;

// merge-partial-calls.ts

/** Maximum number of partial calls of partial calls that are merged into one call. */
export const maxPartialCallDepth = 4;
/** Maximum number of bound arguments of a partial call. Code with more is generated, and each call would get all of them. */
export const maxBoundArguments = 30;

// remove-trivial-phis.ts

/**
 * Maximum number of rounds in which trivial phis are removed, each one layer of phis that depend on each other. The rest
 * stays.
 */
export const maxTrivialPhiRounds = 8;

// query/control-flow.ts

/** Maximum number of dominators above a block that are compared with another block. */
export const maxDominatorHops = 200;
/** Maximum number of rounds of the computation of dominators. */
export const maxDominatorRounds = 20;

// query/value-numbers.ts

/** Maximum nesting of conditions up to which operands that are numbered later are found to be the same value. */
export const maxValueNumberRounds = 3;
/** Maximum number of instructions that only read a variable, in one iteration of a loop. */
export const maxReadsInLoop = 30;

// query/words.ts

/** Maximum number of characters of a name that are split into words. */
export const maxNameLength = 200;
