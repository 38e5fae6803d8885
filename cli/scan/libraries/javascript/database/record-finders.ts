/**
 * Methods of models: Prisma 5 to 7, Mongoose 8, Sequelize 6, TypeORM. Documentation:
 * https://www.prisma.io/docs/orm/reference/prisma-client-reference, https://mongoosejs.com/docs/api/model.html
 */

/**
 * Names of ORM methods that return the one record that a key or condition selects, or nothing:
 * `user.findUnique({ where: { id } })`.
 */
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

/**
 * Names of ORM methods whose first argument is a record's key itself, not an object with conditions: `User.findById(id)`.
 */
export const recordIdFinders: ReadonlySet<string> = new Set(['findByPk', 'findById']);

/** Names of ORM methods that create records: `User.create(fields)`. */
export const recordMakers: ReadonlySet<string> = new Set([
  'create',
  'createMany',
  'upsert',
  'insert',
  'insertMany',
  'bulkCreate',
  'save',
]);

/**
 * Names of ORM methods that return records. The records have all of their fields, unless an option such as `select` limits
 * them.
 */
export const recordFinders: ReadonlySet<string> = new Set([
  ...recordKeyFinders,
  'findMany',
  'findAll',
  'create',
  'update',
  'upsert',
]);

/**
 * Names of options by which a call of an ORM selects or excludes fields of the returned records:
 * `user.findMany({ select: { id: true } })`.
 */
export const recordOptions: ReadonlySet<string> = new Set([
  'select',
  'omit',
  'attributes',
  'projection',
  'fields',
]);
