import { Misuse } from '../../refusal/misuse.ts';
import type { Session } from '../database/driver.ts';
import { inTime } from '../database/in-time.ts';
import { limited } from '../database/limited.ts';
import { type Limits, unlimited } from '../database/limits.ts';
import { preparedName } from '../render/prepared-name.ts';
import type { Statement } from '../render/render.ts';
import { answerOf } from './answer-of.ts';
import { stateOf } from './connection-state.ts';
import type { Mysql2Query } from './for-mysql2.ts';
import { killQuery } from './kill-query.ts';
import type { CoreConnection } from './mysql2-client.ts';
import { queryOf } from './query-of.ts';
import { NoAnswer, sendPrepared, sendText } from './send.ts';
import { streamRows } from './stream-rows.ts';
import { watchTransaction } from './transaction-watch.ts';

export type PrepareOption = 'auto' | 'never';

const dropMs = 5_000;
const interrupted = 1317;
/** The server does not know, or cannot use, what was prepared. */
const stale: ReadonlySet<unknown> = new Set([1243, 1615]);

/** One connection of mysql2: a pool's, which is given back, or one that the application handed in. */
export function mysql2Session(core: CoreConnection, option: PrepareOption, pooled: boolean): Session {
  const state = stateOf(core);
  // The last word is of whoever had it before.
  if (pooled) state.open = false;
  let broken = false;
  const watch = watchTransaction(state, pooled, send);
  // A connection that is lost while no statement runs tells it by this event, which ends the process if nobody listens.
  const onError = (): void => {
    broken = true;
  };
  core.on('error', onError);

  async function send(text: string): Promise<void> {
    answerOf(await sendText(core, text), state);
  }

  function destroy(): void {
    broken = true;
    core.destroy();
  }

  /** One statement after the other, none while rows are read. */
  async function alone<T>(limits: Limits, work: () => Promise<T>): Promise<T> {
    refuseWhileStreaming();
    const release = await state.lock.acquire(limits);
    try {
      return await work();
    } catch (error) {
      if (error instanceof NoAnswer) destroy();
      throw error;
    } finally {
      release();
    }
  }

  function refuseWhileStreaming(): void {
    if (state.streaming) throw new Misuse('sql/stream-open');
  }

  async function within<T>(limits: Limits, start: () => Promise<T>): Promise<T> {
    let killed = false;
    const cancel = (): Promise<void> => {
      killed = true;
      return killQuery(core);
    };
    try {
      return await limited(limits, start, cancel, destroy);
    } finally {
      if (killed) await clearKill();
    }
  }

  /** A `kill query` that came too late ends the next statement, which is this one. */
  async function clearKill(): Promise<void> {
    if (broken) return;
    const limits = { signal: undefined, deadline: performance.now() + dropMs };
    await inTime(limits, () => send('do 0')).catch((error: unknown) => {
      if ((error as { errno?: unknown }).errno !== interrupted) destroy();
    });
  }

  /**
   * mysql2 keeps each prepared statement, 16,000 a connection, and a server by itself no more than 16,382 in all. Texts
   * that a client's choices make without end are closed after use.
   */
  async function prepared<T>(statement: Statement, work: (query: Mysql2Query) => Promise<T>): Promise<T> {
    const query = queryOf(core, statement);
    let keep = option === 'auto' && preparedName(statement) !== undefined;
    try {
      return await work(query);
    } catch (error) {
      if (stale.has((error as { errno?: unknown }).errno)) keep = false;
      throw error;
    } finally {
      if (!(keep || broken)) core.unprepare(query);
    }
  }

  async function watched<T>(statement: Statement, work: () => Promise<T>): Promise<T> {
    await watch.before(statement.text);
    let answer: T;
    try {
      answer = await work();
    } catch (error) {
      await failed(statement, error);
      throw error;
    }
    await watch.after(statement.text);
    return answer;
  }

  /** The error stays the statement's own. */
  async function failed({ text }: Statement, error: unknown): Promise<void> {
    if (!broken) await watch.failed(text, error).catch(destroy);
  }

  const session: Session = {
    run(statement, limits) {
      return alone(limits, () =>
        watched(statement, () =>
          prepared(statement, async (query) =>
            answerOf(await within(limits, () => sendPrepared(core, query)), state),
          ),
        ),
      );
    },
    async command(text) {
      await alone(unlimited, async () => {
        if (text !== 'rollback') watch.refuseEnded();
        await send(text);
        watch.commanded(text);
      });
    },
    async *stream(statement, batch, limits) {
      refuseWhileStreaming();
      state.streaming = true;
      let release = (): void => undefined;
      try {
        release = await state.lock.acquire(limits);
        await watch.before(statement.text);
        yield* streamOf(queryOf(core, statement), batch, limits);
        await watch.after(statement.text);
      } catch (error) {
        await failed(statement, error);
        throw error;
      } finally {
        state.streaming = false;
        release();
      }
    },
    async inTransaction() {
      if (!pooled) {
        await session.command('do 0');
        // It may be one that nobody began, and that nobody would commit.
        if (state.open && !state.autocommit) throw new Misuse('sql/autocommit-off');
        return state.open;
      }
      // Whoever had the connection before may have left one open, and `start transaction` would commit it.
      await session.command('rollback');
      return false;
    },
    release(failed) {
      if (pooled && (failed || broken || state.streaming || state.open)) {
        // It may still tell of errors.
        core.on('error', () => undefined);
        core.destroy();
      } else if (pooled) core.release?.();
      core.off('error', onError);
    },
  };
  return session;

  async function* streamOf(
    query: Mysql2Query,
    batch: number,
    limits: Limits,
  ): AsyncGenerator<readonly unknown[], void, undefined> {
    const rows = streamRows(core, state, query, batch);
    let killed = false;
    const cancel = (): Promise<void> => {
      killed = true;
      return killQuery(core);
    };
    try {
      for (;;) {
        const some = await limited(limits, () => rows.next(), cancel, destroy);
        if (some.length === 0) break;
        yield some;
      }
    } finally {
      // Not before the rows are over: what is sent now would wait for those that nobody reads.
      if (!rows.ended()) await endEarly(rows);
      else if (killed) await clearKill();
      // A text of a stream is prepared for this once: rows take longer than that.
      if (!broken) core.unprepare(query);
    }
  }

  /** The reader has left, and the server would send the rest before anything else. */
  async function endEarly(rows: ReturnType<typeof streamRows>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, dropMs, 'late');
    });
    const dropped = rows.drop();
    const killed = killQuery(core).catch(() => undefined);
    const first = await Promise.race([Promise.all([dropped, killed]), late]);
    clearTimeout(timer);
    if (first === 'late') destroy();
    else await clearKill();
  }
}
