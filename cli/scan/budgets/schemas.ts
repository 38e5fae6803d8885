/**
 * Bounds on the search for schemas and declared types. An attacker may have written the scanned code. Beyond a bound a schema
 * proves nothing, unless the bound says otherwise.
 */

/** Instructions between a call and its `await`. Only effects of the call are between them. */
export const maxHopsToAwait = 12;
/** Fields in fields that a checked value is read by. Deeper ones stay unchecked. */
export const maxCheckedFieldDepth = 3;

/** Methods in the chain that makes a schema. Beyond them its library is unknown. */
export const maxSchemaChain = 40;
/** Methods in a chain, and schemas in schemas, of a schema that is read from its source. */
export const maxSchemaDepth = 12;
/** Steps of a Valibot pipe. */
export const maxPipeSteps = 20;
/** How many levels of `maxSchemaDepth` a pipe uses up. A pipe has many steps, so nested pipes are expensive. */
export const pipeDepthCost = 5;
/** Members between a library and the schema or function that is read from it: `z.coerce.string` has two. */
export const maxLibraryMembers = 8;
/** Length of an arktype string, in characters. */
export const maxArkTypeLength = 500;
/** Types in types of a TypeBox schema. */
export const maxTypeBoxDepth = 6;
/** Members of a TypeBox union. */
export const maxTypeBoxUnion = 20;

/** Classes and types in types that are searched for declared fields. Fields beyond them are unknown. */
export const maxDeclaredDepth = 12;
/** Bases of a class, and arguments of a mapped type. Further ones are ignored. */
export const maxDeclaredBases = 12;

/** Validators of a form's field. Further ones are ignored. */
export const maxFieldValidators = 20;
/** Bases of bases of a form. Fields beyond them are unknown. */
export const maxFormBaseDepth = 8;

/** Aliases of aliases of a type. Beyond them the type is searched under its own name. */
export const maxTypeAliases = 3;
/** Classes that are searched for the library's classes that a class extends. Bases beyond them are unknown. */
export const maxModelBases = 200;
/** Members of a union or tuple of types. With more, one of them is unknown. */
export const maxUnionMembers = 40;
/** Calls and members in a query for columns. */
export const maxQueryChain = 12;
