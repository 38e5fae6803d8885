/** A column as a database describes it, in the words of `sql.table`. */
export interface FoundColumn {
  readonly name: string;
  /** `string`, `integer[]`, ...; `any` for what has no word. */
  readonly type: string;
  readonly nullable: boolean;
  /** An insert may leave it out. */
  readonly default: boolean;
}

export interface FoundTable {
  /** Undefined where statements need not name it. */
  readonly schema: string | undefined;
  readonly name: string;
  readonly columns: readonly FoundColumn[];
}

export interface ColumnRow extends FoundColumn {
  readonly schema: string | undefined;
  readonly table: string;
}

/** Rows, which come in the order of each table's columns, as tables. Sorted by name, without regard to any locale. */
export function tablesOf(rows: Iterable<ColumnRow>): readonly FoundTable[] {
  const tables = new Map<string, FoundTable & { readonly columns: FoundColumn[] }>();
  for (const { schema, table, ...column } of rows) {
    const key = JSON.stringify([schema ?? '', table]);
    const found = tables.get(key);
    if (found) found.columns.push(column);
    else tables.set(key, { schema, name: table, columns: [column] });
  }
  return [...tables.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, table]) => table);
}
