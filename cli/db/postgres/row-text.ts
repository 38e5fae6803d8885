import type { Row } from './postgres-check.ts';
import { identifier, qualified } from './quote.ts';

/** A column as text. Catalogs have no other. */
export function text(row: Row, column: string): string {
  return String(row[column] ?? '');
}

/** `"public"."orders"`, of the columns schema and name. */
export function object(row: Row): string {
  return qualified(text(row, 'schema'), text(row, 'name'));
}

/** `"public"."pay"("pg_catalog"."int4")`, of schema, name and arguments. */
export function routine(row: Row): string {
  const pairs = row['arguments'] as readonly (readonly [string, string])[];
  return `${object(row)}(${pairs.map(([schema, name]) => qualified(schema, name)).join(', ')})`;
}

/** `public` or the quoted role, of the column grantee. */
export function grantee(row: Row): string {
  return row['grantee'] === null ? 'public' : identifier(text(row, 'grantee'));
}
