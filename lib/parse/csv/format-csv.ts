import { Misuse } from '../../refusal/misuse.ts';
import type { Delimiter } from './csv-options.ts';
import { type FormatCsvOptions, type FormatPolicy, formatPolicy } from './format-options.ts';
import { quoteFormulas } from './formula.ts';

/** The values of a cell. Null and undefined are empty; a date is written in UTC, in ISO 8601. */
export type CsvValue = string | number | bigint | boolean | Date | null | undefined;

/** A record by column, or a list. */
export type CsvRow = Readonly<Record<string, CsvValue>> | readonly CsvValue[];

/**
 * Writes CSV (RFC 4180) in which no cell is a formula (CWE-1236): text that a spreadsheet would run gets an apostrophe in front. Numbers stay as
 * they are, and so does text that is a number, a telephone number or a date. `parseCsv` reads the same text back.
 *
 * @returns the text, with CRLF after each row
 * @throws Misuse `bulwark/invalid-option`, also for a value that isn't text, a number, a boolean or a date, and for a property that isn't a column
 *
 * @example
 * ```ts
 * import { formatCsv } from 'bulwark/parse/csv';
 *
 * formatCsv([{ name: '=HYPERLINK("https://evil.example")', phone: '+49 30 123456', balance: -12.5 }]);
 * // name,phone,balance
 * // "'=HYPERLINK(""https://evil.example"")",+49 30 123456,-12.5
 * ```
 */
export function formatCsv(rows: Iterable<CsvRow>, options: FormatCsvOptions = {}): string {
  const write = rowWriter(formatPolicy(options));
  let text = '';
  for (const row of rows) text += write(row);
  return text + write(undefined);
}

/**
 * Writes CSV like `formatCsv`, in pieces of a few kilobytes: for `Readable.from`, or the body of a response.
 *
 * @example
 * ```ts
 * import { pipeline } from 'node:stream/promises';
 * import { formatCsvStream } from 'bulwark/parse/csv';
 *
 * await pipeline(formatCsvStream([{ id: 1 }, { id: 2 }]), process.stdout);
 * ```
 */
export function formatCsvStream(
  rows: Iterable<CsvRow> | AsyncIterable<CsvRow>,
  options: FormatCsvOptions = {},
): AsyncGenerator<string, void> {
  return piecesOf(rows, rowWriter(formatPolicy(options)));
}

async function* piecesOf(
  rows: Iterable<CsvRow> | AsyncIterable<CsvRow>,
  write: RowWriter,
): AsyncGenerator<string, void> {
  let text = '';
  for await (const row of rows) {
    text += write(row);
    if (text.length < 16_384) continue;
    yield text;
    text = '';
  }
  yield text + write(undefined);
}

/** Writes a row; undefined ends the rows. */
type RowWriter = (row: CsvRow | undefined) => string;

function rowWriter(policy: FormatPolicy): RowWriter {
  const { delimiter } = policy;
  let columns = policy.columns;
  let known: ReadonlySet<string> | undefined;
  let isFirst = true;

  const lineOf = (fields: readonly string[]): string =>
    // An empty line is not a row.
    `${fields.length === 1 && fields[0] === '' ? '""' : fields.join(delimiter)}\r\n`;

  function opening(row: CsvRow | undefined): string {
    isFirst = false;
    if (!Array.isArray(row)) columns ??= row && Object.keys(row).map((name) => [name, name] as const);
    const titles = policy.header
      ? columns?.map(([, title]) => field(quoteFormulas(title, delimiter), delimiter))
      : undefined;
    return (policy.bom ? '\ufeff' : '') + (titles ? lineOf(titles) : '');
  }

  return (row) => {
    const start = isFirst ? opening(row) : '';
    if (row === undefined) return start;
    const cells = Array.isArray(row)
      ? cellsOf(row, columns)
      : propertiesOf(row as Readonly<Record<string, CsvValue>>);
    return start + lineOf(cells.map(([name, value]) => field(textOf(name, value), delimiter)));
  };

  function textOf(name: string, value: CsvValue): string {
    if (typeof value === 'string')
      return policy.allowFormulas.has(name) ? value : quoteFormulas(value, delimiter);
    if (value === undefined || value === null) return '';
    if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
      return String(value);
    if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
    throw new Misuse(
      'bulwark/invalid-option',
      `The column ${JSON.stringify(name)} has a value that is not text, a number, a boolean or a date. Convert it first.`,
    );
  }

  function propertiesOf(row: Readonly<Record<string, CsvValue>>): readonly (readonly [string, CsvValue])[] {
    if (typeof row !== 'object' || row === null || columns === undefined) {
      throw new Misuse('bulwark/invalid-option', 'All rows must be records, or all must be lists.');
    }
    known ??= new Set(columns.map(([name]) => name));
    const unknown = policy.columns === undefined && Object.keys(row).find((name) => !known?.has(name));
    if (typeof unknown === 'string') {
      throw new Misuse(
        'bulwark/invalid-option',
        `A row has the property ${JSON.stringify(unknown.slice(0, 64))}, which the first row does not have. List the columns.`,
      );
    }
    return columns.map(([name]) => [name, Object.hasOwn(row, name) ? row[name] : undefined]);
  }
}

function cellsOf(
  row: readonly CsvValue[],
  columns: FormatPolicy['columns'],
): readonly (readonly [string, CsvValue])[] {
  if (columns !== undefined && row.length !== columns.length) {
    throw new Misuse('bulwark/invalid-option', 'A row that is a list needs one value for each column.');
  }
  return Array.from(row, (value, i) => [columns?.[i]?.[0] ?? String(i), value] as const);
}

function field(text: string, delimiter: Delimiter): string {
  // A byte order mark in the text would be taken for the file's own.
  const isQuoted = text.includes(delimiter) || /["\r\n]|^[\s\ufeff]|\s$/.test(text);
  return isQuoted ? `"${text.replaceAll('"', '""')}"` : text;
}
