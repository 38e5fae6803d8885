/**
 * What libraries that validate data call the types of their schemas: zod 3 and 4, valibot 1, joi 17 and 18, yup 1, celebrate 15,
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

/** Types that leave nothing to choose, or nothing that does harm. */
export const wholeTypes: ReadonlySet<string> = new Set(
  `number int bigint boolean date enum enums nativeEnum literal picklist keyof uuid guid cuid cuid2 ulid nanoid null undefined
  stringbool bool valid equal oneOf hex isoDate integer`.split(/\s+/),
);

/** Types that are values of a library and no calls: `t.number`, `Number` of runtypes. */
export const wholeValues: RegExp = /^(?:number|int|integer|boolean|bigint|null|nullType|undefined|uuid)$/i;

export const textTypes: ReadonlySet<string> = new Set(['string']);

/** Types of which all texts are of these signs. */
export const alphabetTypes: ReadonlyMap<string, string> = new Map([
  ['hostname', '[a-zA-Z0-9.-]+'],
  ['domain', '[a-zA-Z0-9.-]+'],
  ['alphanum', '[a-zA-Z0-9]+'],
  ['token', '[a-zA-Z0-9_]+'],
]);

/** Methods that leave a schema what it is. */
export const keepingMethods: ReadonlySet<string> = new Set(
  `optional nullable nullish default min max length trim toLowerCase toUpperCase describe strict strip catch refine superRefine
  brand readonly int positive nonnegative finite partial nonempty gte lte gt lt safe required openapi integer lowercase uppercase
  label messages noUnknown single unique options allow empty size trimmed defaulted coerce exact withConstraint withBrand
  optionalKey exactOptional`.split(/\s+/),
);

/** Methods, and functions, by which a schema also takes what is not as it says, and gives something else for it. */
export const convertingMethods: ReadonlySet<string> = new Set(
  'catch empty coerce defaulted failover'.split(' '),
);

/** Methods by which a schema lets fields through that it does not name. */
export const openingMethods: ReadonlySet<string> = new Set(['passthrough', 'loose', 'unknown', 'catchall']);

/** Functions that are given data and a schema, in either order. */
export const applyingFunctions: ReadonlySet<string> = new Set([
  'parse',
  'parseAsync',
  'safeParse',
  'safeParseAsync',
  'attempt',
  'create',
  'mask',
]);

/** Makers of schemas of objects, by their fields. */
export const objectTypes: ReadonlySet<string> = new Set(
  'object strictObject looseObject extend keys shape append merge type partial strict'.split(' '),
);

/** Calls of a schema, or of a library with one, that throw where the data is not what the schema says. */
export const throwingCalls: ReadonlySet<string> = new Set(
  'parse assert attempt validateSync check create mask'.split(' '),
);
/** The same, where the promise that they give is waited for. */
export const rejectingCalls: ReadonlySet<string> = new Set(['parseAsync', 'validateAsync']);
/** Calls that are true where it is. */
export const askingCalls: ReadonlySet<string> = new Set('is isValidSync guard allows'.split(' '));
