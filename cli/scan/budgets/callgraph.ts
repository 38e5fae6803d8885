/**
 * Bounds of the call graph. Whoever writes the scanned code drives what they bound. Beyond a bound the value is unknown, or the
 * call has no further targets, unless the bound says otherwise.
 */

/**
 * The points-to analysis takes at most this number of propagation steps times the number of the program's values, and
 * `minLinkSteps` more. After them it stops, and the call graph is incomplete.
 */
export const maxLinkStepsPerValue = 20;
/**
 * Number of propagation steps that the points-to analysis may do in any program, even a small one.
 * `maxLinkStepsPerValue` for each value is added to it.
 */
export const minLinkSteps = 500_000;

/** Maximum number of tokens (functions, classes, instances, library types) in one points-to set. Later ones are dropped. */
export const maxPointsToTokens = 12;
/**
 * Maximum number of tokens in the points-to set of a table of handlers, such as `{ add: onAdd, remove: onRemove }`. Later
 * ones are dropped.
 */
export const maxTableTokens = 64;
/**
 * Maximum number of nested listener calls, where one listener of a points-to set triggers the next. Deeper calls are
 * queued, so that the stack does not overflow.
 */
export const maxListenerDepth = 60;

/** Maximum number of targets of a call in the call graph. Later ones are dropped. */
export const maxCallTargets = 5;
/** Maximum number of targets of a call through a member or an entry, such as `handlers[name]()`. Later ones are dropped. */
export const maxTableTargets = 40;
/**
 * Maximum number of functions that one decorator wraps, such as all views of a project. Each of them is a target of the
 * call inside the wrapper. Later ones are dropped.
 */
export const maxDecoratedFunctions = 1000;
/**
 * Maximum nesting of objects that are passed to a library and searched for functions. Functions on deeper levels do not
 * count as called by the library.
 */
export const maxPassedDepth = 3;
/**
 * Maximum number of library types, such as request handler and event listener, that one function gets because it is
 * passed to libraries. Later ones are dropped.
 */
export const maxHandedStates = 16;
/**
 * Maximum number of nested functions between a call on `super` and the method that contains the call. With more, the
 * receiver of the call is unknown.
 */
export const maxSuperNesting = 20;
/**
 * Maximum number of passes over the program that find wrappers around wrappers: functions that pass their argument to a
 * known wrapper. Wrappers nested deeper are not found.
 */
export const maxWrapperRounds = 2;

/**
 * Maximum number of ancestors of a class, instance or object that are searched for its members, getters and setters.
 * Further ones are ignored.
 */
export const maxAncestorTokens = 200;
/**
 * Maximum number of ancestors of a class whose methods count as called when a library calls the class's methods. Further
 * ones are ignored.
 */
export const maxAncestorClasses = 20;
/**
 * Maximum number of subclasses whose instances count as receivers when a library calls one inherited method. Further ones
 * are ignored.
 */
export const maxInheritingClasses = 40;
/**
 * Maximum number of subclasses of one class that are searched for stores to a field. With more, the function `ownField`
 * returns undefined, and `fieldOfAny` ignores further subclasses.
 */
export const maxSubclasses = 20;
/**
 * Maximum number of classes that are searched for the fields of a Python data class or named tuple: itself and its bases.
 * Further bases are ignored.
 */
export const maxRecordBases = 20;
/**
 * Maximum number of fields of a Python data class or named tuple. With more, no field is tracked by name: the function
 * `recordFields` then returns one name more than this.
 */
export const maxRecordFields = 200;

/**
 * Maximum number of steps back from a value to where it was made, through variables, imports, members and type annotations.
 * After them, the value reached counts as the origin.
 */
export const maxOriginSteps = 8;
/**
 * Maximum number of consecutive method calls on a variable, such as `queue.add(job)`, that are skipped to see that it
 * still holds the same object. With more, the variable counts as reassigned.
 */
export const maxWrittenBackCalls = 8;
/**
 * Maximum number of calls on an object, such as `app.get(...)` on a router, that are skipped to find where the object
 * was made. With more, its origin is not found.
 */
export const maxCallsOnObject = 60;
/** Maximum depth of nested concatenations that are folded to one constant text. Deeper ones give an unknown text. */
export const maxConcatenationDepth = 6;
/**
 * Maximum number of re-exports between an import and the variable that it refers to. With more, the variable is not found.
 */
export const maxReexportDepth = 8;
/**
 * Maximum number of steps back from a value to the variable, member or call that it is named after. With more, it has no
 * name.
 */
export const maxNameSteps = 6;
/**
 * Maximum number of nested loops through which a value is followed back to where it was made. With more, its origin is not
 * found.
 */
export const maxLoopDepth = 4;
/**
 * Maximum number of control-flow edges into the head of a loop, back edges included. Through a loop with more, a value is
 * not followed back.
 */
export const maxLoopEdges = 8;
/**
 * Maximum number of calls on an object in the body of a loop, such as `answer.write(row)`, through which the object is followed
 * back to where it was before the loop. With more, the place where it was made is not found.
 */
export const maxCallsInLoop = 40;
/**
 * Maximum number of nested `functools.partial` calls that are searched for a bound keyword argument. Further ones are
 * ignored.
 */
export const maxPartialDepth = 4;
/**
 * Maximum number of decorators on one function that are followed down to the function. With more, the function is not
 * found.
 */
export const maxStackedDecorators = 64;
/**
 * Maximum number of functions around a function that are searched for a command of a command-line tool. Further ones are
 * ignored.
 */
export const maxCommandDepth = 6;
/**
 * Maximum number of calls that pass one function as their last argument. With more, the function counts as a general
 * helper, and `functionArgumentsOf` returns none of these calls.
 */
export const maxCallbackCalls = 12;
/** Maximum number of basic blocks that a search for reachable blocks finds. Further ones are left out. */
export const maxReachableBlocks = 300;
/**
 * Maximum number of basic blocks of a function whose branches are decided from the constant arguments of a call:
 * `create('fixed')` -> only what `create` returns for `'fixed'`. For a larger function, every result counts as possible.
 */
export const maxFactoryBlocks = 60;
/**
 * Maximum number of nested negations, type annotations or phis through which a constant is followed. Deeper ones are
 * unknown.
 */
export const maxConstantDepth = 4;

/**
 * Maximum number of modules that are searched for the public functions of a package. A module counts once for each
 * re-export of it. Further ones are ignored.
 */
export const maxPublicModules = 2_000;
/**
 * Maximum depth of returned functions that count as public. A function that the public function `make` returns has depth
 * one, and a function that `make()()` returns has depth two.
 */
export const maxReturnedDepth = 3;
/** Maximum number of functions that count as methods of one constructor, by stores on its `prototype`. The others are ignored. */
export const maxPrototypeMethods = 200;

/**
 * Maximum number of return statements of a public function, and of entries in an object that it returns, that are searched
 * for further public functions. The others are ignored.
 */
export const maxReturnedValues = 20;
/**
 * Maximum number of entries of a table of error handlers, such as `exception_handlers={Exception: on_error}`. Further ones
 * are ignored.
 */
export const maxHandlerEntries = 60;
/**
 * Maximum number of nested functions, from the inside out, that are searched for one with the parameters of a request
 * handler. Functions further out are ignored.
 */
export const maxHandlerNesting = 8;
/**
 * Maximum number of steps back from a value to the first parameter of its function. With more, the value does not count as
 * the parameter.
 */
export const maxParameterSteps = 6;

/**
 * Maximum length of a module's path, in characters. A module with a longer path is not among those that frameworks find by
 * their path.
 */
export const maxConventionPath = 500;
/**
 * Maximum number of instructions at the start of a module or function that are searched for a directive, such as `'use
 * server'`. Later ones are ignored.
 */
export const maxDirectiveInstructions = 40;
/**
 * Maximum number of listeners that an `emit` call is linked to. With more, it is linked to none: so many hardly belong to
 * one emitter.
 */
export const maxEventListeners = 12;
/**
 * Maximum number of members and calls from an event emitter back to the variable, field or export that holds it. With more,
 * the emitter is unknown.
 */
export const maxEmitterSteps = 6;
/** Maximum number of functions that process the jobs of one queue. Further ones are ignored. */
export const maxQueueWorkers = 12;
/**
 * Maximum number of arguments of a call that makes a job queue, such as `new Queue('mail', options)`. With more, the call
 * does not count as making a queue.
 */
export const maxQueueArguments = 4;
/**
 * Maximum number of fields that a constructor sets before the field with a job queue. After more, the queue is not found.
 */
export const maxConstructorStores = 40;
/**
 * Maximum number of functions that one task name, such as `'app.tasks.build'`, may refer to. A name with more refers to
 * none.
 */
export const maxTaskFunctions = 3;
/**
 * Maximum number of functions of one name that are searched for the one that a task name such as `'app.tasks.build'` refers
 * to. Further ones are ignored.
 */
export const maxNamedFunctions = 100;
/** Maximum number of values registered under one key of a dependency injection container. Later ones are dropped. */
export const maxRegisteredValues = 5;
/**
 * Maximum number of keys of a dependency injection container under which one call may register values, or from which it
 * may read them. Later keys are dropped.
 */
export const maxRegisteredKeys = 5;
/**
 * Maximum number of chained calls that make an awilix resolver: `asClass(Users).singleton()` has two. With more, the
 * registered value is unknown.
 */
export const maxResolverChain = 6;
/** Maximum number of nested wrappers, such as decorators, around a request handler. Handlers inside more are not found. */
export const maxHandlerWrappers = 5;
/**
 * Maximum number of awaits, type annotations and method calls that a wrapper applies to its handler's result before it
 * returns the result. With more, the handler's result does not count as returned by the wrapper.
 */
export const maxWrapperResultSteps = 8;
/**
 * Maximum number of values that a wrapper may return in all its places. With more, it does not count as one that only passes
 * arguments on.
 */
export const maxWrapperReturns = 40;
/** Maximum number of values that a wrapper makes of its arguments. With more, it does not count as one that only passes them on. */
export const maxWrapperUses = 200;

/** Maximum number of template files that one template name may refer to. A name with more refers to none. */
export const maxTemplateFiles = 4;
/** Maximum number of steps back from a value to the literal that names a template. With more, the name is unknown. */
export const maxTemplateNameSteps = 8;
/** Maximum number of template names that one value may hold. Further ones are ignored. */
export const maxTemplateNames = 8;
/** Maximum number of templates that get one function's result as their context. Further ones are ignored. */
export const maxReturnedTemplates = 8;
