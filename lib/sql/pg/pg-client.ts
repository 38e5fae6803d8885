import type { PgQuery } from './for-pg.ts';

export interface PgResult {
  readonly rows: unknown[];
  readonly rowCount: number | null;
  /** The server's word for what it did, such as `ROLLBACK`. */
  readonly command?: string;
}

/** What pg's `Pool`, `Client` and `PoolClient` have in common. */
export interface PgQueryable {
  query(query: PgQuery): Promise<PgResult>;
}

/** A pool. It is known by its count of connections. */
export interface PgPool extends PgQueryable {
  readonly totalCount: number;
  connect(): Promise<PgPoolClient>;
  listenerCount?(event: string): number;
  on?(event: 'error' | 'connect', listener: (value: never) => void): unknown;
}

/** One connection, as far as it is used here. What is optional is missing in older versions of pg. */
export interface PgClient extends PgQueryable {
  on?(event: 'error', listener: (error: Error) => void): unknown;
  getTransactionStatus?(): string | null;
}

export interface PgPoolClient extends PgClient {
  release(error?: Error | boolean): void;
}

export function isPool(connection: PgQueryable): connection is PgPool {
  const { totalCount, connect } = connection as Partial<PgPool>;
  return typeof totalCount === 'number' && typeof connect === 'function';
}
