import { Misuse } from '../../refusal/misuse.ts';

/** What postgres.js' client, its reserved connections and its transactions have in common. */
export interface PostgresQueryable {
  unsafe(text: string, values: never[], options: object): PromiseLike<readonly unknown[]>;
  typed(value: string | null, type: number): unknown;
}

/** What `postgres(...)` gives. */
export interface PostgresPool extends PostgresQueryable {
  readonly options: object;
  reserve(): Promise<PostgresReserved>;
}

/** A connection for one alone. */
export interface PostgresReserved extends PostgresQueryable {
  release(): void;
}

/**
 * What postgres.js knows a connection by, as far as it is used here. It is not in its documentation (3.4): `begin` is
 * made of the same.
 */
export interface Connection {
  /** Called when it was closed. */
  onclose: ((error: unknown) => void) | null;
  /** The list of connections of its kind that it stands in. */
  queue: { remove(connection: Connection): unknown; push(connection: Connection): unknown };
  /** Called when it is ready for the next statement. Without `release` it goes back to the pool if no transaction is open. */
  reserved: ((() => void) & { release?: boolean }) | null;
  execute(query: unknown): unknown;
  /** Ends it, and rejects what it has not answered. */
  terminate(): unknown;
}

/** An object that becomes a pool's, a reserved connection's or a transaction's by its own methods. */
export function readClient(given: PostgresQueryable): PostgresQueryable {
  const { unsafe, typed } = (given ?? {}) as Partial<PostgresQueryable>;
  if (typeof unsafe === 'function' && typeof typed === 'function') return given;
  throw new Misuse(
    'bulwark/invalid-option',
    'The first argument is a client, a reserved connection or a transaction of postgres.js.',
  );
}

export function isPool(client: PostgresQueryable): client is PostgresPool {
  return Object.hasOwn(client, 'reserve') && !Object.hasOwn(client, 'release');
}

/** What `begin` gives to its function. */
export function isTransaction(client: PostgresQueryable): boolean {
  return Object.hasOwn(client, 'savepoint');
}
