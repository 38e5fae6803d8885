/**
 * Packages with functions that derive a class from the fields of another class and their decorators of class-validator:
 * @nestjs/mapped-types 2, and the packages that export its functions too. Documentation:
 * https://docs.nestjs.com/openapi/mapped-types
 */
export const mappedTypePackages: ReadonlySet<string> = new Set([
  '@nestjs/mapped-types',
  '@nestjs/swagger',
  '@nestjs/graphql',
]);

/**
 * Which fields the derived class has, by the name of the function that derives it. `all`: all fields of the given class.
 * `each`: all fields of each given class. `named`: the named fields. `others`: all but the named fields.
 */
export const mappedTypes: ReadonlyMap<string, 'all' | 'each' | 'named' | 'others'> = new Map([
  ['PartialType', 'all'],
  ['IntersectionType', 'each'],
  ['PickType', 'named'],
  ['OmitType', 'others'],
]);
