/** A block of the special-purpose registries. */
export interface RangeRow {
  readonly block: string;
  readonly name: string;
  /** The first document that the registry names: `RFC 1918`. */
  readonly source: string;
  /** The column "Globally Reachable"; `n/a` also where it is empty, as for blocks that were given back. */
  readonly reachable: 'true' | 'false' | 'n/a';
}

const columns = 'block\tname\tsource\treachable';

/** The rows of iana-special-purpose.tsv, and the comment above them. */
export function readRows(tsv: string): { readonly comment: string; readonly rows: readonly RangeRow[] } {
  const [comment = '', table] = tsv.split(`${columns}\n`);
  if (table === undefined) throw new Error(`The table has not the columns ${columns}.`);
  const rows = table.split('\n').filter((line) => line !== '');
  return { comment, rows: rows.map(readRow) };
}

function readRow(line: string): RangeRow {
  const [block, name, source, reachable, ...more] = line.split('\t');
  if (!block || !name || !source || more.length > 0) throw new Error(`Not four columns: ${line}`);
  if (reachable !== 'true' && reachable !== 'false' && reachable !== 'n/a') {
    throw new Error(`Neither true, false nor n/a: ${line}`);
  }
  return { block, name, source, reachable };
}

export function writeRows(comment: string, rows: readonly RangeRow[]): string {
  const lines = rows.map((row) => [row.block, row.name, row.source, row.reachable].join('\t'));
  return `${comment}${[columns, ...lines].join('\n')}\n`;
}
