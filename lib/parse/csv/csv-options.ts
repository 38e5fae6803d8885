import { knownOptions } from '../../internal/known-options.ts';
import type { StandardSchema } from '../../internal/standard-schema.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { readSchema } from '../apply-schema.ts';
import { limit } from '../limit.ts';

export type Delimiter = ',' | ';' | '\t' | '|';

export interface CsvOptions<T = unknown> {
  /** Validates each row, and gives the result its type. Values are strings: use `z.coerce` and the like. It must be synchronous. */
  readonly schema?: StandardSchema<T>;
  /** What separates fields. A comma by default. */
  readonly delimiter?: Delimiter;
  /** Whether the first row has the names of the columns. True by default. Without names, each row is a list. */
  readonly header?: boolean;
  /** The names of the columns, for a text without a row of names. */
  readonly columns?: readonly string[];
  /** The most bytes of UTF-8. 5,000,000 by default; 100,000,000 for `readCsv`. */
  readonly maxBytes?: number;
  /** The most rows. 100,000 by default; 1,000,000 for `readCsv`. */
  readonly maxRows?: number;
  /** The most fields of a row. 1,000 by default. */
  readonly maxColumns?: number;
  /** The most characters of a field. 100,000 by default. */
  readonly maxFieldLength?: number;
  /** Keeps the apostrophe that `formatCsv` writes before a formula. By default, it is removed, so that you read what was written. */
  readonly keepFormulaQuotes?: boolean;
}

export interface CsvLimits {
  readonly delimiter: Delimiter;
  readonly maxBytes: number;
  readonly maxRows: number;
  readonly maxColumns: number;
  readonly maxFieldLength: number;
}

export interface CsvPolicy<T> extends CsvLimits {
  readonly schema: StandardSchema<T> | undefined;
  readonly header: boolean;
  readonly columns: readonly string[] | undefined;
  readonly keepFormulaQuotes: boolean;
}

/** @throws Misuse `bulwark/invalid-option` */
export function csvPolicy<T>(
  options: CsvOptions<T>,
  defaults: { readonly maxBytes: number; readonly maxRows: number },
): CsvPolicy<T> {
  const own = knownOptions(options, [
    ...(['schema', 'delimiter', 'header', 'columns', 'maxBytes', 'maxRows'] as const),
    ...(['maxColumns', 'maxFieldLength', 'keepFormulaQuotes'] as const),
  ]);
  const { columns, header = columns === undefined, keepFormulaQuotes = false } = own;
  if (typeof header !== 'boolean' || typeof keepFormulaQuotes !== 'boolean') {
    throw new Misuse('bulwark/invalid-option', 'header and keepFormulaQuotes take true or false.');
  }
  if (columns !== undefined && (header || !areNames(columns))) {
    throw new Misuse(
      'bulwark/invalid-option',
      "columns takes a list of different names, such as ['id', 'name'], for a text whose first row has no names.",
    );
  }
  return {
    schema: readSchema(own.schema),
    ...{ header, columns, keepFormulaQuotes, delimiter: readDelimiter(own.delimiter) },
    maxBytes: limit('maxBytes', own.maxBytes, defaults.maxBytes, 1, 1e12),
    maxRows: limit('maxRows', own.maxRows, defaults.maxRows, 0, 1e9),
    maxColumns: limit('maxColumns', own.maxColumns, 1_000, 1, 100_000),
    maxFieldLength: limit('maxFieldLength', own.maxFieldLength, 100_000, 0, 100_000_000),
  };
}

/** @throws Misuse `bulwark/invalid-option` */
export function readDelimiter(delimiter: unknown = ','): Delimiter {
  if (delimiter === ',' || delimiter === ';' || delimiter === '\t' || delimiter === '|') return delimiter;
  throw new Misuse('bulwark/invalid-option', 'delimiter is a comma, a semicolon, a tab or a vertical bar.');
}

export function areNames(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((name) => typeof name === 'string' && name !== '__proto__') &&
    new Set(value).size === value.length
  );
}
