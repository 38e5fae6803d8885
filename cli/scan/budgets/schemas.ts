/**
 * Bounds on the search for schemas and declared types. An attacker may have written the scanned code. Beyond a bound a schema
 * proves nothing, unless the bound says otherwise.
 */

/**
 * Maximum number of instructions between a call of a validation and its `await`. With more, the call does not count as
 * awaited.
 */
export const maxHopsToAwait = 12;
/** Maximum depth of nested fields of a checked value: `data.user.name` has two. Deeper fields stay unchecked. */
export const maxCheckedFieldDepth = 3;

/**
 * Maximum number of calls and members in the chain that makes a schema, such as `yup.object({}).required()`. With more, its
 * library is unknown.
 */
export const maxSchemaChain = 40;
/**
 * Maximum number of chained methods and nested schemas of a schema that is read from its source. A larger one proves
 * nothing.
 */
export const maxSchemaDepth = 12;
/** Maximum number of steps of a Valibot pipe: `pipe(string(), email())` has two. One with more proves nothing. */
export const maxPipeSteps = 20;
/**
 * How many levels of `maxSchemaDepth` one pipe, such as `pipe(string(), email())`, uses up. Each pipe may have many steps,
 * so fewer nested pipes than other schemas are read.
 */
export const pipeDepthCost = 5;
/**
 * Maximum number of members from a validation library to a schema or function that is read from it: `z.coerce.string` has
 * two. With more, it is not recognised.
 */
export const maxLibraryMembers = 8;
/** Maximum length of an arktype string, in characters. A longer one proves nothing. */
export const maxArkTypeLength = 500;
/** Maximum depth of nested types in a TypeBox schema. Deeper ones prove nothing. */
export const maxTypeBoxDepth = 6;
/** Maximum number of members of a TypeBox union. One with more proves nothing. */
export const maxTypeBoxUnion = 20;

/**
 * Maximum depth of bases and nested mapped types in which the declared fields of a class are searched. Deeper fields are
 * unknown.
 */
export const maxDeclaredDepth = 12;
/**
 * Maximum number of bases of a class, and of arguments of a mapped type such as `IntersectionType(A, B)`. Further ones are
 * ignored.
 */
export const maxDeclaredBases = 12;

/** Maximum number of validators of one form field. Further ones are ignored. */
export const maxFieldValidators = 20;
/**
 * Maximum number of levels of base classes in which the fields of a form are searched. Fields of further ones are unknown.
 */
export const maxFormBaseDepth = 8;

/**
 * Maximum number of type aliases between a type's name and its definition. With more, the type is looked up under the name
 * of the last alias reached.
 */
export const maxTypeAliases = 3;
/**
 * Maximum number of ancestors of a class that are searched for the library classes that it extends. Further ones are
 * ignored.
 */
export const maxModelBases = 200;
/**
 * Maximum number of types in a union or tuple that a value is compared with: `isinstance(x, (int, str))` has two. With
 * more, all types count as unknown.
 */
export const maxUnionMembers = 40;
/**
 * Maximum number of calls and members in a database query that are searched for its columns and model. With more, they are
 * unknown.
 */
export const maxQueryChain = 12;
/**
 * Maximum number of modules between the definition of a type alias and its use, each of which only imports the alias:
 * `from .models import Side`. Longer chains are not followed.
 */
export const maxAliasHops = 4;
