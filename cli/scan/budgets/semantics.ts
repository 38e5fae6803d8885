/**
 * Bounds of what built-in functions and operators do. Whoever writes the scanned code drives what they bound. Beyond a bound a
 * value is unknown, unless the bound says otherwise. The length of strings has its bound in dataflow.ts.
 */

// Collections
/**
 * Maximum number of items of a list whose indexes a change such as `push` or `splice` keeps track of. A change of a
 * larger list joins items to one value.
 */
export const maxTrackedItems = 60;
/**
 * Maximum number of items of a queue that are tracked in order. Further ones are joined to one value. Also the maximum
 * number of values that are recorded as put into a queue indirectly, such as by `give = waiting.put`. Further ones are
 * ignored.
 */
export const maxQueueItems = 30;
/**
 * Maximum number of items of a list for which `reduce` runs its callback on one after the other. The result for a longer
 * list is unknown.
 */
export const maxReducedItems = 4;
/** Maximum number of items of a generator that are tracked by index. With more, all are joined to one value. */
export const maxYieldedItems = 20;
/**
 * Maximum number of spreads in a list literal that are searched for a given value. With more, as in generated code, the
 * value counts as an item of the list, and not as a list that is spread into it.
 */
export const maxSpreadItems = 60;
/** Maximum depth of nested calls and spreads in which an entry of an object is searched. Deeper entries are not found. */
export const maxEntryDepth = 3;
/**
 * Maximum number of spreads of one object that are searched for an entry, the last ones first. Earlier ones are ignored.
 */
export const maxEntrySpreads = 4;
/**
 * Maximum number of entries of an object literal that are evaluated on a fast path for scalars. Further entries take the
 * slow path. So few scalars stay within the bounds on the size of a value.
 */
export const maxScalarEntries = 24;
/** Maximum number of tests for own keys, such as `Object.hasOwn(o, key)`, in one function. Further ones are ignored. */
export const maxOwnKeyTests = 16;
/**
 * Maximum number of Python data classes or named tuples that one call may create instances of. Further ones are ignored.
 */
export const maxRecordClasses = 4;

// Numbers and strings
/**
 * Maximum number of arguments of a folded `Math` function, such as `Math.max`. With more, as in generated code, the result
 * is unknown.
 */
export const maxComparedNumbers = 100;
/**
 * Maximum number of calls between a decoder and the encoder of its text: `b64decode(b64encode(text.encode()))`. With more,
 * the original text is not found.
 */
export const maxDecodedHops = 6;

// Patterns
/**
 * Maximum number of variables and casts from the use of a regular expression back to its creation. With more, it is
 * unknown.
 */
export const maxHopsToPattern = 8;
/**
 * Maximum depth of the concatenations and formats that make the text of a pattern. A pattern that is nested deeper is unknown.
 */
export const maxPatternParts = 12;
/** Maximum depth of the expression that combines flags of a regular expression: `re.M | re.S`. Deeper flags are ignored. */
export const maxFlagDepth = 6;
/** Maximum number of capturing groups of a regular expression. Later ones are ignored. */
export const maxGroups = 12;

// Classes that restrict loading
/**
 * Maximum number of passes through a function that find the values built from its parameters. Further passes may be
 * needed, as an instruction may stand before its operands. Values that only they would find are not found.
 */
export const maxLoadingPasses = 4;
