import type BetterSqlite3 from 'better-sqlite3';
import { database as onBetterSqlite3 } from '../../lib/sql/better-sqlite3/index.ts';
import type { Database } from '../../lib/sql/index.ts';
import { type NodeSqliteConnection, database as onNodeSqlite } from '../../lib/sql/node-sqlite/index.ts';

export type SqliteClient = 'better-sqlite3' | 'node:sqlite';

export interface SqliteSettings {
  readonly readOnly?: boolean;
  /** Milliseconds that it waits for another connection's lock: none unless told. */
  readonly busyTimeoutMs?: number;
  readonly integers?: 'number' | 'bigint';
}

/** A connection, and our handle on it. */
export interface OpenSqlite {
  readonly db: Database;
  readonly connection: object;
  /** Past the tag: several statements, no values. */
  exec(text: string): void;
  close(): void;
}

interface NodeSqlite {
  readonly DatabaseSync: new (
    path: string,
    options: object,
  ) => NodeSqliteConnection & Pick<OpenSqlite, 'exec' | 'close'>;
}

/** What could be imported, or why it could not. better-sqlite3 is compiled for one release of Node. */
async function load<T>(name: SqliteClient): Promise<{ readonly module: T } | { readonly reason: string }> {
  try {
    const module = (await import(name)) as T & { readonly default?: new (path: string) => { close(): void } };
    // It loads its binary with the first database.
    if (name === 'better-sqlite3' && module.default) new module.default(':memory:').close();
    return { module };
  } catch (error) {
    const [line = ''] = String(error).split('\n');
    return { reason: `${name} does not load on Node ${process.version}: ${line.slice(0, 120)}` };
  }
}

const better = await load<{ readonly default: typeof BetterSqlite3 }>('better-sqlite3');
const node = await load<NodeSqlite>('node:sqlite');

/** Why a suite cannot run on it, or undefined where it can. */
export function missingSqlite(client: SqliteClient): string | undefined {
  const found = client === 'better-sqlite3' ? better : node;
  return 'reason' in found ? found.reason : undefined;
}

/** A database of SQLite, in a file or in `:memory:`. */
export function openSqlite(client: SqliteClient, path: string, settings: SqliteSettings = {}): OpenSqlite {
  const { readOnly = false, busyTimeoutMs = 0, integers } = settings;
  const options = integers === undefined ? {} : { integers };
  if (client === 'better-sqlite3' && 'module' in better) {
    const connection = new better.module.default(path, { readonly: readOnly, timeout: busyTimeoutMs });
    const { exec, close } = bound(connection);
    return { db: onBetterSqlite3(connection, options), connection, exec, close };
  }
  if (client === 'node:sqlite' && 'module' in node) {
    const connection = new node.module.DatabaseSync(path, { readOnly, timeout: busyTimeoutMs });
    const { exec, close } = bound(connection);
    return { db: onNodeSqlite(connection, options), connection, exec, close };
  }
  throw new Error(`${client} does not load.`);
}

function bound(connection: {
  exec(text: string): unknown;
  close(): unknown;
}): Pick<OpenSqlite, 'exec' | 'close'> {
  return {
    exec: (text) => void connection.exec(text),
    close: () => void connection.close(),
  };
}
