import { Misuse } from '../../refusal/misuse.ts';
import type { Answer, Driver } from '../database/driver.ts';
import type { Limits } from '../database/limits.ts';
import { createLock } from '../database/lock.ts';
import { sqlite } from '../dialect/sqlite.ts';
import type { Statement } from '../render/render.ts';
import type { SqliteEngine } from './sqlite-engine.ts';
import { type Integers, withNumbers } from './sqlite-integers.ts';
import { refuseOver, type SqliteParts, sqliteSession } from './sqlite-session.ts';
import { sqliteStatements } from './sqlite-statements.ts';
import { toSqliteValues } from './sqlite-values.ts';

interface Known {
  readonly driver: Driver;
  readonly integers: Integers;
}

const known = new WeakMap<object, Known>();

/** The driver of a connection. One for all its databases: with two locks, one's statements would run in the other's transaction. */
export function sqliteDriverOf(connection: object, integers: Integers, open: () => SqliteEngine): Driver {
  const found = known.get(connection);
  if (found === undefined) {
    const driver = sqliteDriver(open(), integers);
    known.set(connection, { driver, integers });
    return driver;
  }
  if (found.integers === integers) return found.driver;
  throw new Misuse('bulwark/invalid-option', 'All databases of a connection need the same `integers`.');
}

function sqliteDriver(client: SqliteEngine, integers: Integers): Driver {
  const compiling = new WeakSet<object>();
  const engine: SqliteEngine = {
    ...client,
    prepare(text) {
      try {
        return client.prepare(text);
      } catch (error) {
        compiling.add(error as object);
        throw error;
      }
    },
  };
  const statements = sqliteStatements(engine);
  const lock = createLock();

  function read(rows: Record<string, unknown>[]): readonly unknown[] {
    if (integers === 'number') withNumbers(rows);
    return rows;
  }

  function run(statement: Statement, limits: Limits): Answer {
    refuseOver(limits);
    const values = toSqliteValues(statement.values);
    const compiled = statements.of(statement);
    if (compiled.columns.length === 0) return { rows: [], count: compiled.run(values) };
    const rows = read(compiled.all(values));
    return { rows, count: rows.length };
  }

  let restore: (() => void) | undefined;
  const parts: SqliteParts = {
    ...{ engine, lock, run, read },
    left(work) {
      restore = work;
    },
  };

  async function acquire(limits: Limits): Promise<() => void> {
    const unlock = await lock.acquire(limits);
    try {
      restore?.();
      restore = undefined;
      return unlock;
    } catch (error) {
      unlock();
      throw error;
    }
  }

  return {
    dialect: sqlite,
    single: true,
    explain(error) {
      const failure = client.explain(
        error,
        typeof error === 'object' && error !== null && compiling.has(error),
      );
      // What was compiled for a connection that is closed is gone, even if it is opened again.
      if (failure?.kind === 'connection') statements.clear();
      return failure;
    },
    async run(statement, limits) {
      const unlock = await acquire(limits);
      try {
        return run(statement, limits);
      } finally {
        unlock();
      }
    },
    async hold(limits) {
      return sqliteSession(parts, await acquire(limits));
    },
  };
}
