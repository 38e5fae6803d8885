/**
 * Bounds of what built-in functions and operators do. Whoever writes the scanned code drives what they bound. Beyond a bound a
 * value is unknown, unless the bound says otherwise. The length of strings has its bound in dataflow.ts.
 */

// Collections
/** Maximum number of items of a list that are tracked by index while it changes. */
export const maxTrackedItems = 60;
/**
 * Maximum number of items of a queue that are tracked in order. Also the values that are noted for each queue's indirect uses.
 */
export const maxQueueItems = 30;
/** Maximum number of items of a list that are reduced in order. */
export const maxReducedItems = 4;
/** Maximum number of items of a generator that are tracked by index. */
export const maxYieldedItems = 20;
/** Maximum number of spreads in one list. Only generated code has more. */
export const maxSpreadItems = 60;
/** Maximum number of nested calls and spreads in which an object's entry is searched. */
export const maxEntryDepth = 3;
/** Maximum number of spreads of one object that are searched for an entry: the last ones. */
export const maxEntrySpreads = 4;
/** Maximum number of entries of an object literal on the fast path: so many scalars never exceed the bounds on a value. */
export const maxScalarEntries = 24;
/** Maximum number of tests of a function for own keys. */
export const maxOwnKeyTests = 16;
/** Maximum number of classes that one call may create instances of. Further ones are ignored. */
export const maxRecordClasses = 4;

// Numbers and strings
/** Maximum number of numbers that one call compares. Only generated code compares more. */
export const maxComparedNumbers = 100;
/** Maximum number of calls between a decoder and the encoder that made its argument. */
export const maxDecodedHops = 6;

// Patterns
/** Maximum number of variables and casts between the use of a pattern and its creation. */
export const maxHopsToPattern = 8;
/** Maximum depth of the concatenations and formats that make the text of a pattern. */
export const maxPatternParts = 12;
/** Maximum number of nested expressions for flags. Each level would double the work, and nobody combines more flags. */
export const maxFlagDepth = 6;
/** Maximum number of capturing groups of a pattern. Later ones are ignored. */
export const maxGroups = 12;

// Classes that restrict loading
/**
 * Maximum number of passes through a function for the values built from its parameters. A value may appear before its
 * operands.
 */
export const maxLoadingPasses = 4;
