import { setTimeout as sleep } from 'node:timers/promises';
import { Misuse } from '../../refusal/misuse.ts';
import type { TransactionOptions } from './database.ts';
import { DatabaseError } from './database-error.ts';
import type { Driver, Session } from './driver.ts';
import { errorOf } from './error-of.ts';
import type { FailureKind } from './failure.ts';
import { inTime } from './in-time.ts';
import { graceMs, TimedOut } from './limited.ts';
import type { Limits } from './limits.ts';
import { type Held, inSavepoint, type Outcome, openScope, type Work } from './scope.ts';
import { afterCommands, beginCommands } from './transaction-commands.ts';
import { readTransactionOptions, type TransactionPlan } from './transaction-options.ts';

/** Runs `work` in a transaction of its own, or in a savepoint of the one that the connection has open already. */
export async function runTransaction<T>(
  driver: Driver,
  work: Work<T>,
  options?: TransactionOptions,
): Promise<T> {
  const plan = readTransactionOptions(options);
  for (let attempt = 0; ; attempt++) {
    const { error, value, joined } = await attemptTransaction(driver, work, plan);
    if (error === undefined) return value as T;
    // In a transaction that others began, the same snapshot and the same locks would be met again.
    const again =
      !joined &&
      error.cause instanceof DatabaseError &&
      worthRetrying.has(error.cause.kind) &&
      attempt < plan.retries;
    if (!again) throw error.cause;
    await pause(attempt, plan.limits);
  }
}

const worthRetrying: ReadonlySet<FailureKind> = new Set(['serialization', 'deadlock']);

/** Full jitter: two transactions that met once should not meet again. A second at the most. */
async function pause(attempt: number, { signal, deadline }: Limits): Promise<void> {
  const longest = Math.min(1_000, 20 * 2 ** attempt);
  const left = deadline === undefined ? longest : Math.max(0, deadline - performance.now());
  try {
    await sleep(Math.min(left, Math.random() * longest), undefined, signal && { signal });
  } catch (error) {
    // The caller's reason, and not the timer's.
    signal?.throwIfAborted();
    throw error;
  }
}

interface Attempt<T> {
  readonly value?: T;
  readonly error?: { readonly cause: unknown };
  readonly joined: boolean;
}

async function attemptTransaction<T>(
  driver: Driver,
  work: Work<T>,
  plan: TransactionPlan,
): Promise<Attempt<T>> {
  let session: Session | undefined;
  let joined = false;
  let broken = true;
  try {
    session = await driver.hold(plan.limits);
    joined = await inTime(plan.limits, session.inTransaction);
    const held: Held = { driver, session: commandsInTime(session, plan.limits), pending: new Set() };
    const outcome = joined ? await join(held, work, plan) : await inTransaction(held, work, plan);
    broken = outcome.broken;
    if ('error' in outcome) return { error: { cause: outcome.error }, joined };
    return { value: outcome.value, joined };
  } catch (error) {
    return { error: { cause: errorOf(error, driver) }, joined };
  } finally {
    session?.release(broken);
  }
}

/** A savepoint in the transaction that the application began by itself. */
function join<T>(held: Held, work: Work<T>, plan: TransactionPlan): Promise<Outcome<T>> {
  if (plan.isolation !== undefined) {
    throw new Misuse('bulwark/invalid-option', 'The open transaction already has its isolation.');
  }
  const { limits, readOnly: becomesReadOnly } = plan;
  return inSavepoint(held, work, { limits, depth: 1, readOnly: false, becomesReadOnly, outerIsOver: never });
}

async function inTransaction<T>(held: Held, work: Work<T>, plan: TransactionPlan): Promise<Outcome<T>> {
  const { driver, session } = held;
  for (const command of beginCommands(driver.dialect.name, plan)) await session.command(command);
  const { limits, readOnly } = plan;
  const outcome = await openScope(held, { limits, depth: 0, readOnly, outerIsOver: never }).run(work);
  const late = 'error' in outcome ? undefined : overOf(limits);
  if ('error' in outcome || late) {
    const ended = await attempt(() => session.command('rollback'));
    const undone = await undo();
    const error = 'error' in outcome ? outcome.error : errorOf(late?.reason, driver);
    return { error, broken: !(ended && undone) };
  }
  try {
    await session.command('commit');
  } catch (error) {
    // A `DatabaseError` is the driver's own: it knew before it sent anything.
    const known = errorOf(error, driver);
    const lost = known !== error && known instanceof DatabaseError && leavesOpen.has(known.kind);
    if (lost || limits.signal?.aborted) {
      return { error: new DatabaseError({ kind: 'commit-unknown' }, { driverError: error }), broken: true };
    }
    // SQLite's busy database leaves the transaction open.
    const ended = await attempt(() => session.command('rollback'));
    return { error: known, broken: !((await undo()) && ended) };
  }
  return { value: outcome.value, broken: !(await undo()) };

  function undo(): Promise<boolean> {
    return attempt(async () => {
      for (const command of afterCommands(driver.dialect.name, plan)) await session.command(command);
    });
  }
}

/** After these nobody knows whether the server carried the commit out. */
const leavesOpen: ReadonlySet<FailureKind> = new Set(['connection', 'timeout']);

/** Commands of our own end with the transaction's time; one that undoes has some seconds more. */
function commandsInTime(session: Session, limits: Limits): Session {
  return {
    ...session,
    command(text) {
      const undoes = text.startsWith('rollback') || text.startsWith('pragma');
      const end = undoes ? { signal: undefined, deadline: performance.now() + graceMs } : limits;
      return inTime(end, () => session.command(text));
    },
  };
}

/** A commit that is not sent any more is no commit that may have happened. */
function overOf({ signal, deadline }: Limits): { readonly reason: unknown } | undefined {
  if (signal?.aborted) return { reason: signal.reason };
  return deadline !== undefined && deadline <= performance.now() ? { reason: new TimedOut() } : undefined;
}

function never(): boolean {
  return false;
}

async function attempt(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch {
    return false;
  }
}
