/**
 * The names of schema types in validation libraries: zod 3 and 4, valibot 1, joi 17 and 18, yup 1, celebrate 15,
 * superstruct 2, io-ts 2, runtypes 6 and 7, arktype 2. Documentation: the README of each.
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

/** Types whose values are fixed or harmless. */
export const wholeTypes: ReadonlySet<string> = new Set(
  `number int bigint boolean date enum enums nativeEnum literal picklist keyof uuid guid cuid cuid2 ulid nanoid null undefined
  stringbool bool valid equal oneOf hex isoDate integer`.split(/\s+/),
);

/** Types that are values of a library, not calls: `t.number`, `Number` of runtypes. */
export const wholeValues: RegExp = /^(?:number|int|integer|boolean|bigint|null|nullType|undefined|uuid)$/i;

export const textTypes: ReadonlySet<string> = new Set(['string']);

/** Types of strings of a limited alphabet. */
export const alphabetTypes: ReadonlyMap<string, string> = new Map([
  ['hostname', '[a-zA-Z0-9.-]+'],
  ['domain', '[a-zA-Z0-9.-]+'],
  ['alphanum', '[a-zA-Z0-9]+'],
  ['token', '[a-zA-Z0-9_]+'],
]);

/** Methods that return the same schema. */
export const keepingMethods: ReadonlySet<string> = new Set(
  `optional nullable nullish default min max length trim toLowerCase toUpperCase describe strict strip catch refine superRefine
  brand readonly int positive nonnegative finite partial nonempty gte lte gt lt safe required openapi integer lowercase uppercase
  label messages noUnknown single unique options allow empty size trimmed defaulted coerce exact withConstraint withBrand
  optionalKey exactOptional`.split(/\s+/),
);

/** Methods and functions by which a schema also accepts invalid data, and returns another value for it. */
export const convertingMethods: ReadonlySet<string> = new Set(
  'catch empty coerce defaulted failover'.split(' '),
);

/** Methods by which a schema accepts unknown fields. */
export const openingMethods: ReadonlySet<string> = new Set(['passthrough', 'loose', 'unknown', 'catchall']);

/** Functions that are passed data and a schema, in either order. */
export const applyingFunctions: ReadonlySet<string> = new Set([
  'parse',
  'parseAsync',
  'safeParse',
  'safeParseAsync',
  'attempt',
  'create',
  'mask',
]);

/** Makers of object schemas, from their fields. */
export const objectTypes: ReadonlySet<string> = new Set(
  'object strictObject looseObject extend keys shape append merge type partial strict'.split(' '),
);

/** Calls of a schema, or of a library with one, that throw if the data is invalid. */
export const throwingCalls: ReadonlySet<string> = new Set(
  'parse assert attempt validateSync check create mask'.split(' '),
);
/** The same, for an awaited promise. */
export const rejectingCalls: ReadonlySet<string> = new Set(['parseAsync', 'validateAsync']);
/** Calls that return whether the data is valid. */
export const askingCalls: ReadonlySet<string> = new Set('is isValidSync guard allows'.split(' '));
