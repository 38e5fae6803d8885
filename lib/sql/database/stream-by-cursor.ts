import type { Statement } from '../render/render.ts';
import type { BoundValue } from '../value/sql-value.ts';
import { DatabaseError } from './database-error.ts';

let cursors = 0;

/**
 * The rows of a statement from a cursor of PostgreSQL. Cursors live in a transaction: one is opened where there is
 * none, and ended with the stream. The statement is a `select` or `values`; the server refuses another.
 */
export async function* streamByCursor(
  { text, values, shown }: Statement,
  batch: number,
  inTransaction: () => Promise<boolean>,
  command: (text: string) => Promise<void>,
  query: (text: string, values: BoundValue[]) => Promise<readonly unknown[]>,
): AsyncGenerator<readonly unknown[], void, undefined> {
  const joined = await inTransaction();
  cursors = (cursors + 1) % 1_000_000;
  const cursor = `bulwark_cursor_${cursors}`;
  if (!joined) await command('begin');
  let done = false;
  try {
    const declare = `declare ${cursor} no scroll cursor for `;
    await query(declare + text, values).catch((error: unknown) => notASelect(shifted(error, declare.length)));
    for (;;) {
      const rows = await query(`fetch forward ${batch} from ${cursor}`, []);
      if (rows.length > 0) yield rows;
      if (rows.length < batch) break;
    }
    done = true;
    await command(joined ? `close ${cursor}` : 'commit');
  } catch (error) {
    done = true;
    if (!joined) await command('rollback').catch(() => undefined);
    throw error;
  } finally {
    // The reader left early.
    if (!done) await command(joined ? `close ${cursor}` : 'commit');
  }

  function notASelect(error: unknown): never {
    const { code: databaseCode, position } = Object(error) as { code?: unknown; position?: unknown };
    const behindStart = text.slice(0, Number(position) - 1).trim() !== '';
    if (databaseCode !== '42601' || behindStart) throw error;
    const failure = { kind: 'schema', databaseCode, hint } as const;
    throw new DatabaseError(failure, { driverError: error, statement: shown });
  }
}

const hint = 'Only `select` and `values` can be streamed.';

/** With the place of a mistake counted in the statement itself. */
function shifted(error: unknown, by: number): unknown {
  const { position } = Object(error) as { readonly position?: unknown };
  if (typeof position !== 'string') return error;
  return Object.assign(error as object, { position: String(Number(position) - by) });
}
