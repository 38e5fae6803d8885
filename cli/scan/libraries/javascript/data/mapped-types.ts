/**
 * Packages with functions that derive a class from another one: @nestjs/mapped-types 2, and packages that re-export its
 * functions. The derived class also gets the class-validator decorators of its fields. Documentation:
 * https://docs.nestjs.com/openapi/mapped-types
 */
export const mappedTypePackages: ReadonlySet<string> = new Set([
  '@nestjs/mapped-types',
  '@nestjs/swagger',
  '@nestjs/graphql',
]);

/**
 * NestJS's functions that derive a class from other classes, such as `PickType(User, ['name'])`, each with the fields that
 * the derived class gets. `all`: all fields of the given class. `each`: all fields of each given class. `named`: the named
 * fields. `others`: all but the named fields.
 */
export const mappedTypes: ReadonlyMap<string, 'all' | 'each' | 'named' | 'others'> = new Map([
  ['PartialType', 'all'],
  ['IntersectionType', 'each'],
  ['PickType', 'named'],
  ['OmitType', 'others'],
]);
