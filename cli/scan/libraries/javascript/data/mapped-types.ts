/**
 * @nestjs/mapped-types 2, also as @nestjs/swagger and @nestjs/graphql have them: functions that make a class of another's fields, with
 * their decorators of class-validator. Documentation: https://docs.nestjs.com/openapi/mapped-types
 */
export const mappedTypePackages: ReadonlySet<string> = new Set([
  '@nestjs/mapped-types',
  '@nestjs/swagger',
  '@nestjs/graphql',
]);

/** Which fields are kept: all, those of each class, those that are named, or all but those. */
export const mappedTypes: ReadonlyMap<string, 'all' | 'each' | 'named' | 'others'> = new Map([
  ['PartialType', 'all'],
  ['IntersectionType', 'each'],
  ['PickType', 'named'],
  ['OmitType', 'others'],
]);
