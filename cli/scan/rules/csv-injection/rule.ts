/**
 * Finds untrusted data, stored data included, that is written to a CSV file unchanged.
 *
 * ## Why
 * A spreadsheet reads a cell that begins with `=` as a formula. It can send other cells to a web server and, after one
 * careless click, start a program on the machine of the person who opens the export.
 *
 * ## Bad
 * ```python
 * import csv
 * import io
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 *
 * @app.post("/export")
 * def export():
 *     out = io.StringIO()
 *     csv.writer(out).writerow([request.form["name"], 1])
 *     return out.getvalue(), {"Content-Type": "text/csv"}
 * ```
 * ```typescript
 * import express from 'express';
 *
 * const app = express();
 * app.post('/export', (req, res) => {
 *   res.type('text/csv').send([req.body.name, req.body.city].join(','));
 * });
 * ```
 *
 * ## Good
 * ```python
 * import csv
 * import io
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 *
 * def cell(text):
 *     return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
 *
 * @app.post("/export")
 * def export():
 *     out = io.StringIO()
 *     csv.writer(out).writerow([cell(request.form["name"]), 1])
 *     return out.getvalue(), {"Content-Type": "text/csv"}
 * ```
 * ```typescript
 * import express from 'express';
 *
 * const app = express();
 * const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
 * app.post('/export', (req, res) => {
 *   res.type('text/csv').send([cell(String(req.body.name)), cell(String(req.body.city))].join(','));
 * });
 * ```
 *
 * ## When not to use it
 * For files that only programs read, where an extra apostrophe would be wrong.
 */
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'csv/injection',
  title: 'CSV injection',
  severity: 'medium',
  cwe: [1236],
  owasp: 'A05:2025 Injection',
  sinks: ['csv'],
  sources: ['remote', 'stored'],
  message: 'Untrusted data becomes a spreadsheet cell that can be read as a formula',
  advice:
    'Prefix a cell with an apostrophe if it begins with `=`, `+`, `-`, `@`, a tab or a carriage return.',
  pythonAdvice:
    'Prefix a cell with an apostrophe if it begins with `=`, `+`, `-`, `@`, a tab or a carriage return.',
} satisfies FlowRule);
