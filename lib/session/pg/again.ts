const mostTries = 40;
const longestPauseMs = 30;
/** serialization_failure and deadlock_detected: the statement had no effect, and runs again. */
const retried = new Set<unknown>(['40001', '40P01']);

/**
 * Runs a statement that is a transaction of its own, again where PostgreSQL asks for that: under `repeatable read` and
 * `serializable`, one of two changes of a row at once fails.
 */
export async function again<T>(run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await run();
    } catch (error) {
      if (tries === mostTries || !retried.has((error as { code?: unknown } | null)?.code)) throw error;
      // At random, so that those who collided don't collide again.
      await new Promise((resolve) =>
        setTimeout(resolve, Math.random() * Math.min(longestPauseMs, 2 ** tries)),
      );
    }
  }
}
