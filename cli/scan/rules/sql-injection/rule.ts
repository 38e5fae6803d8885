/**
 * Finds SQL statements that are built from untrusted input. Parameters, numbers and names from a list in the code are
 * not reported.
 *
 * ## Why
 * Whoever sends the request controls the rest of the statement: they read or change any row that the application can.
 * Escaping by hand misses character sets, numbers without quotes, identifiers and sort orders.
 *
 * ## Bad
 * ```python
 * from flask import Flask, request
 * import psycopg2
 *
 * app = Flask(__name__)
 * cur = psycopg2.connect("dbname=shop").cursor()
 *
 * @app.get("/users")
 * def users():
 *     cur.execute(f"select id from users where name = '{request.args['name']}'")
 *     return {"users": cur.fetchall()}
 * ```
 * ```typescript
 * import express from 'express';
 * import pg from 'pg';
 *
 * const app = express();
 * const pool = new pg.Pool();
 * app.get('/users', async (req, res) => {
 *   const { rows } = await pool.query(`select id from users where name = '${req.query.name}'`);
 *   res.json(rows);
 * });
 * ```
 *
 * ## Good
 * ```python
 * from flask import Flask, request
 * import psycopg2
 *
 * app = Flask(__name__)
 * cur = psycopg2.connect("dbname=shop").cursor()
 *
 * @app.get("/users")
 * def users():
 *     cur.execute("select id from users where name = %s", (request.args["name"],))
 *     return {"users": cur.fetchall()}
 * ```
 * ```typescript
 * import { sql } from 'bulwark/sql';
 * import { database } from 'bulwark/sql/pg';
 * import express from 'express';
 * import pg from 'pg';
 *
 * const app = express();
 * const pool = new pg.Pool();
 * const db = database(pool); // takes nothing but the tag's statements
 * app.get('/users', async (req, res) => {
 *   const order = sql.orderBy(req.query.sort, { name: 'name', age: 'age' }, { default: 'name' });
 *   res.json(await db.all(sql`select id from users where name = ${String(req.query.name)} ${order}`));
 * });
 * app.get('/ages', async (req, res) => {
 *   const { rows } = await pool.query('select age from users where name = $1', [req.query.name]); // the client's own means
 *   res.json(rows);
 * });
 * ```
 *
 * ## When not to use it
 * In a tool that exists to run its users' statements, such as a database console. Give it a database user of its own,
 * with few rights.
 */
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'sql/injection',
  title: 'SQL injection',
  severity: 'critical',
  cwe: [89],
  owasp: 'A05:2025 Injection',
  sinks: ['sql'],
  sources: ['remote'],
  message: 'Untrusted input is concatenated into an SQL query',
  advice:
    "Pass values as parameters: `query('... WHERE id = $1', [id])`. Take table and column names from an allow-list. The `sql` tag of bulwark/sql does both.",
  pythonAdvice: {
    django:
      'Use the ORM, or pass values as `params`: `cursor.execute("... WHERE id = %s", [id])`, `Model.objects.raw(sql, [id])`. Take table and column names from an allow-list.',
    sqlalchemy:
      'Use bound parameters: `text("... WHERE id = :id"), {"id": id}`. Take table and column names from an allow-list.',
    flask_sqlalchemy:
      'Use bound parameters: `text("... WHERE id = :id"), {"id": id}`. Take table and column names from an allow-list.',
    sqlmodel:
      'Use bound parameters: `text("... WHERE id = :id"), {"id": id}`. Take table and column names from an allow-list.',
    sqlite3:
      'Pass values as parameters: `execute("... WHERE id = ?", (id,))`. Take table and column names from an allow-list.',
    aiosqlite:
      'Pass values as parameters: `execute("... WHERE id = ?", (id,))`. Take table and column names from an allow-list.',
    asyncpg:
      'Pass values as parameters: `fetch("... WHERE id = $1", id)`. Take table and column names from an allow-list.',
    psycopg:
      'Pass values as parameters: `execute("... WHERE id = %s", (id,))`. Build table and column names with `psycopg.sql.Identifier`.',
    psycopg2:
      'Pass values as parameters: `execute("... WHERE id = %s", (id,))`. Build table and column names with `psycopg2.sql.Identifier`.',
    any: 'Pass values as parameters of `execute`, in the placeholder style of your driver. Take table and column names from an allow-list.',
  },
} satisfies FlowRule);
