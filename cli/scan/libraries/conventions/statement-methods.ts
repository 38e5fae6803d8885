/** Methods by which drivers of databases, and what is built upon them, run a statement: what holds them is often not known. */
export const statementMethods: ReadonlySet<string> = new Set(
  `execute executemany execute_many executescript execute_sql execute_query executeSql executeQuery exec_sql raw query
  queryRaw rawQuery raw_query run_query runQuery query_one query_all fetch fetchrow fetchval fetch_all fetch_one
  fetch_val fetchAll fetchOne read_sql read_sql_query`.split(/\s+/),
);

/** What such a method calls the statement, where it is given by its name or in an object of options. */
export const statementNames: readonly string[] = ['sql', 'query', 'statement', 'text'];
