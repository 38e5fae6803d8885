// Bounds of the intermediate representation and of the questions about one function.

// aliases.ts

/** Holders that are recorded for one object, and objects for one holder: the first ones. */
export const maxHoldersOfObject = 8;
/** Steps from an object outwards to its holders, or inwards through phis. */
export const maxAliasDepth = 3;
/** Inputs of a phi that are followed to an object. */
export const maxAliasInputs = 4;
/** Changes that are recorded in one function. Generated or hostile code has more. */
export const maxAliasChanges = 2000;

// merge-partial-calls.ts

/** Partial calls of partial calls that are merged into one call. */
export const maxPartialCallDepth = 4;
/** Bound arguments of a partial call. Code with more is generated, and each call would get all of them. */
export const maxBoundArguments = 30;

// remove-trivial-phis.ts

/** Rounds in which trivial phis are removed, each one layer of phis that depend on each other. The rest stays. */
export const maxTrivialPhiRounds = 8;

// query/control-flow.ts

/** Dominators above a block that are compared with another block. */
export const maxDominatorHops = 200;
/** Rounds of the computation of dominators. */
export const maxDominatorRounds = 20;

// query/value-numbers.ts

/** Nesting of conditions up to which operands that are numbered later are found to be the same value. */
export const maxValueNumberRounds = 3;
/** Instructions that only read a variable, in one iteration of a loop. */
export const maxReadsInLoop = 30;

// query/words.ts

/** Characters of a name that are split into words. */
export const maxNameLength = 200;
