/** What PostgreSQL says where another session creates the same thing at the same time: `if not exists` doesn't cover that. */
const raced: readonly unknown[] = ['23505', '42P07', '42710', '40P01', '40001'];
const mostTries = 20;

/** Runs statements of the form `create ... if not exists`. Several processes may do so at once. */
export async function createInPostgres(
  client: { query(text: string, values: unknown[]): Promise<unknown> },
  statements: readonly string[],
): Promise<void> {
  for (const statement of statements) {
    for (let tries = 1; ; tries++) {
      try {
        await client.query(statement, []);
        break;
      } catch (error) {
        // The other one has committed by now, or given up: the next try finds out which.
        if (tries === mostTries || !raced.includes((error as { code?: unknown } | null)?.code)) throw error;
      }
    }
  }
}
