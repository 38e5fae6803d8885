/**
 * Bounds of what built-in functions and operators do. Whoever writes the scanned code drives what they bound. Beyond a bound a
 * value is unknown, unless the bound says otherwise. The length of strings has its bound in dataflow.ts.
 */

// Collections
/**
 * Maximum length of a list for which a change, such as `push` or `splice`, keeps the index of each item. In a longer
 * list, a change merges items into one value, so their indexes are lost.
 */
export const maxTrackedItems = 60;
/**
 * Maximum number of items of a queue that are tracked in order. Further items are merged into one value. A method that
 * is passed on, as in `map(waiting.put, steps)`, also puts values into the queue. At most this number of values is kept
 * for one such use. Further ones are ignored.
 */
export const maxQueueItems = 30;
/**
 * Maximum length of a list for which `reduce` is evaluated: its callback runs on each item in turn. For a longer list,
 * the result is unknown.
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
 * Maximum number of entries of an object literal that are evaluated on a fast path for scalars. The fast path checks
 * the size of the object only once, as so few scalars always stay within the bounds on a value's size. Further entries
 * take the slow path.
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
 * Maximum number of calls from a decoder back to the encoder of its text, the encoder included:
 * `b64decode(b64encode(data).decode())` has two. With more, the original text is not found.
 */
export const maxDecodedHops = 6;

// Patterns
/**
 * Maximum number of variables and casts that are followed from the use of a regular expression back to its creation.
 * With more, the expression is unknown.
 */
export const maxHopsToPattern = 8;
/**
 * Maximum depth of the concatenations and formats that make the text of a pattern. A pattern that is nested deeper is
 * unknown.
 */
export const maxPatternParts = 12;
/** Maximum number of parts of the text of a pattern, at all depths. The other parts are unknown. */
export const maxTextParts = 200;
/** Maximum depth of the expression that combines flags of a regular expression: `re.M | re.S`. Deeper flags are ignored. */
export const maxFlagDepth = 6;
/** Maximum number of capturing groups of a regular expression. Later ones are ignored. */
export const maxGroups = 12;

// Classes that restrict loading
/**
 * Maximum number of passes through a function to find the values that are built from its parameters. One pass may not
 * be enough, as an instruction may stand before its operands. Values that would take more passes are not found.
 */
export const maxLoadingPasses = 4;
