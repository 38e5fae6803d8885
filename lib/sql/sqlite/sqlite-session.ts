import { DatabaseError } from '../database/database-error.ts';
import type { Answer, Session } from '../database/driver.ts';
import { TimedOut } from '../database/limited.ts';
import type { Limits } from '../database/limits.ts';
import { unlimited } from '../database/limits.ts';
import type { Lock } from '../database/lock.ts';
import type { Statement } from '../render/render.ts';
import { copyRows, isQueryOnly } from './sqlite-copy.ts';
import type { SqliteEngine } from './sqlite-engine.ts';
import { toSqliteValues } from './sqlite-values.ts';

export interface SqliteParts {
  readonly engine: SqliteEngine;
  readonly lock: Lock;
  run(statement: Statement, limits: Limits): Answer;
  read(rows: Record<string, unknown>[]): readonly unknown[];
  /** What could not be undone now, and must be before anything else runs. */
  left(restore: () => void): void;
}

/** The connection for one transaction, or for the start of a stream. `unlock` lets the next one in. */
export function sqliteSession({ engine, lock, run, read, left }: SqliteParts, unlock: () => void): Session {
  /** A transaction was open after a command of ours, and should be until ours that ends it. */
  let open = false;
  /** It is ours, and not one that was open before. */
  let began = false;
  let madeReadOnly = false;

  function runCommand(text: string): void {
    engine.prepare(text).run([]);
  }

  /** A full disk, `or rollback` and others end a transaction: what follows would be committed one by one. */
  function refuseEnded(): void {
    if (open && !engine.inTransaction()) throw new DatabaseError({ kind: 'transaction-failed' });
  }

  function command(text: string): void {
    switch (text) {
      case 'pragma query_only = on':
        // A connection that its owner made read-only stays so afterwards.
        if (isQueryOnly(engine)) return;
        runCommand(text);
        madeReadOnly = true;
        return;
      case 'pragma query_only = off':
        if (madeReadOnly) runCommand(text);
        madeReadOnly = false;
        return;
      case 'rollback':
        if (engine.inTransaction()) runCommand(text);
        open = began = false;
        return;
    }
    refuseEnded();
    runCommand(text);
    if (text === 'commit') open = began = false;
    else if (text.startsWith('begin')) open = began = true;
    else open = true;
  }

  return {
    async run(statement, limits) {
      refuseEnded();
      return run(statement, limits);
    },
    async command(text) {
      command(text);
    },
    async *stream({ text, values }, batch, limits) {
      refuseEnded();
      refuseOver(limits);
      const within = open;
      const copy = copyRows(engine, text, toSqliteValues(values));
      // From here on it is in nobody's way.
      if (!within) unlock();
      try {
        for (let from = 0; ; from += batch) {
          refuseOver(limits);
          const rows = copy.page(from, batch);
          if (rows.length > 0) yield read(rows);
          if (rows.length < batch) return;
        }
      } finally {
        if (within && open) attempt(copy.drop);
        // The rollback of another's transaction would bring the table back. Nobody waits for this.
        else
          void lock.acquire(unlimited).then((done) => {
            attempt(copy.drop);
            done();
          });
      }
    },
    async inTransaction() {
      return engine.inTransaction();
    },
    release() {
      try {
        restore();
      } catch {
        left(restore);
      }
      unlock();
    },
  };

  /** There is no other connection: what is left open here would be everybody's. */
  function restore(): void {
    if (began && engine.inTransaction()) runCommand('rollback');
    if (madeReadOnly) runCommand('pragma query_only = off');
  }
}

/** A statement that runs cannot be ended, so that its limits are looked at before it. */
export function refuseOver({ signal, deadline }: Limits): void {
  signal?.throwIfAborted();
  if (deadline !== undefined && deadline <= performance.now()) throw new TimedOut();
}

function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // The connection is closed, or the table went with its transaction.
  }
}
