/**
 * Finds stored or fetched data, such as database rows and the responses of other services, that code writes into a page
 * by hand, without escaping.
 *
 * ## Why
 * Someone else chose the value, in an earlier request or on the other service. A script in it runs for everyone who
 * opens the page, administrators included, until somebody finds it.
 *
 * ## Bad
 * ```python
 * import sqlite3
 * from flask import Flask
 *
 * app = Flask(__name__)
 * db = sqlite3.connect("shop.db")
 *
 * @app.get("/reviews")
 * def reviews():
 *     rows = db.execute("select text from reviews").fetchall()
 *     return "<ul>" + "".join(f"<li>{row[0]}</li>" for row in rows) + "</ul>"
 * ```
 * ```typescript
 * import express from 'express';
 * import pg from 'pg';
 *
 * const app = express();
 * const pool = new pg.Pool();
 * app.get('/reviews', async (_req, res) => {
 *   const { rows } = await pool.query('select text from reviews');
 *   res.send(`<ul>${rows.map((row) => `<li>${row.text}</li>`).join('')}</ul>`);
 * });
 * ```
 *
 * ## Good
 * ```python
 * import sqlite3
 * from flask import Flask, render_template
 *
 * app = Flask(__name__)
 * db = sqlite3.connect("shop.db")
 *
 * @app.get("/reviews")
 * def reviews():
 *     rows = db.execute("select text from reviews").fetchall()
 *     return render_template("reviews.html", rows=rows)
 * ```
 * ```typescript
 * import { html, render, sanitize } from 'bulwark/html';
 * import express from 'express';
 * import pg from 'pg';
 *
 * const app = express();
 * const pool = new pg.Pool();
 * app.get('/reviews', async (_req, res) => {
 *   const { rows } = await pool.query('select author, text from reviews');
 *   const items = rows.map((row) => html`<li><b>${row.author}</b> <div>${sanitize(row.text, 'comment')}</div></li>`);
 *   res.send(render(html`<ul>${items}</ul>`));
 * });
 * ```
 *
 * ## When not to use it
 * Where the developers write all rows themselves, such as translations of the page.
 */
import { isPageOwn, isTemplateOutput } from '../kit/flow-place.ts';
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'xss/stored',
  title: 'Stored cross-site scripting (XSS)',
  severity: 'high',
  cwe: [79],
  owasp: 'A05:2025 Injection',
  sinks: ['xss'],
  sources: ['stored'],
  message: 'Stored or fetched data is written into a page as markup',
  advice:
    'Render a template that escapes, or use the `html` tag of bulwark/html, which escapes each value for its context.',
  pythonAdvice: {
    django: 'Render a template, which escapes values, or build markup with `django.utils.html.format_html`.',
    flask: 'Render a template, which escapes values, or wrap the value in `markupsafe.escape`.',
    any: 'Render a template with autoescaping, or escape the value with `html.escape`.',
  },
  isOwn: (flow) => !isTemplateOutput(flow) && !isPageOwn(flow),
} satisfies FlowRule);
