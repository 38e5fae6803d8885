/**
 * Bounds on the search for schemas and declared types. An attacker may have written the scanned code. Beyond a bound a schema
 * proves nothing, unless the bound says otherwise.
 */

/** Maximum number of instructions between a call and its `await`. Only effects of the call are between them. */
export const maxHopsToAwait = 12;
/** Maximum number of fields in fields that a checked value is read by. Deeper ones stay unchecked. */
export const maxCheckedFieldDepth = 3;

/** Maximum number of methods in the chain that makes a schema. Beyond them its library is unknown. */
export const maxSchemaChain = 40;
/** Maximum number of methods in a chain, and schemas in schemas, of a schema that is read from its source. */
export const maxSchemaDepth = 12;
/** Maximum number of steps of a Valibot pipe. */
export const maxPipeSteps = 20;
/** How many levels of `maxSchemaDepth` a pipe uses up. A pipe has many steps, so nested pipes are expensive. */
export const pipeDepthCost = 5;
/** Maximum number of members between a library and the schema or function that is read from it: `z.coerce.string` has two. */
export const maxLibraryMembers = 8;
/** Maximum length of an arktype string, in characters. */
export const maxArkTypeLength = 500;
/** Maximum number of types in types of a TypeBox schema. */
export const maxTypeBoxDepth = 6;
/** Maximum number of members of a TypeBox union. */
export const maxTypeBoxUnion = 20;

/** Maximum number of classes and types in types that are searched for declared fields. Fields beyond them are unknown. */
export const maxDeclaredDepth = 12;
/** Maximum number of bases of a class, and arguments of a mapped type. Further ones are ignored. */
export const maxDeclaredBases = 12;

/** Maximum number of validators of a form's field. Further ones are ignored. */
export const maxFieldValidators = 20;
/** Maximum number of bases of bases of a form. Fields beyond them are unknown. */
export const maxFormBaseDepth = 8;

/** Maximum number of aliases of aliases of a type. Beyond them the type is searched under its own name. */
export const maxTypeAliases = 3;
/** Maximum number of classes that are searched for the library's classes that a class extends. Bases beyond them are unknown. */
export const maxModelBases = 200;
/** Maximum number of members of a union or tuple of types. With more, one of them is unknown. */
export const maxUnionMembers = 40;
/** Maximum number of calls and members in a query for columns. */
export const maxQueryChain = 12;
/** Maximum number of modules that import a type alias from each other. Longer chains are not followed. */
export const maxAliasHops = 4;
