/**
 * SQL statements whose text comes from a developer and whose values are sent separately. Each driver has its own module, such as
 * `bulwark/sql/pg`.
 *
 * @module
 */

export type {
  CheckedOptions,
  Database,
  Isolation,
  ReadOnlyDatabase,
  StatementOptions,
  StreamOptions,
  TransactionOptions,
} from './database/database.ts';
export { DatabaseError, driverErrorOf } from './database/database-error.ts';
export { type Databases, databases } from './database/databases.ts';
export { type ReadOnlyOptions, readOnly } from './database/databases-read-only.ts';
export type { FailureKind } from './database/failure.ts';
export type { RowSchema } from './database/standard-schema.ts';
export type { AllowedNames } from './fragment/identifier.ts';
export type { JsonStep } from './fragment/json-path.ts';
export { contains, endsWith, startsWith } from './fragment/like.ts';
export type { Part } from './fragment/part-of.ts';
export type { Keyset, KeysetColumn, KeysetOptions } from './order/keyset.ts';
export type { OrderByOptions, SortColumn, SortColumns, SortKey } from './order/order-by.ts';
export { isSql, type Sql } from './query.ts';
export { type SqlTag, sql } from './sql.ts';
export type { Columns, ColumnType } from './table/column-type.ts';
export type { AnyTable, Table } from './table/table.ts';
export type { RecordOptions } from './table/table-record.ts';
export type { InsertRow, UpdateRow } from './table/table-row.ts';
export type { UpsertOptions } from './table/upsert.ts';
export { checkTemplates, type SourceTemplate, type TemplateFinding } from './template/check-templates.ts';
export type { SqlScalar, SqlValue } from './value/sql-value.ts';
