import type { SchemaIssue, SchemaResult, StandardSchema } from '../../internal/standard-schema.ts';

/** What zod, valibot, ArkType and others share: Standard Schema, version 1 (standardschema.dev). It checks one row. */
export type RowSchema<Row = unknown> = StandardSchema<Row>;

/** The validated row, or the problems found. */
export type Checked<Row> = SchemaResult<Row>;

export type Issue = SchemaIssue;
