import { types } from 'node:util';
import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { json } from '../fragment/json.ts';
import { written } from '../fragment/written.ts';
import { fragment, type Hole, isSql } from '../query.ts';
import { instantOf, isIsoDate } from '../value/iso-date.ts';
import { type BoundValue, takeValue } from '../value/sql-value.ts';
import type { ColumnDefinition } from './column-type.ts';

/** A column of a table: how records name it, and how the database does. */
export interface Column extends ColumnDefinition {
  readonly key: string;
  readonly name: string;
}

/**
 * A value for a column, as it is bound: of the column's type, read once. A fragment of the tag is kept: no client can
 * send one. Refusals tell the column and its type, never the value.
 */
export function columnValue(table: string, column: Column, value: unknown): Hole {
  if (isSql(value)) return value;
  const place = `${table}.${column.name}`;
  if (value === undefined) {
    return refuse(deny('sql/missing-value', { type: 'undefined', column: place }, undefinedHint));
  }
  if (value === null) return column.nullable ? null : wrong(place, column, null);
  if (column.base === 'json') return json(value);
  const taken = takeValue(value);
  if (!taken.allow) return refuse({ ...taken, detail: { ...taken.detail, column: place } });
  if (!column.list) {
    if (!fits(column.base, taken.value)) return wrong(place, column, taken.value);
    return column.base === 'date' ? dateValue(taken.value) : taken.value;
  }
  if (!isList(taken.value)) return wrong(place, column, taken.value);
  for (const item of taken.value) {
    if (!fits(column.base, item)) return wrong(place, column, item);
  }
  return taken.value;
}

function fits(base: Exclude<ColumnDefinition['base'], 'json'>, value: BoundValue): boolean {
  switch (base) {
    case 'any':
      return !Array.isArray(value);
    case 'string':
      return typeof value === 'string';
    case 'integer':
      return Number.isSafeInteger(value) || (typeof value === 'bigint' && value >= least && value <= most);
    case 'number':
      return typeof value === 'number' || typeof value === 'bigint';
    case 'decimal':
      return typeof value === 'string'
        ? value.length <= 1000 && decimal.test(value)
        : typeof value === 'number' || typeof value === 'bigint';
    case 'boolean':
      return typeof value === 'boolean';
    case 'date':
      return typeof value === 'string' ? isIsoDate(value) : types.isDate(value);
    case 'bytes':
      return types.isUint8Array(value);
  }
}

/** MariaDB takes no zone in a text, and of MySQL only later ones take some: there an instant is bound as a Date is. */
function dateValue(value: BoundValue): Hole {
  const instant = typeof value === 'string' ? instantOf(value) : undefined;
  if (!instant) return value;
  const [date, text] = [written(['', ''], [instant]), written(['', ''], [value])];
  return fragment({ kind: 'choice', choose: (dialect) => (dialect === 'mysql' ? date : text) });
}

const decimal = /^-?\d+(?:\.\d+)?$/;
/** Signed 64 bits, and what MySQL's unsigned ones have beyond. */
const least = -(2n ** 63n);
const most = 2n ** 64n - 1n;

function isList(value: BoundValue): value is readonly Exclude<BoundValue, readonly unknown[]>[] {
  return Array.isArray(value);
}

function wrong(column: string, { base, list, nullable }: Column, value: unknown): never {
  const wants = `${base}${list ? '[]' : ''}${nullable ? ' or null' : ''}`;
  return refuse(deny('sql/wrong-type', { column, wants, got: kindOf(value) }));
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (types.isDate(value)) return 'date';
  return types.isUint8Array(value) ? 'bytes' : typeof value;
}

const undefinedHint = 'Leave the key out, or write `null` if a missing value means NULL.';
