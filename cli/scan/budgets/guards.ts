/**
 * Bounds on the search for guards. An attacker may have written the scanned code. Beyond a bound a condition proves nothing,
 * unless the bound says otherwise.
 */

/** Maximum depth of phis and conditions nested in a condition. Deeper ones prove nothing. */
export const maxConditionDepth = 8;
/**
 * Maximum number of levels of phis inside a phi of a condition: `a && (b || c)` has one. Phis on deeper levels prove
 * nothing.
 */
export const maxNestedPhis = 3;
/**
 * Maximum number of inputs of a phi in a condition. With more, as for a `switch` with many cases, inputs that are phis
 * themselves prove nothing.
 */
export const maxPhiInputs = 8;
/**
 * Maximum number of instructions, such as `!` and casts, that are skipped to see whether a value is a phi. After more,
 * the value counts as a phi.
 */
export const maxHopsToPhi = 100;
/**
 * Maximum number of facts from a loop's body, newest first, that are searched for proofs about the loop's items. Older ones
 * are ignored.
 */
export const maxLoopFacts = 60;

/**
 * Maximum number of functions that one call of an assertion may run. A call that may run more is rarely a guard, and
 * proves nothing.
 */
export const maxAssertionTargets = 3;
/**
 * Maximum number of consecutive `!` and casts around a parameter in an asserted condition. With more, the condition proves
 * nothing.
 */
export const maxAssertedNegations = 4;

/**
 * Maximum number of calls and casts from a checked value back to the values that it was made of: a check of `name.trim()`
 * also holds for `name`. Earlier values stay unchecked.
 */
export const maxHopsToOrigin = 4;
/**
 * Maximum number of calls and casts from a checked extension, such as `path.extname(name)`, back to its file name. After
 * more, the name is not found.
 */
export const maxHopsToFileName = 10;
/**
 * Maximum number of calls and casts from a checked host back to its URL. After them, the value reached counts as the URL.
 */
export const maxHopsToHost = 6;
/**
 * Maximum number of steps back from a use of a URL object to where the object was created: calls on it, stores into it and
 * casts of it. After them, the value reached counts as the created object.
 */
export const maxUrlChanges = 20;

/**
 * Maximum number of casts, awaits and `str(...)` calls around a path that are skipped. After them, the value reached counts
 * as the path.
 */
export const maxHopsToPath = 8;
/**
 * Maximum number of nested branches that are searched for the normalisation of a path. With more, the path counts as not
 * normalised.
 */
export const maxNormalisedBranches = 3;
/**
 * Maximum number of callers of a function whose arguments are searched for joined paths. With more, no argument counts
 * as a joined path.
 */
export const maxJoiningCallers = 8;
/**
 * Maximum number of casts and `str(...)` calls around an argument that are skipped to see whether it is a joined path.
 * With more, the argument does not count as a joined path.
 */
export const maxHopsToJoin = 8;
/**
 * Maximum number of instructions of a function in which the uses of a part of a checked path are searched. In a longer function,
 * a check of `base / name` proves nothing of `name`.
 */
export const maxCodeForParts = 2000;
/**
 * Maximum number of values that may hold a part of a checked path, such as the phis after branches. With more, a check of the
 * path proves nothing of the part.
 */
export const maxPartAliases = 16;

/**
 * Maximum number of callers of a function that resolves host names. The callers are searched for tests of the resolved
 * IP addresses, such as `is_private`. Further callers are ignored.
 */
export const maxResolvingCallers = 12;
/**
 * Maximum number of functions that are searched for a test of IP addresses, such as `is_private`: a function, and those
 * that it calls, passes or creates. Further ones are ignored.
 */
export const maxAddressTestFunctions = 12;

/**
 * Maximum number of callers of a function that gets a regular expression as an argument. With more, the expression is
 * unknown.
 */
export const maxPatternCallers = 12;
/**
 * Maximum length, in characters, of a regular expression that lists file endings: `\.(?:png|jpg)$`. A longer one counts as
 * listing none.
 */
export const maxEndingPatternLength = 300;
/**
 * Maximum number of file endings in a regular expression, such as the two of `\.(?:png|jpg)$`. One with more counts as
 * listing none.
 */
export const maxListedEndings = 60;

/** Maximum number of items of a list that `any`, `all` or `some` runs over. Nothing is proven about further ones. */
export const maxQuantifiedItems = 32;
/**
 * Maximum number of members read from a captured variable in a callback's condition: `this.a.b` has two. With more, nothing
 * is proven.
 */
export const maxCapturedMembers = 4;

/**
 * Maximum number of instructions from a signature back to the payload that it is computed from. Payloads farther away stay
 * unchecked.
 */
export const maxSignatureDepth = 8;

/**
 * Maximum length of a text, in characters, for which quadratic running time is harmless: about 0.1 seconds. A length check
 * with a higher limit proves nothing.
 */
export const maxHarmlessQuadraticLength = 10_000;
