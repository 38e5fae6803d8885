import { Misuse } from '../../refusal/misuse.ts';
import type { Database } from './database.ts';
import { DatabaseError } from './database-error.ts';
import { databaseOn, type Runner } from './database-on.ts';
import type { Driver, Session } from './driver.ts';
import { errorOf } from './error-of.ts';
import type { FailureKind } from './failure.ts';
import { insideTransaction } from './inside-transaction.ts';
import { bothLimits, type Limits } from './limits.ts';
import { readTransactionOptions } from './transaction-options.ts';

export type Work<T> = (tx: Database) => Promise<T>;

/** The connection of a transaction, with what is under way on it. */
export interface Held {
  readonly driver: Driver;
  readonly session: Session;
  readonly pending: Set<Promise<unknown>>;
}

/** How a transaction or a savepoint ended. Of a broken one it is not known whether it is still open. */
export type Outcome<T> =
  | { readonly value: T; readonly broken: boolean }
  | { readonly error: unknown; readonly broken: boolean };

interface Scope {
  /** The end of `work`, when nothing that it began is under way any more. */
  run<T>(work: Work<T>): Promise<{ readonly value: T } | { readonly error: unknown }>;
}

interface ScopePlan {
  readonly limits: Limits;
  /** How many savepoints it is inside of. */
  readonly depth: number;
  readonly readOnly: boolean;
  /** Whether what it is inside of has ended. */
  outerIsOver(): boolean;
}

/** What runs in one transaction, or in one savepoint of it. */
export function openScope(held: Held, plan: ScopePlan): Scope {
  const { driver, session, pending } = held;
  let over = false;
  let inner = false;
  let failed = false;
  const isOver = (): boolean => over || plan.outerIsOver();

  function ready(): void {
    if (isOver()) throw new Misuse('sql/transaction-over');
    if (inner) throw new Misuse('sql/savepoint-open');
  }

  async function track<T>(work: () => Promise<T>): Promise<T> {
    const running = work();
    pending.add(running);
    try {
      return await running;
    } finally {
      pending.delete(running);
    }
  }

  /**
   * PostgreSQL takes no statement after a failed one, and makes a rollback of the commit. Elsewhere a deadlock has ended
   * the transaction, and what follows would be committed statement by statement.
   */
  function ends(error: unknown): boolean {
    if (driver.dialect.name === 'postgres' || !(error instanceof DatabaseError)) return true;
    return endsTransaction.has(error.kind);
  }

  /** The rows, as long as the connection is this transaction's: afterwards it may be anybody's. */
  async function* guarded(rows: AsyncIterable<readonly unknown[]>): AsyncGenerator<readonly unknown[], void> {
    const iterator = rows[Symbol.asyncIterator]();
    let done = false;
    try {
      for (;;) {
        ready();
        done = true;
        const next = await track(() => iterator.next());
        if (next.done) return;
        done = false;
        yield next.value;
      }
    } finally {
      if (!(done || isOver())) await track(async () => iterator.return?.());
    }
  }

  const runner: Runner = {
    driver,
    async run(statement, limits) {
      ready();
      return track(async () => {
        try {
          return await session.run(statement, bothLimits(plan.limits, limits));
        } catch (cause) {
          const error = errorOf(cause, driver, statement);
          failed ||= ends(error);
          throw error;
        }
      });
    },
    async hold() {
      ready();
      // The transaction holds it: it is given back with the transaction.
      return {
        stream: (statement, batch, limits) =>
          guarded(session.stream(statement, batch, bothLimits(plan.limits, limits))),
        release(broken) {
          failed ||= broken;
        },
      };
    },
    async transaction(work, options) {
      ready();
      const own = readTransactionOptions(options);
      if (own.isolation !== undefined) throw new Misuse('bulwark/invalid-option', isolationHint);
      inner = true;
      try {
        const outcome = await inSavepoint(held, work, {
          limits: bothLimits(plan.limits, own.limits),
          depth: plan.depth + 1,
          readOnly: plan.readOnly,
          becomesReadOnly: own.readOnly,
          outerIsOver: isOver,
        });
        failed ||= outcome.broken;
        if ('error' in outcome) throw outcome.error;
        return outcome.value;
      } finally {
        inner = false;
      }
    },
  };

  async function settled(): Promise<void> {
    while (pending.size > 0) await Promise.allSettled(pending);
  }

  return {
    async run(work) {
      try {
        const value = await insideTransaction(driver, () => work(databaseOn(runner)));
        over = true;
        await settled();
        if (inner) return { error: new Misuse('sql/savepoint-open', 'The outer function ended first.') };
        return failed ? { error: new DatabaseError({ kind: 'transaction-failed' }) } : { value };
      } catch (error) {
        over = true;
        await settled();
        return { error };
      }
    },
  };
}

interface SavepointPlan extends ScopePlan {
  readonly becomesReadOnly: boolean;
}

export async function inSavepoint<T>(held: Held, work: Work<T>, plan: SavepointPlan): Promise<Outcome<T>> {
  const { driver, session } = held;
  const narrows = plan.becomesReadOnly && !plan.readOnly;
  if (narrows && driver.dialect.name !== 'postgres') throw new Misuse('bulwark/invalid-option', readOnlyHint);
  const name = `bulwark_${plan.depth}`;
  try {
    await session.command(`savepoint ${name}`);
    // Holds until the savepoint's end.
    if (narrows) await session.command('set transaction read only');
    const scope = openScope(held, { ...plan, readOnly: plan.readOnly || narrows });
    const outcome = await scope.run(work);
    // The connection is another's by now.
    if (plan.outerIsOver()) return { error: overOr(outcome), broken: true };
    if ('error' in outcome) {
      const undone = session.command(`rollback to savepoint ${name}`);
      return undone.then(
        () => ({ error: outcome.error, broken: false }),
        () => ({ error: outcome.error, broken: true }),
      );
    }
    await session.command(`release savepoint ${name}`);
    return { value: outcome.value, broken: false };
  } catch (error) {
    return { error: errorOf(error, driver), broken: true };
  }
}

function overOr(outcome: { readonly value: unknown } | { readonly error: unknown }): unknown {
  return 'error' in outcome ? outcome.error : new Misuse('sql/transaction-over');
}

const endsTransaction: ReadonlySet<FailureKind> = new Set([
  ...(['serialization', 'deadlock', 'connection', 'timeout', 'cancelled'] as const),
]);
const isolationHint = 'A savepoint has the isolation of its transaction.';
const readOnlyHint = 'A savepoint cannot be read-only here: make its transaction read-only.';
