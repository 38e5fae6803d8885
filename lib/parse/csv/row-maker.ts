import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { applySchema } from '../apply-schema.ts';
import { shownKey } from '../shown-key.ts';
import type { CsvPolicy } from './csv-options.ts';
import { unquoteFormulas } from './formula.ts';

const format = 'csv';

/**
 * Makes rows of records: the first record names the columns, and all must have as many fields.
 *
 * @returns a function that returns a row for a record, or undefined for the record with the names
 */
export function rowMaker<T>(
  policy: CsvPolicy<T>,
): (record: readonly string[]) => { readonly row: T } | undefined {
  let { columns } = policy;
  let width = columns?.length;
  let rows = 0;
  let isStarted = false;

  return (written) => {
    const record = policy.keepFormulaQuotes
      ? written
      : written.map((field) => unquoteFormulas(field, policy.delimiter));
    if (!isStarted && (policy.header || columns !== undefined) && isDelimiterLine(record)) {
      refuse(
        deny(
          'parse/invalid-syntax',
          { format, reason: 'a first line that names the delimiter', line: 1, column: 1 },
          delimiterHint,
        ),
      );
    }
    isStarted = true;
    if (policy.header && columns === undefined) {
      columns = names(record);
      width = columns.length;
      return undefined;
    }
    width ??= record.length;
    if (record.length !== width) {
      const reason = 'a row with more or fewer fields than the first';
      refuse(
        deny('parse/invalid-syntax', { format, reason, line: rows + (policy.header ? 2 : 1), column: 1 }),
      );
    }
    rows++;
    if (rows > policy.maxRows)
      refuse(deny('parse/too-many', { format, what: 'maxRows', most: policy.maxRows }));
    const row =
      columns === undefined ? record : Object.fromEntries(columns.map((name, i) => [name, record[i]]));
    return { row: applySchema(policy.schema, row, format, [rows - 1]) };
  };
}

const delimiterHint =
  'Spreadsheet programs write a line such as `sep=;` for themselves. Remove it, and set the option `delimiter` to the character that it names.';

/** `sep=;`, which splits into two fields if it names the delimiter itself. */
function isDelimiterLine(record: readonly string[]): boolean {
  const [first = '', second] = record;
  return record.length === 1
    ? /^sep=.$/i.test(first)
    : record.length === 2 && /^sep=$/i.test(first) && second === '';
}

function names(record: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  for (const name of record) {
    if (name === '__proto__') refuse(deny('parse/dangerous-key', { format, key: name }));
    if (seen.has(name))
      refuse(deny('parse/duplicate-key', { format, key: shownKey(name), line: 1, column: 1 }));
    seen.add(name);
  }
  return record;
}
