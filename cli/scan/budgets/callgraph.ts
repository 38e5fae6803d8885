/**
 * Bounds of the call graph. Whoever writes the scanned code drives what they bound. Beyond a bound the value is unknown, or the
 * call has no further targets, unless the bound says otherwise.
 */

/** Maximum number of steps of propagation for each value of the program. Beyond them the call graph is cut. */
export const maxLinkStepsPerValue = 20;
/** Steps of propagation that a program has in addition, however small it is. */
export const minLinkSteps = 500_000;

/** Maximum number of tokens in one points-to set. Later tokens are dropped: one value can hardly be so many things. */
export const maxPointsToTokens = 12;
/** Maximum number of tokens in the points-to set of a table of handlers, which holds more functions. */
export const maxTableTokens = 64;
/** Maximum number of nested calls of listeners. Deeper calls wait, so that deep hierarchies do not exhaust the stack. */
export const maxListenerDepth = 60;

/** Maximum number of targets of a call. Only the first ones are followed. */
export const maxCallTargets = 5;
/** Maximum number of targets of a call that reads a table of handlers. */
export const maxTableTargets = 40;
/**
 * Maximum number of functions that one decorator is applied to, and so targets of its wrapper's call: it may decorate every
 * view of a project.
 */
export const maxDecoratedFunctions = 1000;
/** Maximum number of nested objects and results through which a value is passed to an argument that a library calls. */
export const maxPassedDepth = 3;
/** Maximum number of library types that one function is passed to. Later ones are dropped. */
export const maxHandedStates = 16;
/** Maximum number of enclosing functions that are searched for the method of a call on `super`. */
export const maxSuperNesting = 20;
/** Maximum number of rounds of the search for wrappers that pass their argument to another wrapper. */
export const maxWrapperRounds = 2;

/** Maximum number of ancestors of a token that its members, getters and setters are searched in. */
export const maxAncestorTokens = 200;
/** Maximum number of ancestors of a class that a library calls inherited methods of. */
export const maxAncestorClasses = 20;
/** Maximum number of subclasses whose instances are receivers of one inherited method that a library calls. */
export const maxInheritingClasses = 40;
/** Maximum number of subclasses of a class that are searched for stores to one of its fields. */
export const maxSubclasses = 20;
/** Maximum number of classes that are searched for the fields of a record, its own class included. */
export const maxRecordBases = 20;
/** Maximum number of fields of a record. One field more is kept, which says that there are more. */
export const maxRecordFields = 200;

/** Maximum number of variables, imports, members and type annotations that a value is followed back through. */
export const maxOriginSteps = 8;
/** Maximum number of calls on a variable's value before it is written back to the variable. */
export const maxWrittenBackCalls = 8;
/** Maximum number of calls on an object, such as a router with many routes, that its value is followed back through. */
export const maxCallsOnObject = 60;
/** Maximum number of concatenations in concatenations, for the text that a value is. */
export const maxConcatenationDepth = 6;
/** Maximum number of modules that re-export a name, from an import to its variable. */
export const maxReexportDepth = 8;
/** Maximum number of steps from a value to the variable, member or call that it is named after. */
export const maxNameSteps = 6;
/** Maximum number of nested loops that a value is followed back out of. */
export const maxLoopDepth = 4;
/** Maximum number of edges into a loop, back edges included. A value at a loop with more is not followed back. */
export const maxLoopEdges = 8;
/** Maximum number of calls on an object in one loop that its value is followed back through. */
export const maxCallsInLoop = 40;
/** Maximum depth of nested partial calls in the search for a bound keyword argument. */
export const maxPartialDepth = 4;
/** Maximum number of decorators of one function. */
export const maxStackedDecorators = 64;
/** Maximum number of functions around one that are searched for a command of a command-line tool. */
export const maxCommandDepth = 6;
/**
 * Maximum number of calls that receive a function as their last argument. A function with more is a general helper, and none
 * is followed.
 */
export const maxCallbackCalls = 12;
/** Maximum number of blocks that a search for reachable blocks stops at. */
export const maxReachableBlocks = 300;
/** Maximum number of blocks of a factory. In a larger function, constant arguments do not select the result. */
export const maxFactoryBlocks = 60;
/** Maximum number of nested negations, type annotations and phis that a constant is followed through. */
export const maxConstantDepth = 4;

/** Maximum number of modules that are searched for the public functions of a package, each as often as it is re-exported. */
export const maxPublicModules = 2_000;
/** Maximum depth when following functions that a public function returns, and that those return in turn. */
export const maxReturnedDepth = 3;
/** Maximum number of return statements of a public function, and of entries in an object that it returns. */
export const maxReturnedValues = 20;
/** Maximum number of entries of a table of error handlers. */
export const maxHandlerEntries = 60;
/** Maximum number of enclosing functions that are searched for the parameters of a handler. */
export const maxHandlerNesting = 8;
/** Maximum number of steps from a value to the first parameter of its function. */
export const maxParameterSteps = 6;

/** Maximum number of characters in the path of a file that frameworks find by its path. */
export const maxConventionPath = 500;
/** Maximum number of instructions of a module or function that are searched for a directive, which precedes all statements. */
export const maxDirectiveInstructions = 40;
/** Maximum number of listeners of one event. An event with more hardly has one emitter, and has none of them as targets. */
export const maxEventListeners = 12;
/** Maximum number of members and calls from an emitter to the variable, field or export that holds it. */
export const maxEmitterSteps = 6;
/** Maximum number of workers of one queue. */
export const maxQueueWorkers = 12;
/** Maximum number of arguments of the call that makes a queue: its name and its options, mostly. */
export const maxQueueArguments = 4;
/** Maximum number of fields that a constructor sets before the one that holds a queue. */
export const maxConstructorStores = 40;
/** Maximum number of functions that one task name may mean. A name with more means none. */
export const maxTaskFunctions = 3;
/** Maximum number of functions of one name whose modules are compared with the path of a task. */
export const maxNamedFunctions = 100;
/** Maximum number of values that are registered under one key. */
export const maxRegisteredValues = 5;
/** Maximum number of keys that one call registers or takes. */
export const maxRegisteredKeys = 5;
/** Maximum number of methods that are chained to a resolver: `asClass(Users).singleton()`. */
export const maxResolverChain = 6;
/** Maximum number of wrappers in wrappers of a handler. */
export const maxHandlerWrappers = 5;
/** Maximum number of awaits, calls on the value and type annotations from what a wrapper returns to the handler's result. */
export const maxWrapperResultSteps = 8;

/** Maximum number of template files that one name may mean. A name with more means none. */
export const maxTemplateFiles = 4;
/** Maximum number of steps from a value to the literal that names a template. */
export const maxTemplateNameSteps = 8;
/** Maximum number of template names that one value may be. */
export const maxTemplateNames = 8;
/** Maximum number of templates that one function's result is the context of. */
export const maxReturnedTemplates = 8;
