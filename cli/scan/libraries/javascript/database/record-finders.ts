/**
 * Methods of models: Prisma 5 to 7, Mongoose 8, Sequelize 6, TypeORM. Documentation:
 * https://www.prisma.io/docs/orm/reference/prisma-client-reference, https://mongoosejs.com/docs/api/model.html
 */

/** Methods that return one record, or nothing, for a key. */
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

/** Methods whose first argument is the key itself. */
export const recordIdFinders: ReadonlySet<string> = new Set(['findByPk', 'findById']);

/** Methods that create a record. */
export const recordMakers: ReadonlySet<string> = new Set([
  'create',
  'createMany',
  'upsert',
  'insert',
  'insertMany',
  'bulkCreate',
  'save',
]);

/** Methods that return whole records. */
export const recordFinders: ReadonlySet<string> = new Set([
  ...recordKeyFinders,
  'findMany',
  'findAll',
  'create',
  'update',
  'upsert',
]);

/** Options that select or exclude fields of a record. */
export const recordOptions: ReadonlySet<string> = new Set([
  'select',
  'omit',
  'attributes',
  'projection',
  'fields',
]);
