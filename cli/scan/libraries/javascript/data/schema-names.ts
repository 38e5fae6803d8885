/**
 * The validation libraries whose functions and methods this file lists by name: zod 3 and 4, valibot 1, joi 17 and 18, yup
 * 1, celebrate 15, superstruct 2, io-ts 2, runtypes 6 and 7, arktype 2. Documentation: the README of each.
 */

export const schemaLibraries: ReadonlySet<string> = new Set([
  'zod',
  'zod/v3',
  'zod/v4',
  'zod/mini',
  'valibot',
  'joi',
  '@hapi/joi',
  'yup',
  'celebrate',
  'superstruct',
  'io-ts',
  'runtypes',
  'arktype',
]);

/** Names of schema types that admit only fixed or harmless values, such as `enum` and `uuid`. */
export const wholeTypes: ReadonlySet<string> = new Set(
  `number int bigint boolean date enum enums nativeEnum literal picklist keyof uuid guid cuid cuid2 ulid nanoid null undefined
  stringbool bool valid equal oneOf hex isoDate integer`.split(/\s+/),
);

/**
 * Matches names of schema types that admit only harmless values, in libraries where such a type is a plain value and not a
 * function: io-ts has `t.number`, and runtypes has `Number`, where zod has the call `z.number()`.
 */
export const wholeValues: RegExp = /^(?:number|int|integer|boolean|bigint|null|nullType|undefined|uuid)$/i;

export const textTypes: ReadonlySet<string> = new Set(['string']);

/** Names of schema types for strings of a limited alphabet, each with a regular expression for these strings. */
export const alphabetTypes: ReadonlyMap<string, string> = new Map([
  ['hostname', '[a-zA-Z0-9.-]+'],
  ['domain', '[a-zA-Z0-9.-]+'],
  ['alphanum', '[a-zA-Z0-9]+'],
  ['token', '[a-zA-Z0-9_]+'],
]);

/**
 * Names of a schema's methods that return a variant of the schema: `z.string().optional()`. The variant is treated as the
 * same schema.
 */
export const keepingMethods: ReadonlySet<string> = new Set(
  `optional nullable nullish default min max length trim toLowerCase toUpperCase describe strict strip catch refine superRefine
  brand readonly int positive nonnegative finite partial nonempty gte lte gt lt safe required openapi integer lowercase uppercase
  label messages noUnknown single unique options allow empty size trimmed defaulted coerce exact withConstraint withBrand
  optionalKey exactOptional`.split(/\s+/),
);

/**
 * Names of methods and functions that make a schema accept invalid data too, and return another value for such data:
 * `z.string().catch('')`.
 */
export const convertingMethods: ReadonlySet<string> = new Set(
  'catch empty coerce defaulted failover'.split(' '),
);

/** Names of methods that make an object schema accept unknown fields: `z.object({ ... }).passthrough()`. */
export const openingMethods: ReadonlySet<string> = new Set(['passthrough', 'loose', 'unknown', 'catchall']);

/**
 * Names of library functions that validate data by a schema: `v.parse(schema, body)`. The two arguments may be in either
 * order.
 */
export const applyingFunctions: ReadonlySet<string> = new Set([
  'parse',
  'parseAsync',
  'safeParse',
  'safeParseAsync',
  'attempt',
  'create',
  'mask',
]);

/**
 * Names of functions and methods that make an object schema from its fields: `z.object({ ... })`, `schema.extend({ ... })`.
 */
export const objectTypes: ReadonlySet<string> = new Set(
  'object strictObject looseObject extend keys shape append merge type partial strict'.split(' '),
);

/**
 * Names of functions and methods that throw if the validated data is invalid: `schema.parse(body)`, `assert(body, schema)`.
 */
export const throwingCalls: ReadonlySet<string> = new Set(
  'parse assert attempt validateSync check create mask'.split(' '),
);
/** Names of methods whose promise is rejected if the validated data is invalid: `await schema.parseAsync(body)`. */
export const rejectingCalls: ReadonlySet<string> = new Set(['parseAsync', 'validateAsync']);
/** Names of functions and methods that return whether the data is valid: `is(body, schema)`. */
export const askingCalls: ReadonlySet<string> = new Set('is isValidSync guard allows'.split(' '));
