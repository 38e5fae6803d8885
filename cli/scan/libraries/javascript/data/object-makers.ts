/**
 * Functions whose result is an object, an instance of a class, or a list of these, and never a string. Documentation:
 * https://github.com/typestack/class-transformer
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
