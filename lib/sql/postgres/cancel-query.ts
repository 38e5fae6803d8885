import { setTimeout as sleep } from 'node:timers/promises';
import type { Pending } from './send.ts';

const answerMs = 2_000;

/**
 * Asks the server to end a query. Resolves to true when the server has passed the wish on, so that it cannot end the
 * connection's next statement instead; to false where that is not known. Not by the query's `cancel`, whose failure
 * nobody can handle.
 */
export async function cancelQuery(query: Pending): Promise<boolean> {
  const { canceller } = query;
  if (typeof canceller !== 'function') return false;
  query.canceller = null;
  const sent = Promise.resolve(canceller(query) as unknown).then(
    () => true,
    () => false,
  );
  // Over TLS postgres.js never says that the wish was passed on.
  const ended = query.then(
    () => sent,
    (error: { code?: unknown }) => (error?.code === '57014' ? true : sent),
  );
  return Promise.race([sent, ended, sleep(answerMs, false, { ref: false })]);
}
