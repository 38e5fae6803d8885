import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import type { Sql } from '../query.ts';
import type {
  Database,
  ReadOnlyDatabase,
  StatementOptions,
  StreamOptions,
  TransactionOptions,
} from './database.ts';
import { driverOf } from './driver-of.ts';

export interface ReadOnlyOptions {
  /**
   * `transaction`, the default: each statement runs in its own read-only transaction, which costs two more round
   * trips. `plain`: without one. That is enough if the role may not write, or if the file was opened read-only.
   */
  readonly statements?: 'transaction' | 'plain';
}

const made = new WeakSet<object>();

/**
 * Returns a handle that can only read. It has no `execute`, its transactions are read-only, and a single
 * statement runs in a read-only transaction too: an `update` fails with a `DatabaseError` of the kind `read-only`.
 *
 * The database enforces this for each statement, even an injected one. Only the role's rights protect against
 * everything: log in with a role that may not write (`bulwark db harden`). Pass the handle of a pool, not
 * one inside a transaction that has already started, because that transaction stays as it is.
 *
 * @example
 * ```ts
 * import { readOnly, sql } from 'bulwark/sql';
 * import { database } from 'bulwark/sql/pg';
 * import pg from 'pg';
 *
 * const db = readOnly(database(new pg.Pool()));
 * await db.all(sql`select name from users`); // [{ name: 'Ann' }]
 * await db.all(sql`delete from users returning name`); // DatabaseError: The transaction is read-only.
 * ```
 */
export function readOnly(db: Database, options: ReadOnlyOptions = {}): ReadOnlyDatabase {
  if (typeof db?.transaction !== 'function' || typeof db.all !== 'function') {
    throw new Misuse('bulwark/invalid-option', 'readOnly takes a database.');
  }
  const statements = knownOptions(options, ['statements']).statements ?? 'transaction';
  if (statements !== 'transaction' && statements !== 'plain') {
    throw new Misuse('bulwark/invalid-option', "`statements` is 'transaction' or 'plain'.");
  }
  return statements === 'plain' ? methodsOf(db, db) : methodsOf(db, inTransactions(db));
}

export function isReadOnly(db: object): boolean {
  return made.has(db);
}

type Statements = Omit<ReadOnlyDatabase, 'transaction'>;
type Loose = (query: Sql, options?: never) => Promise<never>;

/** `statements` for single statements, and transactions of `db` that are read-only. Nothing else. */
function methodsOf(db: Pick<Database, 'transaction'>, statements: Statements): ReadOnlyDatabase {
  const { all, many, one, maybe, stream } = statements;
  const transaction = async (
    work: (tx: ReadOnlyDatabase) => Promise<unknown>,
    options?: TransactionOptions,
  ): Promise<unknown> => db.transaction((tx) => work(methodsOf(tx, tx)), readOnlyOptions(options));
  const methods = Object.freeze({ all, many, one, maybe, stream, transaction }) as ReadOnlyDatabase;
  made.add(methods);
  return methods;
}

function readOnlyOptions(options: TransactionOptions = {}): TransactionOptions {
  if (Object.hasOwn(options, 'readOnly') && options.readOnly !== true) {
    throw new Misuse('bulwark/invalid-option', 'A read-only database has only read-only transactions.');
  }
  return { ...options, readOnly: true };
}

function inTransactions(db: Database): Statements {
  const single =
    (name: 'all' | 'many' | 'one' | 'maybe'): Loose =>
    (query, options) =>
      db.transaction((tx) => (tx[name] as unknown as Loose)(query, options), {
        ...limitsOf(options),
        readOnly: true,
      });
  return {
    all: single('all'),
    many: single('many'),
    one: single('one'),
    maybe: single('maybe'),
    // On SQLite a stream takes a `select` alone, which cannot write there, and holds the one connection for nobody else.
    stream:
      driverOf(db)?.dialect.name === 'sqlite'
        ? db.stream
        : (query: Sql, options?: StreamOptions) => streamIn(db, query, options),
  } as unknown as Statements;
}

/** A transaction that is open from the first row to the last, or to the end of the loop. */
async function* streamIn(
  db: Database,
  query: Sql,
  options: StreamOptions | undefined,
): AsyncGenerator<unknown, void, undefined> {
  let begun: (tx: Database) => void = () => undefined;
  let end: () => void = () => undefined;
  const tx = new Promise<Database>((resolve) => {
    begun = resolve;
  });
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const transaction = db.transaction(
    async (opened) => {
      begun(opened);
      await ended;
    },
    { ...limitsOf(options), readOnly: true },
  );
  let done = false;
  try {
    yield* (await Promise.race([tx, transaction as Promise<never>])).stream(query, options);
    done = true;
  } finally {
    end();
    // After a failed statement the transaction says again that it failed.
    await (done ? transaction : transaction.catch(() => undefined));
  }
}

/** The limits of the transaction. What else there is, the statement reads itself. */
function limitsOf(options: StreamOptions & { readonly row?: unknown } = {}): StatementOptions {
  const { signal, timeoutMs } = knownOptions(options, ['signal', 'timeoutMs', 'row', 'batch']);
  return { ...(signal !== undefined && { signal }), ...(timeoutMs !== undefined && { timeoutMs }) };
}
