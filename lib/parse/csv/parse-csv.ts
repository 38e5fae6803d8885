import type { StandardSchema } from '../../internal/standard-schema.ts';
import { inputText } from '../input-text.ts';
import { type CsvOptions, csvPolicy } from './csv-options.ts';
import { recordReader } from './record-reader.ts';
import { rowMaker } from './row-maker.ts';

/**
 * Parses CSV as RFC 4180 defines it, within limits. All rows must have as many fields as the first, which names the columns. Quotes that don't
 * enclose a whole field, names that occur twice and `__proto__` are refused. The apostrophes that `formatCsv` puts before formulas are removed.
 *
 * @param input a string, or UTF-8 as a Uint8Array
 * @returns the schema's output for each row; without a schema, records of strings, or lists with `header: false`
 * @throws Refusal `parse/*`
 * @throws Misuse `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { parseCsv } from 'bulwark/parse/csv';
 * import { z } from 'zod';
 *
 * parseCsv('id,name\r\n7,"Ada ""A"" Lovelace"'); // [{ id: '7', name: 'Ada "A" Lovelace' }]
 * parseCsv('id,name\n7,Ada', { schema: z.object({ id: z.coerce.number(), name: z.string() }) }); // [{ id: 7, name: 'Ada' }]
 * parseCsv('1;2', { header: false, delimiter: ';' }); // [['1', '2']]
 * ```
 */
export function parseCsv<T>(
  input: string | Uint8Array,
  options: CsvOptions<T> & { readonly schema: StandardSchema<T> },
): T[];
export function parseCsv(
  input: string | Uint8Array,
  options: CsvOptions & { readonly header: false; readonly columns?: never },
): string[][];
export function parseCsv(input: string | Uint8Array, options?: CsvOptions): Record<string, string>[];
export function parseCsv(input: string | Uint8Array, options: CsvOptions = {}): unknown[] {
  const policy = csvPolicy(options, { maxBytes: 5_000_000, maxRows: 100_000 });
  const reader = recordReader(policy);
  const makeRow = rowMaker(policy);
  const rows: unknown[] = [];
  // Piece by piece, so that a limit stops it before all of the text is split.
  const text = inputText(input, policy.maxBytes, 'csv');
  for (let at = 0; at <= text.length; at += piece) {
    const records =
      at + piece > text.length
        ? [...reader.push(text.slice(at)), ...reader.end()]
        : reader.push(text.slice(at, at + piece));
    for (const record of records) {
      const made = makeRow(record);
      if (made !== undefined) rows.push(made.row);
    }
  }
  return rows;
}

const piece = 65_536;
