import type { Sql } from '../../lib/sql/index.ts';

/** A client of another library, to which statements are handed by the function for it. */
export interface Adapter {
  /** Runs a statement, and gives the rows as plain objects. */
  rows(query: Sql): Promise<readonly object[]>;
  /** What the client calls SQL of its own: objects that it would put into a statement as text. */
  readonly rawObjects: readonly unknown[];
  close(): Promise<void>;
}
