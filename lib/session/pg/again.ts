const mostTries = 4;
/** serialization_failure and deadlock_detected: the statement had no effect, and runs again. */
const retried = new Set<unknown>(['40001', '40P01']);

/** Runs a statement that is a transaction of its own, again where PostgreSQL asks for that. */
export async function again<T>(run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await run();
    } catch (error) {
      if (tries === mostTries || !retried.has((error as { code?: unknown } | null)?.code)) throw error;
    }
  }
}
