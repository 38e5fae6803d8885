/**
 * Methods of models: Prisma 5 to 7, Mongoose 8, Sequelize 6, TypeORM. Documentation:
 * https://www.prisma.io/docs/orm/reference/prisma-client-reference, https://mongoosejs.com/docs/api/model.html
 */

/** Those that give one record, or nothing, for a key. */
export const recordKeyFinders: ReadonlySet<string> = new Set([
  'findUnique',
  'findUniqueOrThrow',
  'findFirst',
  'findFirstOrThrow',
  'findOne',
  'findOneBy',
  'findOneOrFail',
  'findOneByOrFail',
  'findByPk',
  'findById',
]);

/** Those that are given the key alone first. */
export const recordIdFinders: ReadonlySet<string> = new Set(['findByPk', 'findById']);

/** Those that make one. */
export const recordMakers: ReadonlySet<string> = new Set([
  'create',
  'createMany',
  'upsert',
  'insert',
  'insertMany',
  'bulkCreate',
  'save',
]);

/** Those that give whole records. */
export const recordFinders: ReadonlySet<string> = new Set([
  ...recordKeyFinders,
  'findMany',
  'findAll',
  'create',
  'update',
  'upsert',
]);

/** Options by which a record comes with some of its fields, or without some. */
export const recordOptions: ReadonlySet<string> = new Set([
  'select',
  'omit',
  'attributes',
  'projection',
  'fields',
]);
