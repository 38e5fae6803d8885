/**
 * Lists every place that sends a query: calls of the drivers and query builders that the scanner knows, and calls that are named as
 * theirs (`execute`, `query`, `$queryRawUnsafe`) on something unknown. For each it is shown what the text is made of.
 *
 * ## Why
 * Whoever can change the text of a query reads or changes any row that the application can.
 *
 * ## Passes
 * All code was read, and the text of each query is written in the program, has its values bound beside it, is made by a query builder or
 * tag that binds them, or varies only by a list in the code. The evidence counts the places by these. Where nothing sends a query by its
 * text, the library that builds queries is named.
 *
 * ## Fails
 * The scanner finds that untrusted input reaches the text of a query (`sql/injection`, `nosql/injection`).
 *
 * ## Unknown
 * The text of a query could not be followed, a filter of a document database may be any object, a file could not be parsed, or is
 * written in a language that is not read.
 *
 * ## How to fix
 * ```js
 * const rows = await pool.query('select id from users where name = $1', [name]);
 * ```
 * ```python
 * cursor.execute("select id from users where name = %s", (name,))
 * ```
 * Take names of tables and columns from a list in the code. The `sql` tag of bulwark/sql does both.
 */

import type { CodeView } from '../../../../scan/code-view.ts';
import type { Check } from '../../../check/check.ts';
import { type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { judgeSites, type SiteQuestion } from '../judge-sites.ts';

const asked: SiteQuestion = {
  kind: 'query',
  rules: [/^sql\/injection$/, /^nosql\/injection$/],
  what: 'Untrusted input reaches the text of a query',
  does: 'sends a query',
  do: 'send a query',
  isRight: 'have a constant text, bound parameters, or vary by a fixed list',
  fix: "Pass values as parameters beside a constant text: `query('... where id = $1', [id])`, `execute('... where id = %s', (id,))`. Take names of tables and columns from a list in the code.",
};

export const check: Check = {
  id: 'code/query-sites',
  aspect: 'queries/sites',
  title: 'Every query has a constant text, bound parameters, or varies by a fixed list.',
  why: 'Whoever changes the text of a query reads or changes any row that the application can.',
  severity: 'critical',
  cwe: [89, 943],
  asvs: ['1.2.4'],
  async run(subject) {
    const view = await subject.code();
    if (view.files === 0) return [];
    const outcome = judgeSites(subject, view, asked);
    const isEmpty = outcome.verdict === 'pass' && !view.sites.some(({ kind }) => kind === 'query');
    return [isEmpty ? withoutSites(view, outcome) : outcome];
  },
};

/** Libraries that build statements and bind all values. */
const builders =
  /^(django|sqlalchemy|flask_sqlalchemy|sqlmodel|peewee|tortoise|pony|@prisma\/client|typeorm|@nestjs\/typeorm|sequelize|sequelize-typescript|drizzle-orm|kysely|knex|objection|bookshelf|@mikro-orm\/[\w-]+|waterline)$/;
const databases =
  /(^|[-_/@])(pg|postgres|postgresql|mysql2?|mariadb|sqlite3?|mssql|tedious|oracledb|cx_Oracle|pymysql|MySQLdb|psycopg2?|asyncpg|aiosqlite|cassandra|neo4j|mongo|mongodb|mongoose|pymongo|motor|mongoengine|couchdb|couchbase|nano|influxdb?|elasticsearch|opensearch|dynamodb|firestore|surrealdb|duckdb|clickhouse)([-_/]|$)/i;

/** No place sends a query: a library may build them all, or a driver is used in a way that was not recognised. */
function withoutSites({ imports }: CodeView, outcome: Outcome): Outcome {
  const driver = imports.find((one) => databases.test(one.package));
  if (driver)
    return unknown(
      `\`${driver.package}\` is imported, and no place that sends a query was recognised.`,
      asked.fix,
      [{ text: driver.package, path: driver.path, line: driver.line }],
    );
  const builder = imports.find((one) => builders.test(one.package));
  if (!builder) return outcome;
  return pass(`No query is sent by its text: \`${builder.package}\` builds them, and binds all values.`, [
    ...outcome.evidence,
    { text: builder.package, path: builder.path, line: builder.line },
  ]);
}
