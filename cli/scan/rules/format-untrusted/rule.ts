/**
 * Finds formats of others: the text whose directives say what becomes of other values.
 *
 * ## Why
 * In Python `{0.__init__.__globals__}` reads whatever belongs to a value: settings, keys. In Node `%s` and `%o` in what
 * others sent take up the values behind it, and show all that is in them.
 *
 * ## Bad
 * ```python
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 *
 * @app.get("/greeting")
 * def greeting():
 *     return {"text": request.args["format"].format(user=current_user())}
 * ```
 * ```typescript
 * import { format } from 'node:util';
 * import express from 'express';
 *
 * const app = express();
 * app.get('/greeting', (req, res) => {
 *   res.json({ text: format(req.query.format, currentUser()) });
 * });
 * ```
 *
 * ## Good
 * ```python
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 * FORMATS = {"short": "Hi {name}", "long": "Good morning, {name}"}
 *
 * @app.get("/greeting")
 * def greeting():
 *     return {"text": FORMATS[request.args["format"]].format(name=current_user().name)}
 * ```
 * ```typescript
 * import { format } from 'node:util';
 * import express from 'express';
 *
 * const app = express();
 * app.get('/greeting', (req, res) => {
 *   res.json({ text: format('Good morning, %s', currentUser().name, req.query.format) });
 * });
 * ```
 *
 * ## When not to use it
 * Where those who may write formats may read everything. Formats without values, and the console's, are not reported.
 */
import type { FlowRule } from '../../rule/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'format/untrusted',
  title: 'Format of others',
  severity: 'medium',
  cwe: [134],
  owasp: 'A05:2025 Injection',
  sinks: ['format'],
  sources: ['remote'],
  message: 'Untrusted input is used as a format string',
  advice: 'Write the format in the code, and pass what others sent as one of its values.',
  pythonAdvice: 'Write the format string in the code, and pass untrusted input as one of its values.',
} satisfies FlowRule);
