import { setTimeout as sleep } from 'node:timers/promises';
import { Misuse } from '../../refusal/misuse.ts';
import { databaseOn, type Runner } from './create-database.ts';
import type { Database, TransactionOptions } from './database.ts';
import { DatabaseError, type FailureKind } from './database-error.ts';
import type { Driver, Session } from './driver.ts';
import { errorOf } from './error-of.ts';
import { insideTransaction } from './inside-transaction.ts';
import { bothLimits } from './limits.ts';
import { afterCommands, beginCommands } from './transaction-commands.ts';
import { readTransactionOptions, type TransactionPlan } from './transaction-options.ts';

type Work<T> = (tx: Database) => Promise<T>;

/** Runs `work` in a transaction of its own, or in a savepoint of the one that the connection has open already. */
export async function runTransaction<T>(
  driver: Driver,
  work: Work<T>,
  options?: TransactionOptions,
): Promise<T> {
  const plan = readTransactionOptions(options);
  for (let attempt = 0; ; attempt++) {
    try {
      return await attemptTransaction(driver, work, plan);
    } catch (error) {
      const again = error instanceof DatabaseError && worthRetrying.has(error.kind) && attempt < plan.retries;
      if (!again) throw error;
      // Full jitter: two transactions that met once should not meet again.
      await sleep(Math.random() * 20 * 2 ** attempt, undefined, {
        ...(plan.limits.signal && { signal: plan.limits.signal }),
      });
    }
  }
}

const worthRetrying: ReadonlySet<FailureKind> = new Set(['serialization', 'deadlock']);

async function attemptTransaction<T>(driver: Driver, work: Work<T>, plan: TransactionPlan): Promise<T> {
  let session: Session | undefined;
  let broken = true;
  try {
    session = await driver.hold(plan.limits);
    const result = (await session.inTransaction())
      ? await inSavepoint(driver, session, work, plan, 1)
      : await inTransaction(driver, session, work, plan);
    broken = result.broken;
    if ('error' in result) throw result.error;
    return result.value;
  } catch (error) {
    throw errorOf(error, driver);
  } finally {
    session?.release(broken);
  }
}

type Outcome<T> =
  | { readonly value: T; readonly broken: boolean }
  | { readonly error: unknown; readonly broken: boolean };

async function inTransaction<T>(
  driver: Driver,
  session: Session,
  work: Work<T>,
  plan: TransactionPlan,
): Promise<Outcome<T>> {
  for (const command of beginCommands(driver.dialect.name, plan)) await session.command(command);
  const scope = openScope(driver, session, plan, 0);
  const outcome = await scope.run(work);
  if ('error' in outcome) {
    const ended = await attempt(() => session.command('rollback'));
    const undone = await undo();
    return { error: outcome.error, broken: !(ended && undone) };
  }
  try {
    await session.command('commit');
  } catch (error) {
    const known = errorOf(error, driver);
    const lost = known instanceof DatabaseError && known.kind === 'connection';
    // SQLite's busy database leaves the transaction open.
    if (!lost) await attempt(() => session.command('rollback'));
    return { error: lost ? new DatabaseError({ kind: 'commit-unknown' }) : known, broken: true };
  }
  return { value: outcome.value, broken: !(await undo()) };

  function undo(): Promise<boolean> {
    return attempt(async () => {
      for (const command of afterCommands(driver.dialect.name, plan)) await session.command(command);
    });
  }
}

async function inSavepoint<T>(
  driver: Driver,
  session: Session,
  work: Work<T>,
  plan: TransactionPlan,
  depth: number,
): Promise<Outcome<T>> {
  const name = `bulwark_${depth}`;
  await session.command(`savepoint ${name}`);
  const outcome = await openScope(driver, session, plan, depth).run(work);
  if ('error' in outcome) {
    const undone = await attempt(() => session.command(`rollback to savepoint ${name}`));
    return { error: outcome.error, broken: !undone };
  }
  await session.command(`release savepoint ${name}`);
  return { value: outcome.value, broken: false };
}

interface Scope {
  run<T>(work: Work<T>): Promise<{ readonly value: T } | { readonly error: unknown }>;
}

/** What runs in one transaction, or in one savepoint of it. */
function openScope(driver: Driver, session: Session, plan: TransactionPlan, depth: number): Scope {
  let over = false;
  let inner = false;
  let failed = false;

  function ready(): void {
    if (over) throw new Misuse('sql/transaction-over');
    if (inner) throw new Misuse('sql/savepoint-open');
  }

  /**
   * PostgreSQL takes no statement after a failed one, and makes a rollback of the commit. Elsewhere a deadlock has ended
   * the transaction, and what follows would be committed statement by statement.
   */
  function ends(error: unknown): boolean {
    if (driver.dialect.name === 'postgres' || !(error instanceof DatabaseError)) return true;
    return endsTransaction.has(error.kind);
  }

  const runner: Runner = {
    driver,
    async run(statement, limits) {
      ready();
      try {
        return await session.run(statement, bothLimits(plan.limits, limits));
      } catch (cause) {
        const error = errorOf(cause, driver, statement);
        failed ||= ends(error);
        throw error;
      }
    },
    async hold() {
      ready();
      // The transaction holds it: it is given back with the transaction.
      return {
        stream: (statement, batch, limits) =>
          session.stream(statement, batch, bothLimits(plan.limits, limits)),
        release(broken) {
          failed ||= broken;
        },
      };
    },
    async transaction(work, options) {
      ready();
      const own = readTransactionOptions(options);
      if (own.isolation !== undefined) throw new Misuse('bulwark/invalid-option', savepointHint);
      inner = true;
      try {
        const limits = bothLimits(plan.limits, own.limits);
        const outcome = await inSavepoint(driver, session, work, { ...plan, limits }, depth + 1);
        failed ||= outcome.broken;
        if ('error' in outcome) throw outcome.error;
        return outcome.value;
      } catch (error) {
        throw errorOf(error, driver);
      } finally {
        inner = false;
      }
    },
  };

  return {
    async run(work) {
      try {
        const value = await insideTransaction(driver, () => work(databaseOn(runner)));
        return failed ? { error: new DatabaseError({ kind: 'transaction-failed' }) } : { value };
      } catch (error) {
        return { error };
      } finally {
        over = true;
      }
    },
  };
}

const endsTransaction: ReadonlySet<FailureKind> = new Set([
  ...(['serialization', 'deadlock', 'connection', 'timeout', 'cancelled'] as const),
]);
const savepointHint = 'A savepoint has the isolation of its transaction.';

async function attempt(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch {
    return false;
  }
}
