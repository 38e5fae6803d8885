/** Why SQLite cannot be asked here, or undefined when it can: better-sqlite3 is compiled when it is installed. */
export async function whyNotSqlite(): Promise<string | undefined> {
  try {
    const { default: Sqlite } = await import('better-sqlite3');
    new Sqlite(':memory:').close();
    return undefined;
  } catch {
    return 'better-sqlite3 is not installed';
  }
}
