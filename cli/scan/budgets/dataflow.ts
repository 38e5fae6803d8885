/**
 * Bounds of the data-flow analysis. Whoever writes the scanned code drives what they bound. Beyond a bound a value is unknown or
 * a proof is missing, unless the bound says otherwise.
 */

// The fixed point
/**
 * Maximum number of rounds of the fixed point. Each round analyses the functions again whose inputs have changed. A
 * function that needs a further round keeps its last summary, and is reported as incomplete.
 */
export const maxAnalysisRounds = 4;
/**
 * Maximum depth of nested function analyses: the analysis of a caller may start that of a callee. Deeper callees wait for
 * the next round.
 */
export const maxNestedAnalyses = 40;
/**
 * Maximum number of parameters of one function that are tracked only because a caller passes untrusted data for them.
 * Above it, all parameters of the function are tracked, since each further one would cost another analysis.
 */
export const maxDemandedParams = 6;
/**
 * Maximum number of passes over a UI component, whose analysis repeats until its state is stable. Later changes of its
 * state are ignored.
 */
export const maxComponentPasses = 6;
/**
 * Maximum number of passes over one loop. It also bounds how often, on average, each instruction of a function is evaluated
 * in loops. After that, a loop keeps its result so far.
 */
export const maxLoopPasses = 6;
/**
 * Maximum work of one function's analysis on calls, counted in applied summaries and substituted values. With more, the
 * result of a call is guessed from its receiver and arguments, and the function is reported as incomplete. Only hostile
 * code, and libraries inside one large closure, reach it.
 */
export const maxCallWork = 8_000;
/**
 * Number of call sites that the search from sinks back to callers may visit in any program, even a small one.
 * `maxSinkStepsPerValue` for each value is added to it.
 */
export const minSinkSteps = 1_000_000;
/**
 * Number of call sites that the search from sinks back to callers may visit for each value of the program, in addition
 * to `minSinkSteps`. After them, the remaining functions are reported as incomplete.
 */
export const maxSinkStepsPerValue = 20;

// Abstract values
/** Maximum number of constants that an abstract value lists. With more, the value may be anything. */
export const maxConstants = 8;
/** Maximum number of fields of an abstract object. With more, all fields are joined to one value. */
export const maxFields = 64;
/** Maximum depth of nested objects in an abstract value. Deeper objects lose their fields, but keep their taints. */
export const maxValueDepth = 4;
/**
 * Maximum number of values in an abstract value, counting fields at all depths. With more, objects in it lose fields. The
 * taints are kept.
 */
export const maxValueSize = 30;
/** Maximum number of taints of an abstract value. Later ones are dropped. */
export const maxTaints = 12;
/**
 * Maximum number of steps of an access path from a parameter or variable to a part of it. The taint of a deeper part has
 * the path cut to this length, and is inexact.
 */
export const maxAccessPath = 4;
/** Maximum number of steps of a reported data-flow path. Later steps are left out. */
export const maxTraceSteps = 40;
/**
 * Maximum length of a string, in characters, that is folded, measured, parsed or kept as a string template. A longer one,
 * as in generated code, is unknown or cut off.
 */
export const maxTextLength = 4096;

// Facts that checks prove
/**
 * Maximum number of facts (what guards have proven at a point) that one query searches, newest first. Older ones are
 * ignored.
 */
export const maxFacts = 200;
/**
 * Maximum number of facts (what guards have proven) that are listed for one edge of the control flow, newest first. Older
 * ones are left out.
 */
export const maxEdgeChecks = 60;
/**
 * Maximum number of facts (what guards have proven), newest first, that are searched for facts about fields of objects.
 * Older ones are ignored.
 */
export const maxFieldFacts = 60;
/**
 * Maximum number of fields of one object whose facts are applied when the object is passed to a callee. Further ones are
 * ignored.
 */
export const maxProvenFields = 8;
/**
 * Maximum nesting of a text's parts, such as concatenations in concatenations, that are searched for facts. Deeper parts
 * count as unproven.
 */
export const maxProvenPartDepth = 4;
/**
 * Maximum number of parts of one text, such as the operands of a concatenation, that are searched for facts. With more,
 * nothing is proven about the text.
 */
export const maxProvenParts = 12;
/**
 * Maximum number of captured variables of one function for which facts are computed. Nothing is proven about further ones.
 */
export const maxProvenCells = 40;
/** Maximum number of stores into one captured variable. With more, nothing is proven about it. */
export const maxProvenStores = 20;

// Summaries
/**
 * Maximum number of writes to arguments that the summary of a function lists. Writes to variables have a limit of the same
 * size. Later ones are dropped.
 */
export const maxEffects = 24;
/**
 * Maximum number of calls of callbacks, in parameters or in captured variables, that the summary of a function lists. Later
 * ones are dropped.
 */
export const maxCallbacks = 24;
/**
 * Maximum number of origins (parameters, variables and parts of them) for which a function lists flows into sinks. Flows
 * from further ones are not followed to the callers, and the function is reported as incomplete.
 */
export const maxSinkOrigins = 32;
/**
 * Maximum number of sinks of one kind that a function's analysis keeps for each origin. Further ones are dropped: one
 * finding is enough.
 */
export const maxSinksPerKind = 4;
/**
 * Maximum number of variables in the scope around a closure. With more, a call of the closure does not take the values of
 * these variables into account: such a scope usually holds a whole program.
 */
export const maxClosureCells = 60;

// Variables and fields of the whole program
/**
 * Maximum number of calls between an argument and the write that stores it in a module variable. Over more calls, the
 * argument is not tracked into the variable.
 */
export const maxModuleWriteDepth = 2;
/**
 * The summary of a callback lists a store into `this` if at most this number of calls lead from the callback to the store.
 * The summary of a constructor lists such stores at any depth, and those of other functions list only their own stores.
 */
export const maxReceiverStoreDepth = 1;
/**
 * Maximum number of times that the value of a shared field may change, as each change has all readers analysed again. Later
 * values are collapsed: nested objects lose their fields, but keep their taints.
 */
export const maxFieldChanges = 6;
/**
 * Maximum number of classes whose constructors store into a field of the same name. With more, no constant is known for
 * this field in any of the classes.
 */
export const maxSettledClasses = 50;
/**
 * Maximum number of stores and calls that are followed back from a value to `this`. After more, the value counts as `this`.
 */
export const maxHopsToThis = 60;

// Calls
/** Maximum number of classes whose base constructors one call may run. Further ones are ignored. */
export const maxConstructedClasses = 4;
/** Maximum depth of nested partial calls, such as `f.bind(a).bind(b)`. With more, the call's target is unknown. */
export const maxPartialDepth = 4;
/** Maximum number of arguments of one partial call. With more, as in generated code, its target is unknown. */
export const maxBoundArguments = 30;
/**
 * Maximum number of calls of `next()` in one request handler. With more, each store in the handler counts as executed on
 * some paths only.
 */
export const maxNextCalls = 40;
/** Maximum number of arguments of a command that the program runs. Further ones are ignored. */
export const maxArguments = 40;
/**
 * Maximum number of instructions of a function, such as a lookup in a table, whose result for constant arguments is
 * computed. The result of a larger one is unknown.
 */
export const maxLookupFunctionSize = 60;

// Inputs of a library
/**
 * Maximum length of a chain of calls from an exported function of a library to a function with a sink. If all such chains
 * are longer, the parameters of the exported function are not tracked.
 */
export const maxLibraryCallDepth = 3;
/**
 * Maximum number of parts of a command that are searched for a joined list, as in `'git ' + args.join(' ')`. Further ones
 * are ignored.
 */
export const maxLibraryTextParts = 20;
/**
 * Maximum number of member reads and casts from the value stored in a field back to the parameter that it came from. With
 * more, the parameter is not found.
 */
export const maxHopsToLibraryParam = 6;

// Searches for the origin of a value
/**
 * Maximum number of values that are visited when a value is traced back through variables, branches and stores. Further
 * ones are ignored.
 */
export const maxTracedValues = 48;
/**
 * Maximum number of values that are visited to find whether a function has itself created an object. With more, it counts
 * as not created there.
 */
export const maxFreshSteps = 24;
/** Maximum number of values in a chain of copies and conversions of one value. Earlier ones are left out. */
export const maxCopies = 8;
/** Maximum number of values that are visited to find the constants that a value can be. With more, the value is unknown. */
export const maxConstantSteps = 40;
/**
 * Maximum number of calls of a function whose arguments are read for the constants that a parameter can be. With more, the
 * parameter is unknown.
 */
export const maxConstantCalls = 12;
/** Maximum depth of nested objects and calls in the search for an option of a call. A deeper option is unknown. */
export const maxOptionDepth = 6;
/** Maximum number of values that the search for an option of a call visits. With more, the option is unknown. */
export const maxOptionSteps = 60;
/** Maximum number of calls of a function whose arguments are searched for an option. With more, the option is unknown. */
export const maxOptionCalls = 12;
/** Maximum depth of nested lists and objects of a literal. Deeper values are unknown. */
export const maxLiteralDepth = 4;
/** Maximum number of values of a literal that are read. Further ones are unknown. */
export const maxLiteralSteps = 500;
/**
 * Maximum number of branches whose stores into an object are read at the point where the branches merge. Further branches
 * are ignored.
 */
export const maxMergedBranches = 8;
/**
 * Maximum number of consecutive stores into one object that are read in each branch before a merge. Earlier ones are
 * ignored.
 */
export const maxBranchStores = 4;
/**
 * Maximum number of nested concatenations around the last part of a string. With more, the end of the string is unknown.
 */
export const maxNestedConcatenations = 8;

// Errors and tests for development
/**
 * Maximum number of functions called in a `try` block that are searched for what they throw. With more, the caught errors
 * do not count as the project's own.
 */
export const maxThrowingFunctions = 20;
/**
 * Maximum number of basic blocks from an exception handler back to the start of its `try` block. With more, the start is
 * not found.
 */
export const maxBlocksToTry = 12;
/**
 * Maximum number of members from a library to an error class: `mongoose.Error.ValidationError` has two. With more, the
 * class is not recognised.
 */
export const maxErrorMembers = 3;
/**
 * Maximum number of values that are visited to find whether a raised error is made from a caught one. With more, the
 * raised error counts as made from the caught one.
 */
export const maxCaughtSteps = 60;
/**
 * Maximum number of reads of one error's members, such as `error.message`, that a check of the error is applied to. Later
 * ones stay unchecked.
 */
export const maxErrorReads = 20;
/** Maximum number of branches of one function that test for development mode. Further ones are ignored. */
export const maxDevelopmentTests = 8;
/**
 * Maximum number of values that a test for development mode is computed from. With more, an attacker counts as able to
 * control the test.
 */
export const maxFlagValues = 16;
/** Maximum number of consecutive `!` before a test for development mode. With more, the test is not recognised. */
export const maxFlagNegations = 4;

/**
 * Maximum depth of nested members of a library type that are searched for sinks, to tell which functions can reach one.
 * Deeper sinks are missed.
 */
export const maxSinkMemberDepth = 4;
