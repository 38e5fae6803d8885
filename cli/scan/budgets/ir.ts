// Bounds of the intermediate representation and of the questions about one function.

// aliases.ts

/**
 * Maximum number of variables that are known to hold one object, and of containers that hold it. Later ones are not updated
 * when the object changes.
 */
export const maxHoldersOfObject = 8;
/**
 * Maximum number of steps from a changed object outwards through the objects that contain it. Also the maximum depth of
 * nested phis that stand for one object. Objects beyond these bounds are not updated.
 */
export const maxAliasDepth = 3;
/** Maximum number of inputs of a phi that are searched for the object that it stands for. Further ones are ignored. */
export const maxAliasInputs = 4;
/**
 * Maximum number of mutations of objects in one function that are propagated to aliases. Later ones, as in generated or
 * hostile code, are not propagated.
 */
export const maxAliasChanges = 2000;

// merge-partial-calls.ts

/**
 * Maximum number of nested partial calls, such as `f.bind(a).bind(b)`, that are merged into one call. Further ones are not
 * merged.
 */
export const maxPartialCallDepth = 4;
/**
 * Maximum number of bound arguments of a partial call that is merged into the calls of its result. One with more, as in
 * generated code, is not merged.
 */
export const maxBoundArguments = 30;

// remove-trivial-phis.ts

/**
 * Maximum number of rounds in which phis with a single distinct input are removed. Each round removes the phis that depend
 * on those removed before. The rest stays.
 */
export const maxTrivialPhiRounds = 8;

// query/control-flow.ts

/**
 * Maximum number of dominators of a block that are searched for another block. Beyond them, the other block does not count
 * as a dominator.
 */
export const maxDominatorHops = 200;
/**
 * Maximum number of rounds in which the dominators of a function's blocks are computed. Changes in later rounds are
 * ignored.
 */
export const maxDominatorRounds = 20;

// query/value-numbers.ts

/**
 * Maximum number of rounds of value numbering after the first. A phi may have a later phi as an input, whose value number
 * is known only in the next round. Values that need more rounds are not recognised as equal.
 */
export const maxValueNumberRounds = 3;
/**
 * Maximum number of instructions that are followed back through a loop's body to see that the body leaves a variable
 * unchanged. After more, the variable counts as changed by the loop.
 */
export const maxReadsInLoop = 30;

// query/words.ts

/** Maximum number of characters of a name that are split into words. Later ones are ignored. */
export const maxNameLength = 200;

/** Maximum number of values that are searched for the parts of an object that a public function returns. The others are ignored. */
export const maxPartSteps = 200;
