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

/** One connection, as far as it is used here. What is optional is missing in older versions of pg, or in its native one. */
export interface PgClient extends PgQueryable {
  on?(event: 'error', listener: (error: Error) => void): unknown;
  getTransactionStatus?(): string | null;
  getTypeParser?(type: number, format: 'text'): unknown;
  readonly connection?: unknown;
  readonly pipeline?: boolean;
  readonly binary?: boolean;
}

/** What writes the messages of the protocol. */
export interface PgConnection {
  readonly stream: { cork?(): void; uncork?(): void };
  /** The texts of what is prepared on the server, by name, and of what was sent to be. */
  readonly parsedStatements: Record<string, string>;
  readonly submittedNamedStatements?: Record<string, string>;
  parse(message: object): void;
  bind(message: object): void;
  describe(message: object): void;
  execute(message: object): void;
  sync(): void;
  sendCopyFail(message: string): void;
  on?(event: 'readyForQuery', listener: (message: { readonly status?: unknown }) => void): unknown;
}

/** A column of a result. */
export interface PgField {
  readonly name: string;
  readonly dataTypeID: number;
}

export interface PgPoolClient extends PgClient {
  release(error?: Error | boolean): void;
}

export function isPool(connection: PgQueryable): connection is PgPool {
  const { totalCount, connect } = connection as Partial<PgPool>;
  return typeof totalCount === 'number' && typeof connect === 'function';
}
