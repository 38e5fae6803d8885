/**
 * SQL statements whose text comes from a developer and whose values are sent separately. Each driver has its own module, such as
 * `bulwark/sql/pg`.
 *
 * @module
 */

export { checkTemplates, type SourceTemplate, type TemplateFinding } from './check-templates.ts';
export type { Columns, ColumnType } from './column-type.ts';
export type {
  CheckedOptions,
  Database,
  Isolation,
  ReadOnlyDatabase,
  StatementOptions,
  StreamOptions,
  TransactionOptions,
} from './database/database.ts';
export { DatabaseError, driverErrorOf, type FailureKind } from './database/database-error.ts';
export type { RowSchema } from './database/standard-schema.ts';
export { type Databases, databases } from './databases.ts';
export { type ReadOnlyOptions, readOnly } from './databases-read-only.ts';
export type { AllowedNames } from './identifier.ts';
export type { JsonStep } from './json-path.ts';
export type { Keyset, KeysetColumn, KeysetOptions } from './keyset.ts';
export { contains, endsWith, startsWith } from './like.ts';
export type { OrderByOptions, SortColumn, SortColumns, SortKey } from './order-by.ts';
export type { Part } from './part-of.ts';
export { isSql, type Sql } from './query.ts';
export { type SqlTag, sql } from './sql.ts';
export type { SqlScalar, SqlValue } from './sql-value.ts';
export type { AnyTable, Table } from './table.ts';
export type { RecordOptions } from './table-record.ts';
export type { InsertRow, UpdateRow } from './table-row.ts';
export type { UpsertOptions } from './upsert.ts';
