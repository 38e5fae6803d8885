/**
 * Methods of models: Prisma 5 to 7, Mongoose 8, Sequelize 6, TypeORM. Documentation:
 * https://www.prisma.io/docs/orm/reference/prisma-client-reference, https://mongoosejs.com/docs/api/model.html
 */

/** Names of methods that return the one record that a key selects, or nothing: `user.findUnique({ where: { id } })`. */
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

/** Names of methods whose first argument is a record's key itself, not an object with conditions: `User.findById(id)`. */
export const recordIdFinders: ReadonlySet<string> = new Set(['findByPk', 'findById']);

/** Names of methods that create records. */
export const recordMakers: ReadonlySet<string> = new Set([
  'create',
  'createMany',
  'upsert',
  'insert',
  'insertMany',
  'bulkCreate',
  'save',
]);

/** Names of methods that return records with all of their fields, unless an option selects some. */
export const recordFinders: ReadonlySet<string> = new Set([
  ...recordKeyFinders,
  'findMany',
  'findAll',
  'create',
  'update',
  'upsert',
]);

/** Names of options by which a call selects or excludes fields of the returned records. */
export const recordOptions: ReadonlySet<string> = new Set([
  'select',
  'omit',
  'attributes',
  'projection',
  'fields',
]);
