/**
 * Names of methods by which database drivers, and libraries on top of them, run a statement. They are used where the type
 * of the receiver is unknown.
 */
export const statementMethods: ReadonlySet<string> = new Set(
  `execute executemany execute_many executescript execute_sql execute_query executeSql executeQuery exec_sql raw query
  queryRaw rawQuery raw_query run_query runQuery query_one query_all fetch fetchrow fetchval fetch_all fetch_one
  fetch_val fetchAll fetchOne read_sql read_sql_query`.split(/\s+/),
);

/**
 * Names under which methods of database drivers take an SQL statement, as a keyword argument or in an options object:
 * `query({ sql: 'SELECT 1' })`.
 */
export const statementNames: readonly string[] = ['sql', 'query', 'statement', 'text'];
