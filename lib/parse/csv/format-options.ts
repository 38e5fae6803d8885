import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { areNames, type Delimiter, readDelimiter } from './csv-options.ts';

export interface FormatCsvOptions {
  /** The columns, by the names of the rows' properties; or a record of those names and the titles to write. The first row's by default. */
  readonly columns?: readonly string[] | Readonly<Record<string, string>>;
  /** Whether the first line has the titles. True by default; rows that are lists have no titles. */
  readonly header?: boolean;
  /** What separates fields. A comma by default. */
  readonly delimiter?: Delimiter;
  /** Starts with a byte order mark, by which Excel recognises UTF-8. False by default. */
  readonly bom?: boolean;
  /** Columns in which your application writes formulas. Never list one that has untrusted data. */
  readonly allowFormulas?: readonly string[];
}

export interface FormatPolicy {
  /** Names and titles, in order. Undefined if the first row has them. */
  readonly columns: readonly (readonly [name: string, title: string])[] | undefined;
  readonly header: boolean;
  readonly delimiter: Delimiter;
  readonly bom: boolean;
  readonly allowFormulas: ReadonlySet<string>;
}

/** @throws Misuse `bulwark/invalid-option` */
export function formatPolicy(options: FormatCsvOptions): FormatPolicy {
  const own = knownOptions(options, ['columns', 'header', 'delimiter', 'bom', 'allowFormulas']);
  const { header = true, bom = false, allowFormulas = [] } = own;
  if (typeof header !== 'boolean' || typeof bom !== 'boolean') {
    throw new Misuse('bulwark/invalid-option', 'header and bom take true or false.');
  }
  if (!Array.isArray(allowFormulas) || (allowFormulas.length > 0 && !areNames(allowFormulas))) {
    throw new Misuse('bulwark/invalid-option', 'allowFormulas takes a list of columns.');
  }
  return {
    ...{ header, bom, columns: readColumns(own.columns), delimiter: readDelimiter(own.delimiter) },
    allowFormulas: new Set(allowFormulas),
  };
}

function readColumns(columns: FormatCsvOptions['columns']): FormatPolicy['columns'] {
  if (columns === undefined) return undefined;
  const titles = Array.isArray(columns) ? columns : Object.values(columns ?? {});
  const names = Array.isArray(columns) ? columns : Object.keys(columns ?? {});
  if (areNames(names) && areNames(titles)) return names.map((name, i) => [name, titles[i] as string]);
  throw new Misuse(
    'bulwark/invalid-option',
    "columns takes a list of different names, such as ['id', 'name'], or a record of names and different titles.",
  );
}
