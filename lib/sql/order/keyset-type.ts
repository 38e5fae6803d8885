import { written } from '../fragment/written.ts';
import type { DialectName } from '../lex/dialect-name.ts';
import { fragment, type Sql } from '../query.ts';
import { isIsoDate } from '../value/iso-date.ts';
import { type SqlScalar, takeValue } from '../value/sql-value.ts';

export const keysetTypes = ['string', 'integer', 'decimal', 'number', 'boolean', 'date', 'uuid'] as const;

/** What a key of a keyset holds. `number` is a float, `decimal` keeps every digit, `date` is with or without a time. */
export type KeysetType = (typeof keysetTypes)[number];

/**
 * The text of a value for a cursor, or undefined for what is no value of the type. The same for what a database wrote
 * and for what a client sends.
 */
export function keyText(type: KeysetType, value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  switch (type) {
    case 'string':
      return takeValue(value).allow ? value : undefined;
    case 'integer':
      return whole.test(value) && BigInt(value) >= least && BigInt(value) <= most ? value : undefined;
    case 'decimal':
      return isNumber(value) ? value : undefined;
    case 'number': {
      const text = unscaled(value);
      return isNumber(text) ? text : undefined;
    }
    case 'boolean':
      return booleans.get(value);
    case 'date':
      return isDate(value) ? value : undefined;
    case 'uuid':
      return uuid.test(value) ? value : undefined;
  }
}

const whole = /^-?\d{1,20}$/;
/** Signed 64 bits, and what MySQL's unsigned ones have beyond. */
const least = -(2n ** 63n);
const most = 2n ** 64n - 1n;
const number = /^-?\d{1,400}(?:\.\d{1,400})?(?:e[+-]?\d{1,3})?$/i;
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const booleans: ReadonlyMap<string, string> = new Map([
  ...(['true', '1'] as const).map((text) => [text, 'true'] as const),
  ...(['false', '0'] as const).map((text) => [text, 'false'] as const),
]);

/** Of a float's range, because a database makes an error of what is beyond. PostgreSQL has values of no digits. */
function isNumber(text: string): boolean {
  if (text === 'NaN' || text === 'Infinity' || text === '-Infinity') return true;
  if (!number.test(text)) return false;
  const value = Number(text);
  return Number.isFinite(value) && (value !== 0 || !/[1-9]/.test(text.replace(/e.*/i, '')));
}

/** PostgreSQL writes zones of before the railways with their seconds. */
function isDate(text: string): boolean {
  const plain = text.replace(/([+-]\d\d:\d\d):[0-5]\d$/, '$1');
  return isIsoDate(plain) || text === 'infinity' || text === '-infinity';
}

/** The text of an expression's value, exact: drivers cut dates to milliseconds and whole numbers to 53 bits. */
export function textOf(expression: Sql, type: KeysetType): Sql {
  return fragment({ kind: 'choice', choose: (dialect) => textIn(dialect, expression, type) });
}

function textIn(dialect: DialectName, expression: Sql, type: KeysetType): Sql {
  switch (dialect) {
    case 'postgres':
      // JSON has dates in ISO 8601 whatever DateStyle says.
      if (type === 'date') return expression;
      return type === 'number'
        ? written(['cast(cast(', ' as double precision) as text)'], [expression])
        : written(['cast(', ' as text)'], [expression]);
    case 'mysql':
      // A float of 32 bits is compared as one of 64.
      return written(['cast(', type === 'number' ? ' + 0e0 as char)' : ' as char)'], [expression]);
    case 'sqlite':
      if (type !== 'number' && type !== 'decimal') return written(['cast(', ' as text)'], [expression]);
      return sqliteNumber(expression);
  }
}

/**
 * SQLite before 3.53 writes 17 digits of a float exactly between about 2^-266 and 2^390, and not beyond. What is beyond is
 * brought there by a power of two, which changes no digit of it; the power stands behind a `p`.
 */
function sqliteNumber(expression: Sql): Sql {
  const digits = "printf('%!.17g', v";
  return written(
    [
      "(select case when typeof(v) <> 'real' then cast(v as text) when abs(v) > ",
      ` then ${digits} * `,
      `) || 'p640' when v <> 0 and abs(v) < `,
      ` then ${digits} * `,
      `) || 'p-1000' when v <> 0 and abs(v) < `,
      ` then ${digits} * `,
      `) || 'p-640' else ${digits}) end from (select `,
      ' as v))',
    ],
    [2 ** 380, 2 ** -640, 2 ** -900, 2 ** 1000, 2 ** -260, 2 ** 640, expression],
  );
}

/** The number that SQLite wrote with a power of two; any other text as it is. */
function unscaled(text: string): string {
  const [, digits, power] = /^(-?\d[\d.e+-]{0,39})p(-?640|-1000)$/.exec(text) ?? [];
  return digits === undefined ? text : String(Number(digits) * 2 ** Number(power));
}

/** The value that a text stands for, to be compared with the column it came from. */
export function boundValue(text: string, type: KeysetType): Sql {
  return fragment({ kind: 'choice', choose: (dialect) => valueIn(dialect, text, type) });
}

function valueIn(dialect: DialectName, text: string, type: KeysetType): Sql {
  if (dialect === 'sqlite') return written(['', ''], [sqliteValue(text, type)]);
  const [before, after] = (dialect === 'postgres' ? postgresCast : mysqlCast)(text, type);
  const value = dialect === 'mysql' && type === 'boolean' ? String(Number(text === 'true')) : text;
  return written([before, after], [value]);
}

/** Without a cast the server takes the column's own type, such as one of an extension, or a date without a time. */
function postgresCast(text: string, type: KeysetType): readonly [string, string] {
  switch (type) {
    case 'string':
    case 'date':
      return ['', ''];
    case 'integer':
      return ['cast(', BigInt.asIntN(64, BigInt(text)) === BigInt(text) ? ' as bigint)' : ' as numeric)'];
    case 'decimal':
      return ['cast(', ' as numeric)'];
    case 'number':
      return ['cast(', ' as double precision)'];
    case 'boolean':
    case 'uuid':
      return ['cast(', ` as ${type})`];
  }
}

/** MySQL compares a number with a text as floats of 64 bits, in which many whole numbers and decimals are equal. */
function mysqlCast(text: string, type: KeysetType): readonly [string, string] {
  switch (type) {
    case 'string':
    case 'uuid':
      return ['', ''];
    case 'date':
      return ['cast(', ' as datetime(6))'];
    case 'integer':
      return ['cast(', BigInt.asIntN(64, BigInt(text)) === BigInt(text) ? ' as signed)' : ' as unsigned)'];
    case 'decimal':
      return ['cast(', ' as decimal(65, 30))'];
    case 'number':
      return ['(', ' + 0e0)'];
    case 'boolean':
      return ['cast(', ' as signed)'];
  }
}

/** SQLite compares numbers exactly, but no text with one. */
function sqliteValue(text: string, type: KeysetType): SqlScalar {
  if (type === 'boolean') return text === 'true';
  if (type !== 'integer' && type !== 'decimal' && type !== 'number') return text;
  if (whole.test(text)) {
    const value = BigInt(text);
    return BigInt.asIntN(64, value) === value ? value : Number(text);
  }
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}
