/**
 * Names of functions, by package, that never return a string. They return an object, an instance of a class, or a list of
 * these. Documentation: https://github.com/typestack/class-transformer
 */
export const objectMakers: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'class-transformer',
    new Set([
      'plainToInstance',
      'plainToClass',
      'plainToClassFromExist',
      'instanceToPlain',
      'classToPlain',
      'classToPlainFromExist',
      'instanceToInstance',
      'classToClass',
      'classToClassFromExist',
    ]),
  ],
]);
