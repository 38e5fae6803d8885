/**
 * Bounds on the search for guards. An attacker may have written the scanned code. Beyond a bound a condition proves nothing,
 * unless the bound says otherwise.
 */

/** Maximum number of phis and nested conditions in a condition. In a loop, a condition can depend on itself. */
export const maxConditionDepth = 8;
/** Maximum number of phis in phis, as in `a && (b || c)`. In loops, an earlier decision may come again. */
export const maxNestedPhis = 3;
/**
 * Maximum number of inputs of a phi that may lead to another phi. Conditions have few, but the phi of a `switch` has one per
 * case.
 */
export const maxPhiInputs = 8;
/** Maximum number of instructions that are skipped to find a phi. Beyond them there may be one. */
export const maxHopsToPhi = 100;
/** Maximum number of facts that are searched for a proof about the items of a loop. Earlier facts are ignored. */
export const maxLoopFacts = 60;

/** Maximum number of targets of a call that may be an assertion. A call with more is rarely a single guard. */
export const maxAssertionTargets = 3;
/** Maximum number of consecutive `!` and casts in an asserted condition. */
export const maxAssertedNegations = 4;

/** Maximum number of calls and casts between a checked value and the value that it was made of. Earlier values stay unchecked. */
export const maxHopsToOrigin = 4;
/** Maximum number of calls and casts between an extension and its file name. */
export const maxHopsToFileName = 10;
/** Maximum number of calls and casts between a checked host and its URL. Beyond it, the value reached so far is used. */
export const maxHopsToHost = 6;
/**
 * Maximum number of effects, casts and stores of a URL object. Reading its parts adds effects. Beyond it, the value reached so far
 * is used.
 */
export const maxUrlChanges = 20;

/** Maximum number of casts and `str(...)` calls to strip from a path. Beyond it, the value reached so far is used. */
export const maxHopsToPath = 8;
/** Maximum number of branches in branches, on each of which a path is normalised. */
export const maxNormalisedBranches = 3;
/** Maximum number of callers whose arguments are searched for joined paths. With more, arguments are treated as unknown. */
export const maxJoiningCallers = 8;
/** Maximum number of casts around such an argument. Beyond them, it is not a joined path. */
export const maxHopsToJoin = 8;

/** Maximum number of callers of a function that resolves names, which may test the addresses. Further ones are ignored. */
export const maxResolvingCallers = 12;
/**
 * Maximum number of functions that are searched for tests of addresses, counting those that one calls or creates. Further ones
 * are ignored.
 */
export const maxAddressTestFunctions = 12;

/** Maximum number of callers that pass a regular expression as an argument. */
export const maxPatternCallers = 12;
/** Maximum length of a regular expression that lists file endings, in characters. */
export const maxEndingPatternLength = 300;
/** Maximum number of endings that it lists. */
export const maxListedEndings = 60;

/** Maximum number of texts and items of a list that `any`, `all` or `some` runs over. Further ones are ignored. */
export const maxQuantifiedItems = 32;
/** Maximum number of members of a captured variable: `this.a.b` has two. */
export const maxCapturedMembers = 4;

/** Maximum number of instructions between a signature and its payload. */
export const maxSignatureDepth = 8;

/** Maximum length of a text, in characters, on which quadratic running time does no harm: some 0.1 seconds. */
export const maxHarmlessQuadraticLength = 10_000;
