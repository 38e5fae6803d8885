import { DatabaseError } from '../database/database-error.ts';
import type { Answer, Session } from '../database/driver.ts';
import { TimedOut } from '../database/limited.ts';
import type { Limits } from '../database/limits.ts';
import { streamByCursor } from '../database/stream-by-cursor.ts';
import type { PgliteQueryable } from './pglite-client.ts';

/** The connection of PGlite. A statement that runs cannot be ended, so that its limits are looked at before it. */
export function pgliteSession(connection: PgliteQueryable): Session {
  async function query(text: string, values: unknown[]): Promise<Answer & { readonly command?: string }> {
    const { rows, affectedRows, command } = await connection.query(text, values);
    // It counts what was changed, and pg also what was returned.
    return { rows, count: affectedRows || rows.length, ...(command !== undefined && { command }) };
  }

  const session: Session = {
    async run({ text, values }, limits) {
      refuseOver(limits);
      return query(text, values);
    },
    async command(text) {
      const { command } = await query(text, []);
      // What PostgreSQL answers to the commit of a transaction in which a statement had failed.
      if (text === 'commit' && command === 'ROLLBACK')
        throw new DatabaseError({ kind: 'transaction-failed' });
    },
    stream(statement, batch, limits) {
      return streamByCursor(
        statement,
        batch,
        session.inTransaction,
        session.command,
        async (text, values) => {
          refuseOver(limits);
          return (await query(text, values)).rows;
        },
      );
    },
    async inTransaction() {
      try {
        await query('savepoint bulwark_probe', []);
        await query('release savepoint bulwark_probe', []);
        return true;
      } catch (error) {
        if ((error as { code?: unknown }).code === '25P01') return false;
        throw error;
      }
    },
    release() {
      // It stays the application's.
    },
  };
  return session;
}

function refuseOver({ signal, deadline }: Limits): void {
  signal?.throwIfAborted();
  if (deadline !== undefined && deadline <= performance.now()) throw new TimedOut();
}
