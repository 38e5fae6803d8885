/**
 * Bounds of the data-flow analysis. Whoever writes the scanned code drives what they bound. Beyond a bound a value is unknown or
 * a proof is missing, unless the bound says otherwise.
 */

// The fixed point
/**
 * Maximum number of rounds in which functions are analysed again after their inputs have changed. Beyond them the function is
 * cut.
 */
export const maxAnalysisRounds = 4;
/** Maximum number of nested analyses of callees. Deeper ones wait for the next round. */
export const maxNestedAnalyses = 40;
/**
 * Maximum number of demanded parameters of a function that are added one after the other. Beyond them all are tracked at once.
 */
export const maxDemandedParams = 6;
/** Maximum number of passes through a component, whose analysis repeats until its state is stable. */
export const maxComponentPasses = 6;
/** Maximum number of passes through a loop, and, on average, through each instruction of a function with loops. */
export const maxLoopPasses = 6;
/**
 * Maximum work of one function analysis on calls: applied summaries and their substitutions. Only hostile code, and libraries
 * inside one large closure, reach it.
 */
export const maxCallWork = 8_000;
/** Calls that all flows into sinks may visit in a program, however small it is. */
export const minSinkSteps = 1_000_000;
/** Maximum number of calls that they may visit in addition for each value of the program. Beyond them the function is cut. */
export const maxSinkStepsPerValue = 20;

// Abstract values
/** Maximum number of constants that a value may be. With more it is no constant. */
export const maxConstants = 8;
/** Maximum number of fields of an object. Larger objects are collapsed to one value for any field. */
export const maxFields = 64;
/** Maximum number of nested objects in a value. Deeper levels are collapsed to their taints. */
export const maxValueDepth = 4;
/** Maximum number of fields of a value on all levels. Larger values are collapsed to their taints. */
export const maxValueSize = 30;
/** Maximum number of origins of a value. The first ones found are kept. */
export const maxTaints = 12;
/** Maximum number of steps of an access path. */
export const maxAccessPath = 4;
/** Maximum number of steps of a reported path. Longer ones keep their first steps only. */
export const maxTraceSteps = 40;
/**
 * Maximum number of characters of a string that is folded, measured, parsed or kept as a string template. Generated code
 * builds very long ones.
 */
export const maxTextLength = 4096;

// Facts that checks prove
/** Maximum number of facts that are searched. Earlier ones are ignored. */
export const maxFacts = 200;
/** Maximum number of checks that are listed for one edge of the control flow. */
export const maxEdgeChecks = 60;
/** Maximum number of facts that are searched for fields of objects. Earlier ones are ignored. */
export const maxFieldFacts = 60;
/** Maximum number of fields of one object that have facts. Further ones are ignored. */
export const maxProvenFields = 8;
/** Maximum number of nested paths whose parts are proven one by one. */
export const maxProvenPartDepth = 4;
/** Maximum number of parts of one path. */
export const maxProvenParts = 12;
/** Maximum number of captured variables of a function for which facts are computed. */
export const maxProvenCells = 40;
/** Maximum number of stores into one captured variable. With more nothing is proven about it. */
export const maxProvenStores = 20;

// Summaries
/** Maximum number of effects on arguments in a summary, and as many on variables. Later ones are dropped. */
export const maxEffects = 24;
/** Maximum number of calls of parameters in a summary. Later ones are dropped. */
export const maxCallbacks = 24;
/**
 * Maximum number of origins whose flows into sinks a summary lists. Flows from others are not followed to the callers, and the
 * function is cut.
 */
export const maxSinkOrigins = 32;
/** Maximum number of sinks of one kind that a summary lists for each origin: one finding is enough. */
export const maxSinksPerKind = 4;
/**
 * Maximum number of captured variables of a closure that is analysed with its scope. A function with more holds a whole
 * program, and each call of its closures would pay for all of them.
 */
export const maxClosureCells = 60;

// Variables and fields of the whole program
/** Maximum number of calls from a write of a module variable to a caller whose summary still lists it. */
export const maxModuleWriteDepth = 2;
/** Maximum number of calls from a store into `this` to a callback whose summary still lists it. A constructor's lists all. */
export const maxReceiverStoreDepth = 1;
/**
 * Maximum number of changes of a shared field. Then it is collapsed to one value, since each change has its readers analysed
 * again.
 */
export const maxFieldChanges = 6;
/** Maximum number of classes that have a field of one name. With more the field is unknown. */
export const maxSettledClasses = 50;
/** Maximum number of stores and calls between a value and `this`. A longer chain counts as `this`. */
export const maxHopsToThis = 60;

// Calls
/** Maximum number of classes whose base constructors one call may run. Further ones are ignored. */
export const maxConstructedClasses = 4;
/** Maximum depth of nested partial calls, such as `f.bind(a).bind(b)`. */
export const maxPartialDepth = 4;
/** Maximum number of arguments that one partial call binds. Only generated code has more. */
export const maxBoundArguments = 30;
/** Maximum calls of `next()` in one handler. With more, the analysis assumes that a store happens on some paths only. */
export const maxNextCalls = 40;
/** Maximum number of arguments of a list that a program makes. Longer lists are cut off. */
export const maxArguments = 40;
/**
 * Maximum number of instructions of a function that is analysed for constant arguments. A larger one is more than a lookup
 * table.
 */
export const maxLookupFunctionSize = 60;

// Inputs of a library
/** Maximum number of calls between an exported function and the sink. */
export const maxLibraryCallDepth = 3;
/** Maximum number of nested parts of a text that are searched for an input. */
export const maxLibraryTextParts = 20;
/** Maximum number of reads of members and casts between a field's value and the parameter that it is. */
export const maxHopsToLibraryParam = 6;

// Searches for the origin of a value
/** Maximum number of values that are visited behind variables, branches and stores. */
export const maxTracedValues = 48;
/** Maximum number of values that are visited to find whether an object was created here. */
export const maxFreshSteps = 24;
/** Maximum number of copies in a chain of copies. */
export const maxCopies = 8;
/** Maximum number of values that are visited to find the constants that a value can be. */
export const maxConstantSteps = 40;
/** Maximum number of calls of a function whose arguments are read for constants. */
export const maxConstantCalls = 12;
/** Maximum depth of nested objects and calls in the search for an option. */
export const maxOptionDepth = 6;
/** Maximum number of values that the search for an option visits. */
export const maxOptionSteps = 60;
/** Maximum number of calls of a function whose arguments are read for options. */
export const maxOptionCalls = 12;
/** Maximum number of nested lists and objects of a literal. */
export const maxLiteralDepth = 4;
/** Maximum number of values of a literal that are read. */
export const maxLiteralSteps = 500;
/** Maximum number of branches that are compared at a merge. */
export const maxMergedBranches = 8;
/** Maximum number of consecutive stores into one object in a branch. */
export const maxBranchStores = 4;
/** Maximum number of nested concatenations before the end of a string. */
export const maxNestedConcatenations = 8;

// Errors and tests for development
/** Maximum number of functions that are read for what they throw. With more, the errors are not the project's own. */
export const maxThrowingFunctions = 20;
/** Maximum number of blocks between a handler and the start of its `try`. */
export const maxBlocksToTry = 12;
/** Maximum number of members from a library to an error class: `mongoose.Error.ValidationError`. */
export const maxErrorMembers = 3;
/** Maximum number of values that are visited to find a caught error in what is raised. With more there may be one. */
export const maxCaughtSteps = 60;
/** Maximum number of reads of one error's members that a check of it is applied to. */
export const maxErrorReads = 20;
/** Maximum number of tests of a function for development. */
export const maxDevelopmentTests = 8;
/** Maximum number of values that a flag is computed from. With more an attacker may control it. */
export const maxFlagValues = 16;
/** Maximum number of consecutive `!` before a flag. */
export const maxFlagNegations = 4;

/**
 * Maximum number of members within members of a library type that are searched for sinks, to tell which functions can reach
 * one.
 */
export const maxSinkMemberDepth = 4;
