/**
 * @nestjs/mapped-types 2, also in @nestjs/swagger and @nestjs/graphql: functions that derive a class from the fields of
 * another one, with their decorators of class-validator. Documentation: https://docs.nestjs.com/openapi/mapped-types
 */
export const mappedTypePackages: ReadonlySet<string> = new Set([
  '@nestjs/mapped-types',
  '@nestjs/swagger',
  '@nestjs/graphql',
]);

/** Which fields are kept: all, those of each class, the named ones, or all but the named ones. */
export const mappedTypes: ReadonlyMap<string, 'all' | 'each' | 'named' | 'others'> = new Map([
  ['PartialType', 'all'],
  ['IntersectionType', 'each'],
  ['PickType', 'named'],
  ['OmitType', 'others'],
]);
