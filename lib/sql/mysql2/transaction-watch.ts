import { Misuse } from '../../refusal/misuse.ts';
import { DatabaseError } from '../database/database-error.ts';
import type { ConnectionState } from './connection-state.ts';
import { effectOf } from './effect-of.ts';

/**
 * Knows what becomes of the transaction on a connection. MySQL ends one without an error (it commits before a
 * `create table`) and with one (a deadlock), and commits what follows statement by statement.
 */
export interface TransactionWatch {
  /** Throws where nothing may be sent: the transaction has ended, or the statement would end it. */
  before(text: string): Promise<void>;
  /** Throws where the statement has ended the transaction, or left one open that nobody would commit. */
  after(text: string): Promise<void>;
  /** A statement failed. */
  failed(text: string, error: unknown): Promise<void>;
  refuseEnded(): void;
  /** A command of ours was sent. */
  commanded(text: string): void;
}

/** `send` runs a text, and notes what the server says of the transaction. */
export function watchTransaction(
  state: ConnectionState,
  pooled: boolean,
  send: (text: string) => Promise<unknown>,
): TransactionWatch {
  /** A transaction of ours is open, or a savepoint of ours in one. */
  let inside = false;
  let ended: 'statement' | 'error' | undefined;
  let told = 0;

  function refuseEnded(): void {
    // Such as at the end of a stream that was left early.
    if (inside && !state.open) ended ??= 'error';
    if (ended === 'statement') throw new Misuse('sql/transaction-over', endedBy, { hint });
    if (ended === 'error') throw new DatabaseError({ kind: 'transaction-failed' });
  }

  /** A procedure may end a transaction and begin another one, of which the server's word is the same. */
  async function isAnother(text: string): Promise<boolean> {
    if (effectOf(text) !== 'may-end') return false;
    try {
      await send(`release ${probe}`);
      return false;
    } catch (error) {
      if ((error as { errno?: unknown }).errno === noSavepoint) return true;
      throw error;
    }
  }

  return {
    refuseEnded,
    async before(text) {
      refuseEnded();
      if (inside) {
        const effect = effectOf(text);
        if (effect === 'ends') throw new Misuse('sql/transaction-over', wouldEnd, { hint });
        if (effect === 'may-end') await send(probe);
      }
      told = state.told;
    },
    async after(text) {
      if (inside) {
        if (state.open && !(await isAnother(text))) return;
        ended = 'statement';
        refuseEnded();
      }
      if (state.told === told) {
        // mysql2 keeps to itself what the server says behind rows, such as those of `insert ... returning`.
        if (effectOf(text) === 'reads') return;
        await send('do 0');
      }
      if (!state.open) return;
      if (!state.autocommit) throw new Misuse('sql/autocommit-off');
      if (pooled) throw new Misuse('sql/begin-on-pool');
    },
    async failed(text, error) {
      if (!inside || ended !== undefined) return;
      // An error says nothing of the transaction.
      if (typeof (error as { errno?: unknown } | null)?.errno === 'number') await send('do 0');
      if (!state.open || (await isAnother(text))) ended = 'error';
    },
    commanded(text) {
      if (text === 'commit' || text === 'rollback') {
        inside = false;
        ended = undefined;
      } else if (text.startsWith('start transaction') || text.startsWith('savepoint')) {
        // A proxy may have no word on it.
        inside = state.open;
      }
    },
  };
}

const probe = 'savepoint bulwark_call';
const noSavepoint = 1305;
const hint = 'Define tables outside of transactions. Leave `commit` and `rollback` to `transaction`.';
const wouldEnd =
  'Nothing was sent: MySQL would commit what is open. It does so before it defines or drops a table, and for a ' +
  'transaction of the statement itself.';
const endedBy =
  'A statement had ended it, and MySQL had committed what came before: it does so before it defines a table, and for ' +
  'a transaction of the statement or procedure itself.';
