/** The interface that `PGlite` and its transactions share. `query` always uses the extended protocol. */
export interface PgliteQueryable {
  query(
    text: string,
    values: unknown[],
  ): Promise<{ readonly rows: unknown[]; readonly affectedRows?: number; readonly command?: string }>;
}
