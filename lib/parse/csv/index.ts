/**
 * Reads CSV (RFC 4180) within limits, and writes it so that no spreadsheet runs a cell as a formula.
 *
 * @module
 */
export type { CsvOptions } from './csv-options.ts';
export { type CsvRow, type CsvValue, formatCsv, formatCsvStream } from './format-csv.ts';
export type { FormatCsvOptions } from './format-options.ts';
export { parseCsv } from './parse-csv.ts';
export { readCsv } from './read-csv.ts';
